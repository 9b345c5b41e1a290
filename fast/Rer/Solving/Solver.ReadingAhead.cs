using Rer.Compiling;

namespace Rer.Solving;

/// <summary>What a round will need of a repository that is read as it goes; see <see cref="ReadAhead"/>.</summary>
internal sealed partial class Solver
{
    /// <summary>Reads ahead for this solve; null as long as all that it reached had been loaded before.</summary>
    private ReadAhead? _readAhead;

    /// <summary>Something had to be loaded: what it requires may have to be, too.</summary>
    private ReadAhead ExpectMore() => _readAhead ??= new ReadAhead(_repository);

    /// <summary>The families that the extractions of a round reach, all of which it lists.</summary>
    private void ListAheadForRound()
    {
        if (_readAhead is null)
        {
            return;
        }

        for (int i = 0; i < _roundCount; i++)
        {
            CompiledFamily family = _scopes[_roundScopes[i]].Family!;
            ReadOnlySpan<ulong> slice = RoundSlice(i);
            for (int d = 0; d < family.Dependencies.Length; d++)
            {
                FamilySlot target = _repository.Slot(family.Dependencies[d].Family);
                if (
                    target is { Listing: null, IsEphemeral: false }
                    && Bits.IsSubset(slice, family.Holders.AsSpan(d * family.Words, family.Words))
                )
                {
                    _readAhead.Expect(target);
                }
            }
        }

        _readAhead.List();
    }

    /// <summary>
    /// The definitions of the families that come in after a round. A filter may look at a definition before the next one
    /// is read, and then decides which are: nothing is read ahead where there is one.
    /// </summary>
    private void ReadAheadForNewScopes()
    {
        if (_input.Filters is not null)
        {
            return;
        }

        for (int scope = _roundFirstNew; scope < _scopeCount; scope++)
        {
            if (_scopes[scope].Kind != ScopeKind.Ephemeral && _widening[scope].Versions is >= 0 and var versions)
            {
                CompiledFamily family = Family(_scopes[scope].FamilyId);
                ReadOnlySpan<ulong> inRange = _slices.AsSpan(versions, family.VersionWords);
                if (!FamilyLoader.AreLoaded(family, inRange))
                {
                    ExpectMore().Expect(family, inRange);
                }
            }
        }

        _readAhead?.Read();
    }
}
