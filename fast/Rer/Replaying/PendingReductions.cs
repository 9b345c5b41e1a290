using Rer.Compiling;

namespace Rer.Replaying;

/// <summary>
/// The pairs of scopes that remain to be reduced, one by the other, in rez's order. rez takes pairs from the end of a list,
/// and adds pairs at its end.
/// </summary>
/// <remarks>
/// Technique: no list of pairs. Two hundred scopes make forty thousand pairs, and few of them change anything. Walks over
/// the scopes replace the list.
/// </remarks>
internal sealed class PendingReductions
{
    private readonly ScopeId _last;

    // The walk over all scopes that one scope reduces, and the walks that it interrupted. All go from the last scope down.
    private readonly Stack<(ScopeId By, ScopeId Next)> _interrupted = new();
    private ScopeId _walkBy = ScopeId.None;
    private ScopeId _walkNext = ScopeId.None;

    // The walk over all scopes: each is reduced by all others or by the new ones. It goes from the last scope down.
    private readonly Func<ScopeId, bool> _isByAll;
    private readonly List<ScopeId> _all = [];
    private readonly List<ScopeId> _new = [];
    private List<ScopeId> _others = [];
    private ScopeId _scope;
    private int _left;

    /// <param name="count">The number of scopes.</param>
    /// <param name="isByAll">Whether a scope is reduced by all others, and not only by the new ones.</param>
    /// <param name="isNew">Whether a scope was added or changed since the last reductions.</param>
    internal PendingReductions(int count, Func<ScopeId, bool> isByAll, Func<ScopeId, bool> isNew)
    {
        _last = new ScopeId(count - 1);
        _scope = new ScopeId(count);
        _isByAll = isByAll;
        for (ScopeId scope = default; scope < _scope; scope++)
        {
            _all.Add(scope);
            if (isNew(scope))
            {
                _new.Add(scope);
            }
        }
    }

    /// <summary>Adds the pairs of every other scope with one that was reduced.</summary>
    internal void AddAllBy(ScopeId scope)
    {
        if (!_walkNext.IsNone)
        {
            _interrupted.Push((_walkBy, _walkNext));
        }

        (_walkBy, _walkNext) = (scope, _last);
    }

    /// <summary>Takes the last pair; false if there is none.</summary>
    internal bool TryTake(out ScopeId scope, out ScopeId by)
    {
        do
        {
            while (!_walkNext.IsNone)
            {
                (scope, by) = (_walkNext, _walkBy);
                _walkNext = Before(_walkNext);
                if (scope != by)
                {
                    return true;
                }
            }
        } while (TryResume());

        while (true)
        {
            while (_left > 0)
            {
                (scope, by) = (_scope, _others[--_left]);
                if (scope != by)
                {
                    return true;
                }
            }

            _scope = Before(_scope);
            if (_scope.IsNone)
            {
                (scope, by) = (ScopeId.None, ScopeId.None);
                return false;
            }

            _others = _isByAll(_scope) ? _all : _new;
            _left = _others.Count;
        }
    }

    private bool TryResume()
    {
        bool hasMore = _interrupted.TryPop(out (ScopeId By, ScopeId Next) walk);
        (_walkBy, _walkNext) = hasMore ? walk : (ScopeId.None, ScopeId.None);
        return hasMore;
    }

    private static ScopeId Before(ScopeId scope) => new(scope.Number - 1);
}
