using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Rer.Compiling;

namespace Rer.Solving.Sets;

/// <summary>A set of up to four words, as a vector.</summary>
/// <remarks>
/// A set of fewer words is read as four, and what follows it is cut off. Reading as many words as it has takes a jump
/// that the processor cannot predict. PERF: a steady pass over the requests of <c>rer bench --workload rez</c>, libraries
/// before and after in turns in one process, 1.3 to 1.6 % faster; over the studio book, 0.2 % (2026-11-29).
/// </remarks>
internal readonly struct VectorSet(Vector256<ulong> words) : IVariantSet<VectorSet>
{
    /// <summary>How many words a buffer needs after its last set, because a vector may reach beyond it.</summary>
    internal const int Spare = JoinedTables.MaxWords - 1;

    private readonly Vector256<ulong> _words = words;

    /// <inheritdoc />
    public static int Width => JoinedTables.MaxWords;

    /// <inheritdoc />
    public static VectorSet Empty => default;

    /// <inheritdoc />
    public ulong First => _words[0];

    /// <inheritdoc />
    public bool IsEmpty => _words == Vector256<ulong>.Zero;

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorSet At(ulong[] table, int at) => new(Vector256.Create(table, at));

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorSet Part(ulong[] table, int at, int words) =>
        new(
            Vector256.Create(table, at)
                & Vector256.GreaterThan(Vector256.Create((long)words), Vector256.Create(0L, 1, 2, 3)).AsUInt64()
        );

    /// <inheritdoc />
    public static VectorSet OfWord(ulong word) => new(Vector256.CreateScalar(word));

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public VectorSet And(VectorSet other) => new(_words & other._words);

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public VectorSet OrIf(bool condition, VectorSet other) => condition ? new(_words | other._words) : this;

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public VectorSet Without(VectorSet other) => new(_words & ~other._words);

    /// <inheritdoc />
    public void CopyTo(Span<ulong> words) => _words.CopyTo(words);
}
