using Rer.Compiling;
using Rer.Versions;

namespace Rer.Solving;

/// <summary>What a round will need of a repository that is read as it goes; see <see cref="ReadAhead"/>.</summary>
internal sealed partial class Solver
{
    /// <summary>Reads ahead for this solve; null as long as all that it reached had been loaded before.</summary>
    private ReadAhead? _readAhead;

    /// <summary>Something had to be loaded: what it requires may have to be, too.</summary>
    private ReadAhead ExpectMore() => _readAhead ??= new ReadAhead(_repository, _input.Filters is not null);

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

    /// <summary>The families and definitions of the request.</summary>
    private void ReadAheadForRequest()
    {
        foreach (RequestItem item in _request)
        {
            if (item is { Slot: { Listing: null, IsEphemeral: false }, Value.Conflict: false })
            {
                ExpectMore().Expect(item.Slot);
            }
        }

        if (_readAhead is null)
        {
            return;
        }

        _readAhead.List();
        try
        {
            foreach (RequestItem item in _request)
            {
                if (item is { Slot.IsEphemeral: false, Value.Conflict: false })
                {
                    CompiledFamily family = Family(item.Slot.Id);
                    Span<ulong> inRange = Scratch(family.VersionWords);
                    family.FillVersions(item.Value, inRange);
                    ExpectIfMissing(family, inRange);
                }
            }
        }
        catch (Exception e) when (e is PackageDataException or InputSyntaxException or VersionSyntaxException)
        {
            // Raised when the family comes in; rez comes to none behind it.
        }

        _readAhead.Read();
    }

    /// <summary>The definitions of the families that come in after a round.</summary>
    private void ReadAheadForNewScopes()
    {
        for (int scope = _roundFirstNew; scope < _scopeCount; scope++)
        {
            if (_scopes[scope].Kind != ScopeKind.Ephemeral && _widening[scope].Versions is >= 0 and var versions)
            {
                CompiledFamily family = Family(_scopes[scope].FamilyId);
                ExpectIfMissing(family, _slices.AsSpan(versions, family.VersionWords));
            }
        }

        _readAhead?.Read();
    }

    private void ExpectIfMissing(CompiledFamily family, ReadOnlySpan<ulong> inRange)
    {
        if (FamilyLoader.AreLoaded(family, inRange))
        {
            return;
        }

        if (_input.Filters is not null)
        {
            ulong[] unfiltered = inRange.ToArray();
            _loader.RemoveUnread(family, unfiltered);
            inRange = unfiltered;
        }

        ExpectMore().Expect(family, inRange);
    }
}
