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
    private readonly int _count;

    // The walk over all scopes that one scope reduces, and the walks that it interrupted. All go from the last scope down.
    private readonly Stack<(int By, int Next)> _interrupted = new();
    private int _walkBy;
    private int _walkNext = -1;

    // The walk over all scopes: each is reduced by all others or by the new ones. It goes from the last scope down.
    private readonly Func<int, bool> _isByAll;
    private readonly List<int> _new = [];
    private int _scope;
    private int _next = -1;
    private bool _byAll;

    /// <param name="count">How many scopes there are.</param>
    /// <param name="isByAll">Whether a scope is reduced by all others, and not only by the new ones.</param>
    /// <param name="isNew">Whether a scope was added or changed since the last reductions.</param>
    internal PendingReductions(int count, Func<int, bool> isByAll, Func<int, bool> isNew)
    {
        _count = count;
        _scope = count;
        _isByAll = isByAll;
        for (int scope = 0; scope < count; scope++)
        {
            if (isNew(scope))
            {
                _new.Add(scope);
            }
        }
    }

    /// <summary>Adds the pairs of every other scope with one that was reduced.</summary>
    internal void AddAllBy(int scope)
    {
        if (_walkNext >= 0)
        {
            _interrupted.Push((_walkBy, _walkNext));
        }

        (_walkBy, _walkNext) = (scope, _count - 1);
    }

    /// <summary>Takes the last pair; false if there is none.</summary>
    internal bool TryTake(out int scope, out int by)
    {
        do
        {
            while (_walkNext >= 0)
            {
                (scope, by) = (_walkNext, _walkBy);
                _walkNext--;
                if (scope != by)
                {
                    return true;
                }
            }
        } while (TryResume());

        while (true)
        {
            while (_next >= 0)
            {
                (scope, by) = (_scope, _byAll ? _next : _new[_next]);
                _next--;
                if (scope != by)
                {
                    return true;
                }
            }

            if (_scope <= 0)
            {
                (scope, by) = (-1, -1);
                return false;
            }

            _scope--;
            _byAll = _isByAll(_scope);
            _next = (_byAll ? _count : _new.Count) - 1;
        }
    }

    private bool TryResume()
    {
        bool hasMore = _interrupted.TryPop(out (int By, int Next) walk);
        (_walkBy, _walkNext) = hasMore ? walk : (-1, -1);
        return hasMore;
    }
}
