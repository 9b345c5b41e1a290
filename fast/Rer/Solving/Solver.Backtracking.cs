using Rer.Versions;

namespace Rer.Solving;

/// <summary>
/// Going back: a split marks where it happened and keeps its second half; a phase that fails restores the latest mark
/// and takes that half. Answers to the phase stack of <c>rez.solver.Solver</c>.
/// </summary>
internal sealed partial class Solver
{
    private Mark[] _marks = new Mark[DebugSizes.Shrink(64)];
    private int _markCount;

    /// <summary>Second halves of splits, kept until they are taken.</summary>
    private ulong[] _halves = new ulong[DebugSizes.Shrink(256)];
    private int _halvesTop;

    /// <summary>Remembers the state, to come back to it with the second half of a split.</summary>
    private void PushMark(int scope, int half)
    {
        if (_markCount == _marks.Length)
        {
            Array.Resize(ref _marks, _markCount * 2);
        }

        _marks[_markCount++] = new Mark
        {
            Trail = _trail.Position,
            RareTrail = _rareTrail.Count,
            Scopes = _scopeCount,
            Slices = _slicesTop,
            Links = _linkCount,
            FirstUnsolved = _firstUnsolved,
            SplitScope = scope,
            Half = half,
        };
    }

    /// <summary>Goes back to the latest split and takes its second half, as a phase that is pending.</summary>
    private void TakeSecondHalf()
    {
        ClearPending();
        Mark mark = _marks[--_markCount];
        _trail.UndoTo(mark.Trail, _slices, _scopes);
        for (int i = _rareTrail.Count - 1; i >= mark.RareTrail; i--)
        {
            (int changed, ScopeKind kind, Requirement? requirement, int slice) = _rareTrail[i];
            (_scopes[changed].Kind, _scopes[changed].Requirement, _scopes[changed].Slice) = (kind, requirement, slice);
            if (kind != ScopeKind.Package)
            {
                _scopes[changed].Family = null;
                _scopes[changed].Joined = null;
                _families[_scopes[changed].FamilyId].Slice = -1;
            }
        }

        _rareTrail.RemoveRange(mark.RareTrail, _rareTrail.Count - mark.RareTrail);
        RemoveLinks(mark.Links);
        for (int added = mark.Scopes; added < _scopeCount; added++)
        {
            Forget(_scopes[added].FamilyId);
        }

        _scopeCount = mark.Scopes;
        _slicesTop = mark.Slices;
        _firstUnsolved = mark.FirstUnsolved;
        int scope = mark.SplitScope;
        SetSlice(scope, _halves.AsSpan(mark.Half, _scopes[scope].Words));
        _halvesTop = mark.Half;
        MarkNarrowed(scope);
    }

    /// <summary>Overwrites a slice.</summary>
    private void SetSlice(int scope, ReadOnlySpan<ulong> value)
    {
        int start = _scopes[scope].Slice;
        for (int i = 0; i < value.Length; i++)
        {
            ulong old = _slices[start + i];
            if (old != value[i])
            {
                _trail.Save(start + i, old);
                _slices[start + i] = value[i];
            }
        }
    }

    /// <summary>Where a split happened, and what to go back to.</summary>
    private struct Mark
    {
        internal int Trail;
        internal int RareTrail;
        internal int Scopes;
        internal int Slices;
        internal int Links;
        internal int FirstUnsolved;
        internal int SplitScope;
        internal int Half;
    }
}
