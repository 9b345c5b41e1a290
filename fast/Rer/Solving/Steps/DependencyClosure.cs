using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Rer.Compiling;

namespace Rer.Solving.Steps;

/// <summary>
/// What places depend on, directly or indirectly, and their final order. Corresponds to <c>_get_dependency_order</c>.
/// </summary>
/// <remarks>
/// <para>
/// Technique: closure as bits. rez takes the head of a list and pulls forward the first listed of all its direct and
/// indirect dependencies, until the head has none left. Packages are numbered in the order of the list, and the
/// dependencies of each are a set of these numbers. So "the first listed" is the lowest bit.
/// </para>
/// <para>
/// The sets are whole vectors. They are united without checking whether a member is already known: most are, and a
/// wrong guess takes longer than adding it again. For the same reason they are closed from the latest scope up. As a
/// rule, what a scope requires was added after it, and is closed before it. PERF: the order of the 188 took 2.0 ms of
/// 30 and now takes 1.4 of 23, by profiles of <c>rer bench --workload rez</c> before and after, 2026-11-29.
/// </para>
/// </remarks>
internal sealed class DependencyClosure
{
    private const byte OnPath = 1;
    private const byte Closed = 2;

    /// <summary>For each place: itself and the places that it depends on, directly or indirectly.</summary>
    private ulong[] _closure = [];
    private ulong[] _emitted = [];
    private byte[] _visits = [];

    /// <summary>The places on the path to the current one.</summary>
    private int[] _path = [];

    /// <summary>For each place on the path: the next of its required places to examine.</summary>
    private int[] _nextRequired = [];

    /// <summary>For each place: the places that it requires, and where they begin, with one extra entry.</summary>
    private int[] _required = [];
    private int[] _requiredStart = [];
    private int _requiredTop;
    private int _next;
    private int _count;

    /// <summary>The length of a set of places, in words.</summary>
    private int _words;

    /// <summary>Begins with a number of places, of which nothing is known.</summary>
    internal void Begin(int count)
    {
        _count = count;
        _next = 0;
        _requiredTop = 0;
        _words = (Bits.WordsFor(count) + Vector256<ulong>.Count - 1) & -Vector256<ulong>.Count;
        _ = Bits.Cleared(ref _closure, count * _words);
        if (_visits.Length <= count)
        {
            int size = (count + 1) * 2;
            _visits = new byte[size];
            _path = new int[size];
            _nextRequired = new int[size];
            _requiredStart = new int[size];
        }

        Array.Clear(_visits, 0, count);
        _requiredStart[0] = 0;
    }

    /// <summary>Adds the next place, with the families that it requires.</summary>
    /// <param name="families">The families.</param>
    /// <param name="placeOf">The place of each family.</param>
    internal void AddPlace(ReadOnlySpan<FamilyId> families, PlaceId[] placeOf)
    {
        int top = _requiredTop + families.Length;
        if (top > _required.Length)
        {
            Array.Resize(ref _required, Math.Max(top, _required.Length * 2));
        }

        Span<int> required = _required.AsSpan(_requiredTop, families.Length);
        for (int i = 0; i < families.Length; i++)
        {
            required[i] = placeOf[families[i].Number].Number;
        }

        _requiredTop = top;
        _requiredStart[++_next] = top;
    }

    /// <summary>
    /// Computes the closure of a place, without recursion, because a chain may be as long as there are packages. False
    /// if there is a cycle.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal bool Close(PlaceId start)
    {
        int from = start.Number;
        Span<ulong> closure = _closure;
        int words = _words;
        if (_visits[from] == Closed)
        {
            return true;
        }

        int depth = 0;
        Enter(from, depth);
        while (depth >= 0)
        {
            int at = _path[depth];
            int next = _nextRequired[at];
            int end = _requiredStart[at + 1];
            ref ulong own = ref closure[at * words];
            for (; next < end && _visits[_required[next]] == Closed; next++)
            {
                Unite(ref own, ref closure[_required[next] * words], words);
            }

            if (next == end)
            {
                Bits.Add(closure.Slice(at * words, words), at);
                _visits[at] = Closed;
                depth--;
                continue;
            }

            if (_visits[_required[next]] == OnPath)
            {
                return false;
            }

            // It is examined again once it is closed.
            _nextRequired[at] = next;
            Enter(_required[next], ++depth);
        }

        return true;
    }

    private void Enter(int at, int depth)
    {
        _visits[at] = OnPath;
        _nextRequired[at] = _requiredStart[at];
        _path[depth] = at;
    }

    private static void Unite(ref ulong into, ref ulong other, int words)
    {
        for (nuint i = 0; i < (nuint)words; i += (nuint)Vector256<ulong>.Count)
        {
            Vector256<ulong> both = Vector256.LoadUnsafe(ref into, i) | Vector256.LoadUnsafe(ref other, i);
            both.StoreUnsafe(ref into, i);
        }
    }

    /// <summary>Writes the items at the places in order. All places must be closed.</summary>
    /// <param name="places">The item at each place.</param>
    /// <param name="order">Receives the items.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void Emit(ReadOnlySpan<ScopeId> places, Span<ScopeId> order)
    {
        Span<ulong> closure = _closure;
        int words = _words;
        Span<ulong> emitted = Bits.Cleared(ref _emitted, words);
        int count = 0;
        for (int head = 0; head < _count; head++)
        {
            if (Bits.Contains(emitted, head))
            {
                continue;
            }

            // It is marked when the path reaches it. It is in its own closure, and nothing on the path is in the
            // closure of the later places.
            Bits.Add(emitted, head);
            int depth = 0;
            _path[0] = head;
            while (depth >= 0)
            {
                int at = _path[depth];
                int next = FirstOutside(ref closure[at * words], ref emitted[0], words);
                if (next >= 0)
                {
                    Bits.Add(emitted, next);
                    _path[++depth] = next;
                    continue;
                }

                order[count++] = places[at];
                depth--;
            }
        }
    }

    /// <summary>The first member of a set, in whole vectors, that is not in another; -1 if there is none.</summary>
    private static int FirstOutside(ref ulong set, ref ulong other, int words)
    {
        for (nuint i = 0; i < (nuint)words; i += (nuint)Vector256<ulong>.Count)
        {
            Vector256<ulong> outside = Vector256.LoadUnsafe(ref set, i) & ~Vector256.LoadUnsafe(ref other, i);
            if (outside != Vector256<ulong>.Zero)
            {
                uint empty = Vector256.Equals(outside, Vector256<ulong>.Zero).ExtractMostSignificantBits();
                int lane = BitOperations.TrailingZeroCount(~empty);
                return ((int)i + lane) * Bits.WordBits + BitOperations.TrailingZeroCount(outside[lane]);
            }
        }

        return -1;
    }
}
