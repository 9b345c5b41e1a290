using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Rer.Compiling;

namespace Rer.Solving.Sets;

/// <summary>A set of up to four words, as a vector.</summary>
internal readonly struct VectorSet(Vector256<ulong> words) : IVariantSet<VectorSet>
{
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
    public static VectorSet OfWord(ulong word) => new(Vector256.CreateScalar(word));

    /// <inheritdoc />
    public static VectorSet Of(ReadOnlySpan<ulong> words) =>
        new(
            words.Length switch
            {
                1 => Vector256.CreateScalar(words[0]),
                2 => Vector256.Create(words[0], words[1], 0, 0),
                3 => Vector256.Create(words[0], words[1], words[2], 0),
                _ => Vector256.Create(words),
            }
        );

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
