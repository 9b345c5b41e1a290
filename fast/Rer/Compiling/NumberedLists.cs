namespace Rer.Compiling;

/// <summary>The requirement lists of a family's variants, as numbers of requirements.</summary>
/// <param name="Starts">For each list, its position in <paramref name="Numbers"/>, with one extra entry.</param>
/// <param name="Numbers">The numbers of the lists' requirements.</param>
internal readonly record struct NumberedLists(int[] Starts, int[] Numbers)
{
    /// <summary>The number of lists.</summary>
    internal int Count => Starts.Length - 1;

    /// <summary>A list.</summary>
    internal ReadOnlySpan<int> this[int list] => Numbers.AsSpan(Starts[list], Starts[list + 1] - Starts[list]);
}
