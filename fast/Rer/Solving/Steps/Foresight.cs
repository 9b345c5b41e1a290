using Rer.Asking;
using Rer.Compiling;
using Rer.Solving.State;
using Rer.Versions;

namespace Rer.Solving.Steps;

/// <summary>
/// Announces what the solve will need from a repository that is read on demand, before it gets there:
/// <see cref="ReadAhead"/>.
/// </summary>
/// <param name="state">The state of the solve.</param>
/// <param name="families">The families.</param>
internal sealed class Foresight(SolveState state, FamilySource families)
{
    private ulong[] _versions = new ulong[1];

    /// <summary>Reads the families and definitions of the request.</summary>
    internal void ReadRequest(List<RequestItem> request)
    {
        foreach (RequestItem item in request)
        {
            if (item is { IsConflict: false, IsEphemeral: false, Slot.Listing: null })
            {
                families.ExpectMore().Expect(item.Slot);
            }
        }

        if (families.ReadAhead is not { } ahead)
        {
            return;
        }

        ahead.List();
        try
        {
            foreach (RequestItem item in request)
            {
                if (item is { IsConflict: false, IsEphemeral: false })
                {
                    CompiledFamily family = state.Family(item.Family);
                    Span<ulong> inRange = Bits.Cleared(ref _versions, family.VersionWords);
                    family.FillVersions(item.Value, inRange);
                    ExpectIfMissing(family, inRange);
                }
            }
        }
        catch (Exception e) when (e is PackageDataException or InputSyntaxException or VersionSyntaxException)
        {
            // Raised when the family is added. rez reaches none after it.
        }

        ahead.Read();
    }

    /// <summary>
    /// Lists the families that the extractions of a round reach, since the round will list all of them.
    /// </summary>
    internal void ListRound(Round round)
    {
        if (families.ReadAhead is not { } ahead)
        {
            return;
        }

        for (int i = 0; i < round.Count; i++)
        {
            CompiledFamily family = state[round.Scope(i)].Family!;
            ReadOnlySpan<ulong> slice = round.Slice(i);
            for (int number = 0; number < family.DependencyCount; number++)
            {
                DependencyId d = new(number);
                FamilySlot target = families.Slot(family[d].Family);
                if (target is { Listing: null, IsEphemeral: false } && Bits.IsSubset(slice, family.HoldersOf(d)))
                {
                    ahead.Expect(target);
                }
            }
        }

        ahead.List();
    }

    /// <summary>Reads the definitions of the families added by a round.</summary>
    internal void ReadNewScopes(Round round)
    {
        if (round.Drafts.IsEmpty)
        {
            return;
        }

        for (ScopeId scope = round.FirstNew; scope < state.End; scope++)
        {
            ReadOnlySpan<ulong> versions = round.Drafts.VersionsOf(scope);
            if (versions.Length > 0)
            {
                ExpectIfMissing(state.Family(state[scope].FamilyId), versions);
            }
        }

        families.ReadAhead?.Read();
    }

    private void ExpectIfMissing(CompiledFamily family, ReadOnlySpan<ulong> inRange)
    {
        if (family.AreLoaded(inRange))
        {
            return;
        }

        if (families.Input.Filters is not null)
        {
            ulong[] unfiltered = inRange.ToArray();
            families.RemoveUnread(family, unfiltered);
            inRange = unfiltered;
        }

        families.ExpectMore().Expect(family, inRange);
    }
}
