using System.Runtime.CompilerServices;
using Rer.Asking;
using Rer.Compiling;
using Rer.Solving.State;
using Rer.Versions;

namespace Rer.Solving.Steps;

/// <summary>
/// The end of a round of extractions: conflict scopes become packages, ephemerals narrow, new scopes enter. If
/// something is left empty, the round is judged again by ranges and in rez's order. Bits cannot distinguish a
/// contradiction, which fails the phase, from a range that contains no version, which ends the solve.
/// </summary>
/// <param name="state">The state of the solve.</param>
/// <param name="families">The families.</param>
/// <param name="round">The round.</param>
/// <param name="plain">Converts extractions back to ranges.</param>
/// <param name="foresight">Reads new families ahead.</param>
internal sealed class Judge(
    SolveState state,
    FamilySource families,
    Round round,
    PlainExtraction plain,
    Foresight foresight
)
{
    /// <summary>Ends the round.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal PhaseEnd EndRound()
    {
        if (!round.TouchesOtherKinds && !round.WentWrong)
        {
            if (round.IsEmptied)
            {
                return PhaseEnd.Failed;
            }

            if (round.FirstNew == state.End)
            {
                return PhaseEnd.Exhausted;
            }
        }

        if (!round.WentWrong && !round.IsEmptied && !(ApplyToExistingScopes() && ApplyToNewScopes()))
        {
            round.GoWrong();
        }

        return round.WentWrong || round.IsEmptied ? JudgeRound() : PhaseEnd.Exhausted;
    }

    /// <summary>
    /// Handles conflict and ephemeral scopes, in the order of the scopes; false if one is left empty.
    /// </summary>
    private bool ApplyToExistingScopes()
    {
        if (!round.TouchesOtherKinds)
        {
            return true;
        }

        for (ScopeId scope = default; scope < round.FirstNew; scope++)
        {
            bool fits = state[scope].Kind switch
            {
                ScopeKind.Conflict when round.Conflicts.Contains(scope) => Widen(scope),
                ScopeKind.Ephemeral when round.AskedOfEphemeral(state[scope].FamilyId) is { } asked =>
                    IntersectEphemeral(scope, asked),
                _ => true,
            };
            if (!fits)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Widens a conflict scope that an extraction hits. It becomes all versions that the extraction allows and the
    /// conflict does not exclude. It must be reduced against everything, and may have to be split before others.
    /// </summary>
    private bool Widen(ScopeId scope)
    {
        state.Widen(scope);
        return round.Drafts.Enter(scope);
    }

    /// <summary>Corresponds to the ephemeral branch of <c>_PackageScope.intersect</c>.</summary>
    private bool IntersectEphemeral(ScopeId scope, Requirement asked)
    {
        Requirement current = state[scope].Requirement!;
        if (LeftOf(current, asked.Range!) is not { } left)
        {
            return false;
        }

        if (!left.Equals(current.Range))
        {
            state.Require(scope, Requirement.Construct(current.Name, left));
        }

        return true;
    }

    /// <summary>What an extraction leaves of an ephemeral or conflict scope's range; null for nothing.</summary>
    private static VersionRange? LeftOf(Requirement scope, VersionRange extracted) =>
        scope.Range is null ? extracted
        : scope.Conflict ? extracted.Difference(scope.Range)
        : extracted.Intersection(scope.Range);

    private bool ApplyToNewScopes()
    {
        foresight.ReadNewScopes(round);
        for (ScopeId scope = round.FirstNew; scope < state.End; scope++)
        {
            if (state[scope].Kind == ScopeKind.Ephemeral)
            {
                state.Require(scope, round.AskedOfEphemeral(state[scope].FamilyId)!);
            }
            else if (!(round.Drafts.Has(scope) ? round.Drafts.Enter(scope) : state.Enter(scope)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// What rez makes of a round that went wrong. The order is merge, intersect, add, as in <c>_ResolvePhase.solve</c>.
    /// </summary>
    private PhaseEnd JudgeRound()
    {
        Dictionary<FamilyId, Requirement> merged = [];
        if (!MergeRound(merged))
        {
            return PhaseEnd.Failed;
        }

        for (ScopeId scope = default; scope < round.FirstNew; scope++)
        {
            if (
                merged.TryGetValue(state[scope].FamilyId, out Requirement? extracted)
                && JudgeScope(scope, extracted) is var end
                && end != PhaseEnd.Exhausted
            )
            {
                return end;
            }
        }

        // New scopes are in the order of their first extraction.
        for (ScopeId scope = round.FirstNew; scope < state.End; scope++)
        {
            FamilySlot slot = families.Slot(state[scope].FamilyId);
            Requirement added = merged[slot.Id];
            if (slot.IsEphemeral)
            {
                continue;
            }

            if (families.Catalogue.Families.GetListing(slot).Count == 0)
            {
                return families.Input.Options.ErrorOnMissingVariantRequires ? PhaseEnd.Error : PhaseEnd.Failed;
            }

            if (!families.HasVersions(state.Family(slot.Id), added.Range!))
            {
                return PhaseEnd.Error;
            }
        }

        throw new InvalidOperationException("a round of extractions went wrong without a reason");
    }

    private PhaseEnd JudgeScope(ScopeId scope, Requirement extracted)
    {
        // The kind before the round. A widening that was applied is on the trail, and no extraction follows it.
        if (state[scope].Kind == ScopeKind.Package && !round.Conflicts.Contains(scope))
        {
            return Bits.IsEmpty(state.Slice(scope)) ? PhaseEnd.Failed : PhaseEnd.Exhausted;
        }

        Requirement current = state[scope].Requirement ?? state.RequirementBefore(scope)!;
        if (LeftOf(current, extracted.Range!) is not { } left)
        {
            return PhaseEnd.Failed;
        }

        if (state[scope].Kind == ScopeKind.Ephemeral)
        {
            return PhaseEnd.Exhausted;
        }

        FamilySlot slot = families.Slot(state[scope].FamilyId);
        if (families.Catalogue.Families.GetListing(slot).Count == 0)
        {
            return PhaseEnd.Error;
        }

        return families.HasVersions(state.Family(slot.Id), left) ? PhaseEnd.Exhausted : PhaseEnd.Failed;
    }

    /// <summary>
    /// The extractions of the round as requirements, merged by family; false if two contradict each other.
    /// </summary>
    private bool MergeRound(Dictionary<FamilyId, Requirement> merged)
    {
        for (int i = 0; i < round.Count; i++)
        {
            CompiledFamily family = state[round.Scope(i)].Family!;
            ReadOnlySpan<ulong> slice = round.Slice(i);
            for (int number = 0; number < family.DependencyCount; number++)
            {
                DependencyId d = new(number);
                if (!Bits.IsSubset(slice, family.HoldersOf(d)))
                {
                    continue;
                }

                FamilyId required = family[d].Family;
                Requirement extracted = plain.RequirementOf(family, d, slice);
                if (!merged.TryGetValue(required, out Requirement? known))
                {
                    merged.Add(required, extracted);
                }
                else if (known.Merged(extracted) is { } both)
                {
                    merged[required] = both;
                }
                else
                {
                    return false;
                }
            }
        }

        return true;
    }
}
