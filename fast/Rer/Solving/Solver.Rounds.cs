using System.Numerics;
using Rer.Compiling;
using Rer.Versions;

namespace Rer.Solving;

/// <summary>
/// A round of extractions: all scopes that changed extract, and what they ask for is merged, intersected and added. The
/// inner loop of <c>_ResolvePhase.solve</c>.
/// </summary>
/// <remarks>
/// Technique: rounds. All extractions of a round read the slices as they were before it, and only then narrow their
/// targets: it decides the order of new scopes. The slices of the scopes that extract are therefore copied first, which
/// lets every extraction narrow its target at once. Where a round goes wrong (a slice is left empty), Judging finds out
/// what rez makes of it.
/// </remarks>
internal sealed partial class Solver
{
    private int[] _roundScopes = new int[DebugSizes.Shrink(128)];
    private int[] _roundSlices = new int[DebugSizes.Shrink(128)];
    private ulong[] _roundWords = new ulong[DebugSizes.Shrink(512)];
    private int _roundCount;

    /// <summary>The first scope that this round brings in; those before were there.</summary>
    private int _roundFirstNew;

    /// <summary>
    /// Whether nothing is left of a package scope that was there before the round. Unless the round touches scopes of
    /// other kinds, which may be in front of it and at fault in another way, that fails the phase.
    /// </summary>
    private bool _roundEmptied;

    /// <summary>Whether another target of this round was left without a version, or ranges contradict.</summary>
    private bool _roundWentWrong;

    /// <summary>Whether a scope to extract from has a variant whose requirements raise when looked at.</summary>
    private bool _roundIsBroken;

    /// <summary>Whether the round touches anything but package scopes that were there before.</summary>
    private readonly List<int> _roundConflicts = [];
    private readonly List<(int Family, Requirement? Merged)> _roundEphemerals = [];

    /// <summary>Whether variants wrote what they ask of an ephemeral in several ways: only rez's order of variants tells
    /// which of them the resolve shows.</summary>
    private bool _ephemeralTextIsOpen;

    private PhaseEnd ExtractRound()
    {
        if (_roundIsBroken)
        {
            // rez looks at the requirements of all variants of a slice here, and raises what is wrong with them.
            return PhaseEnd.Error;
        }

        ListAheadForRound();
        for (int i = 0; i < _roundCount; i++)
        {
            if (Interrupted())
            {
                return PhaseEnd.Stopped;
            }

            ExtractFrom(i);
        }

        if (_roundConflicts.Count == 0 && _roundEphemerals.Count == 0 && !_roundWentWrong)
        {
            if (_roundEmptied)
            {
                return PhaseEnd.Failed;
            }

            if (_roundFirstNew == _scopeCount)
            {
                return PhaseEnd.Exhausted;
            }
        }

        return EndRound();
    }

    private ReadOnlySpan<ulong> RoundSlice(int i) =>
        _roundWords.AsSpan(_roundSlices[i], _scopes[_roundScopes[i]].Words);

    /// <summary>Begins a round: copies the slices of the scopes to extract from. False if there are none.</summary>
    private bool GatherRound()
    {
        int words = Bits.WordsFor(_scopeCount);
        if (Bits.First(_toExtract.AsSpan(0, words)) < 0)
        {
            return false;
        }

        _roundCount = 0;
        _roundFirstNew = _scopeCount;
        _roundEmptied = false;
        _roundWentWrong = false;
        _roundIsBroken = false;
        _roundConflicts.Clear();
        _roundEphemerals.Clear();
        int top = 0;
        for (int w = 0; w < words; w++)
        {
            ulong pending = _toExtract[w];
            _toExtract[w] = 0;
            for (; pending != 0; pending &= pending - 1)
            {
                int scope = w * Bits.WordBits + BitOperations.TrailingZeroCount(pending);
                ref Scope gathered = ref _scopes[scope];
                int length = gathered.Words;
                if (_roundCount == _roundScopes.Length)
                {
                    Array.Resize(ref _roundScopes, _roundCount * 2);
                    Array.Resize(ref _roundSlices, _roundCount * 2);
                }

                if (top + length > _roundWords.Length)
                {
                    Array.Resize(ref _roundWords, Math.Max(top + length, _roundWords.Length * 2));
                }

                _roundScopes[_roundCount] = scope;
                _roundSlices[_roundCount++] = top;
                ReadOnlySpan<ulong> slice = _slices.AsSpan(gathered.Slice, length);
                if (gathered.Joined is null && gathered.Family!.Broken is { } broken)
                {
                    _roundIsBroken |= Bits.Intersects(slice, broken);
                }

                if (length == 1)
                {
                    _roundWords[top] = slice[0];
                }
                else
                {
                    slice.CopyTo(_roundWords.AsSpan(top));
                }

                top += length;
            }
        }

        return true;
    }
}
