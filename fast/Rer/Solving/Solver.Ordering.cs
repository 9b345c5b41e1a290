using System.Numerics;
using System.Runtime.Intrinsics;
using Rer.Compiling;

namespace Rer.Solving;

/// <summary>The final order of the places that Finalising gives out. <c>_get_dependency_order</c>.</summary>
/// <remarks>
/// <para>
/// Technique: closure as bits. rez takes the head of a list and pulls forward the first listed among all that it
/// depends on, however indirectly, until the head depends on nothing left. With the packages numbered in the order of
/// the list and the dependencies of each as a set of these numbers, "the first listed" is the lowest bit.
/// </para>
/// <para>
/// The sets are whole vectors, and united without asking whether a member is known already: most are, and to guess wrong
/// takes longer than to add it once more. For the same reason they are closed from the latest scope up: what a scope
/// requires came in after it, as a rule, and is closed before.
/// </para>
/// </remarks>
internal sealed partial class Solver
{
    private const byte OnPath = 1;
    private const byte Closed = 2;

    /// <summary>For each place itself and the places that it depends on, however indirectly.</summary>
    private ulong[] _closure = [];
    private ulong[] _emitted = [];
    private byte[] _visits = [];

    /// <summary>The places from which the walk came to the one it is at.</summary>
    private int[] _path = [];

    /// <summary>For each place on the path the next of those that it requires to look at.</summary>
    private int[] _nextRequired = [];

    /// <summary>Orders the places; false if they require each other in a circle.</summary>
    private bool CloseAndEmit()
    {
        int words = (Bits.WordsFor(_placeCount) + Vector256<ulong>.Count - 1) & -Vector256<ulong>.Count;
        Span<ulong> closure = Cleared(ref _closure, _placeCount * words);
        if (_visits.Length < _placeCount)
        {
            _visits = new byte[_placeCount * 2];
            _path = new int[_placeCount * 2];
            _nextRequired = new int[_placeCount * 2];
        }

        Array.Clear(_visits, 0, _placeCount);
        for (int scope = _scopeCount - 1; scope >= 0; scope--)
        {
            if (IsResolved(scope) && !Close(_families[_scopes[scope].FamilyId].Place, closure, words))
            {
                return false;
            }
        }

        EmitInOrder(closure, words);
        return true;
    }

    /// <summary>
    /// Closes over the dependencies of a place, without recursion: a chain may be as long as there are packages.
    /// False on a cycle.
    /// </summary>
    private bool Close(int from, Span<ulong> closure, int words)
    {
        if (_visits[from] == Closed)
        {
            return true;
        }

        int depth = 0;
        Enter(from, depth);
        while (depth >= 0)
        {
            int place = _path[depth];
            int next = _nextRequired[place];
            int end = _requiredStart[place + 1];
            ref ulong own = ref closure[place * words];
            for (; next < end && _visits[_required[next]] == Closed; next++)
            {
                Unite(ref own, ref closure[_required[next] * words], words);
            }

            if (next == end)
            {
                Bits.Add(closure.Slice(place * words, words), place);
                _visits[place] = Closed;
                depth--;
                continue;
            }

            if (_visits[_required[next]] == OnPath)
            {
                return false;
            }

            // Once it is closed, it is looked at again.
            _nextRequired[place] = next;
            Enter(_required[next], ++depth);
        }

        return true;
    }

    private void Enter(int place, int depth)
    {
        _visits[place] = OnPath;
        _nextRequired[place] = _requiredStart[place];
        _path[depth] = place;
    }

    private static void Unite(ref ulong into, ref ulong other, int words)
    {
        for (nuint i = 0; i < (nuint)words; i += (nuint)Vector256<ulong>.Count)
        {
            Vector256<ulong> both = Vector256.LoadUnsafe(ref into, i) | Vector256.LoadUnsafe(ref other, i);
            both.StoreUnsafe(ref into, i);
        }
    }

    private void EmitInOrder(Span<ulong> closure, int words)
    {
        _final.Clear();
        Span<ulong> emitted = Cleared(ref _emitted, words);
        for (int head = 0; head < _placeCount; head++)
        {
            if (Bits.Contains(emitted, head))
            {
                continue;
            }

            // Marked when the path comes to it, since it is in its own closure and nothing on the path is in that of the
            // places behind it.
            Bits.Add(emitted, head);
            int depth = 0;
            _path[0] = head;
            while (depth >= 0)
            {
                int place = _path[depth];
                int next = FirstOutside(ref closure[place * words], ref emitted[0], words);
                if (next >= 0)
                {
                    Bits.Add(emitted, next);
                    _path[++depth] = next;
                    continue;
                }

                _final.Add(_places[place]);
                depth--;
            }
        }
    }

    /// <summary>As <see cref="FirstOutside(ReadOnlySpan{ulong}, ReadOnlySpan{ulong})"/>, of whole vectors.</summary>
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
