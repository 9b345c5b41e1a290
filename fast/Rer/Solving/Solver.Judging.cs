using Rer.Compiling;
using Rer.Versions;

namespace Rer.Solving;

/// <summary>
/// The end of a round of extractions: conflict scopes become packages, ephemerals narrow, new scopes come in. Where
/// something is left empty, the round is judged as rez would: by ranges, in rez's order, since bits cannot tell a
/// contradiction, which fails the phase, from a range that no version is in, which ends the solve.
/// </summary>
internal sealed partial class Solver
{
    private PhaseEnd EndRound()
    {
        if (!_roundWentWrong && !_roundEmptied)
        {
            _roundWentWrong = !ApplyToExistingScopes() || !ApplyToNewScopes();
        }

        return _roundWentWrong || _roundEmptied ? Judge() : PhaseEnd.Exhausted;
    }

    /// <summary>Conflict and ephemeral scopes, in the order of the scopes; false if one is left with nothing.</summary>
    private bool ApplyToExistingScopes()
    {
        if (_roundConflicts.Count == 0 && _roundEphemerals.Count == 0)
        {
            return true;
        }

        for (int scope = 0; scope < _roundFirstNew; scope++)
        {
            bool fits = _scopes[scope].Kind switch
            {
                ScopeKind.Conflict when _roundConflicts.Contains(scope) => Widen(scope),
                ScopeKind.Ephemeral when ExtractedEphemeral(scope) is { } extracted => IntersectEphemeral(
                    scope,
                    extracted
                ),
                _ => true,
            };
            if (!fits)
            {
                return false;
            }
        }

        return true;
    }

    private Requirement? ExtractedEphemeral(int scope)
    {
        foreach ((int family, Requirement? merged) in _roundEphemerals)
        {
            if (family == _scopes[scope].FamilyId)
            {
                return merged;
            }
        }

        return null;
    }

    /// <summary>
    /// A conflict scope that is hit by an extraction widens: it becomes all versions that the extraction allows and the
    /// conflict does not exclude, must be reduced against everything, and may have to be split before others.
    /// </summary>
    private bool Widen(int scope)
    {
        ChangeScope(scope, ScopeKind.Package, null);
        return TakeWidening(scope) && AddToSolve(scope);
    }

    private bool TakeWidening(int scope)
    {
        CompiledFamily family = Family(_scopes[scope].FamilyId);
        (int slice, int versions) = _widening[scope];
        if (versions >= 0)
        {
            Span<ulong> inRange = Scratch(family.VersionWords);
            _slices.AsSpan(versions, family.VersionWords).CopyTo(inRange);
            return SetSliceFromVersions(scope, inRange);
        }

        SetFamily(scope, family, slice);
        return !Bits.IsEmpty(Slice(scope));
    }

    /// <summary>The ephemeral branch of <c>_PackageScope.intersect</c>.</summary>
    private bool IntersectEphemeral(int scope, Requirement extracted)
    {
        Requirement current = _scopes[scope].Requirement!;
        if (Narrowed(current, extracted.Range!) is not { } narrowed)
        {
            return false;
        }

        if (!narrowed.Equals(current.Range))
        {
            ChangeScope(scope, ScopeKind.Ephemeral, Requirement.Construct(current.Name, narrowed));
            MarkChanged(scope);
        }

        return true;
    }

    /// <summary>What an extraction leaves of an ephemeral or conflict scope's range; null for nothing.</summary>
    private static VersionRange? Narrowed(Requirement scope, VersionRange extracted) =>
        scope.Range is null ? extracted
        : scope.Conflict ? extracted.Difference(scope.Range)
        : extracted.Intersection(scope.Range);

    private bool ApplyToNewScopes()
    {
        ReadAheadForNewScopes();
        for (int scope = _roundFirstNew; scope < _scopeCount; scope++)
        {
            if (_scopes[scope].Kind == ScopeKind.Ephemeral)
            {
                _scopes[scope].Requirement = ExtractedEphemeral(scope);
                MarkChanged(scope);
            }
            else if (!TakeWidening(scope) || !AddToSolve(scope))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// What rez makes of a round that went wrong. Merge, intersect, add, in that order:
    /// <c>_ResolvePhase.solve</c>.
    /// </summary>
    private PhaseEnd Judge()
    {
        Dictionary<int, Requirement> merged = [];
        if (!MergeRound(merged))
        {
            return PhaseEnd.Failed;
        }

        for (int scope = 0; scope < _roundFirstNew; scope++)
        {
            if (
                merged.TryGetValue(_scopes[scope].FamilyId, out Requirement? extracted)
                && JudgeScope(scope, extracted) is var end
                && end != PhaseEnd.Exhausted
            )
            {
                return end;
            }
        }

        // New scopes stand in the order of their first extraction.
        for (int scope = _roundFirstNew; scope < _scopeCount; scope++)
        {
            FamilySlot slot = _repository.Slot(_scopes[scope].FamilyId);
            Requirement added = merged[slot.Id];
            if (slot.IsEphemeral)
            {
                continue;
            }

            if (_repository.GetListing(slot).Count == 0)
            {
                return _options.ErrorOnMissingVariantRequires ? PhaseEnd.Error : PhaseEnd.Failed;
            }

            if (!_loader.HasVersions(Family(slot.Id), added.Range!))
            {
                return PhaseEnd.Error;
            }
        }

        throw new InvalidOperationException("a round of extractions went wrong without a reason");
    }

    private PhaseEnd JudgeScope(int scope, Requirement extracted)
    {
        // The kind before the round: a widening that was applied is on the rare trail and has no extraction after it.
        if (_scopes[scope].Kind == ScopeKind.Package && !_roundConflicts.Contains(scope))
        {
            return Bits.IsEmpty(Slice(scope)) ? PhaseEnd.Failed : PhaseEnd.Exhausted;
        }

        Requirement current = _scopes[scope].Requirement ?? RequirementBeforeRound(scope);
        if (Narrowed(current, extracted.Range!) is not { } left)
        {
            return PhaseEnd.Failed;
        }

        if (_scopes[scope].Kind == ScopeKind.Ephemeral)
        {
            return PhaseEnd.Exhausted;
        }

        if (_repository.GetListing(_repository.Slot(_scopes[scope].FamilyId)).Count == 0)
        {
            return PhaseEnd.Error;
        }

        return _loader.HasVersions(Family(_scopes[scope].FamilyId), left) ? PhaseEnd.Exhausted : PhaseEnd.Failed;
    }

    private Requirement RequirementBeforeRound(int scope) =>
        _rareTrail.FindLast(change => change.Scope == scope).Requirement!;

    /// <summary>The extractions of the round, as requirements, merged by family; false if two contradict.</summary>
    private bool MergeRound(Dictionary<int, Requirement> merged)
    {
        for (int i = 0; i < _roundCount; i++)
        {
            CompiledFamily family = _scopes[_roundScopes[i]].Family!;
            ulong[] slice = RoundSlice(i).ToArray();
            for (int d = 0; d < family.Dependencies.Length; d++)
            {
                if (!Bits.IsSubset(slice, family.Holders.AsSpan(d * family.Words, family.Words)))
                {
                    continue;
                }

                Dependency dependency = family.Dependencies[d];
                Requirement extracted = Requirement.Construct(
                    _repository.Slot(dependency.Family).Name,
                    UnionOfLive(family, dependency, slice)
                );
                if (!merged.TryGetValue(dependency.Family, out Requirement? known))
                {
                    merged.Add(dependency.Family, extracted);
                }
                else if (known.Merged(extracted) is { } both)
                {
                    merged[dependency.Family] = both;
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
