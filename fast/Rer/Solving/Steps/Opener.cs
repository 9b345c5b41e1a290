using Rer.Asking;
using Rer.Compiling;
using Rer.Solving.State;

namespace Rer.Solving.Steps;

/// <summary>
/// Adds the scopes of the merged request. Corresponds to the first half of <c>_ResolvePhase.__init__</c>.
/// </summary>
/// <param name="state">The state of the solve.</param>
/// <param name="slices">Makes slices from versions.</param>
/// <param name="families">The families.</param>
internal sealed class Opener(SolveState state, VersionSlices slices, FamilySource families)
{
    private ulong[] _versions = new ulong[1];

    /// <summary>Adds the scopes; false if one of the families or versions does not exist.</summary>
    internal bool Open(List<RequestItem> request)
    {
        foreach (RequestItem item in request)
        {
            FamilyId id = item.Slot.Id;
            if (!state.ScopeOf(id).IsNone)
            {
                throw new InvalidOperationException($"the merged request names {item.Slot.Name} twice");
            }

            if (item.Slot.IsEphemeral || item.Value.Conflict)
            {
                ScopeKind kind = item.Slot.IsEphemeral ? ScopeKind.Ephemeral : ScopeKind.Conflict;
                state.MarkChanged(state.Add(id, kind, item.Value, item.Known?.Row ?? RowId.None));
            }
            else if (!Open(item))
            {
                return false;
            }
        }

        return true;
    }

    private bool Open(in RequestItem item)
    {
        CompiledFamily family = state.Family(item.Slot.Id);
        ScopeId scope = state.Add(item.Slot.Id, ScopeKind.Package);
        if (families.IsWatchful(family) || !IsLoaded(family, item))
        {
            Span<ulong> versions = Bits.Cleared(ref _versions, family.VersionWords);
            family.FillVersions(item.Value, versions);
            return slices.Enter(scope, versions);
        }

        Span<ulong> slice = state.Prepare(scope, family);
        if (item.Known is { } known)
        {
            family.EnsureRow(known.Row);
            family.AddRow(known.Row, slice, 0);
        }
        else
        {
            family.FillVariants(item.Value, slice);
        }

        return state.Enter(scope);
    }

    /// <summary>Whether all versions that satisfy a requirement of the request are known to be loaded.</summary>
    private static bool IsLoaded(CompiledFamily family, in RequestItem item)
    {
        if (!family.IsPartial || item.Known is not { } known)
        {
            return !family.IsPartial;
        }

        family.EnsureRow(known.Row);
        return family.IsRowLoaded(known.Row);
    }
}
