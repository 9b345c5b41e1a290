namespace Rer.Versions;

/// <summary>Orders texts by code point. This is Python's order of <c>str</c>, and rez's order of names.</summary>
/// <remarks>
/// Ordinal comparison of UTF-16 gives a different result only if a code point above U+FFFF, which is a pair of
/// surrogates (D800 to DFFF), is compared with one of U+E000 to U+FFFF. Null comes first.
/// </remarks>
internal sealed class CodePointOrder : IComparer<string>
{
    private const char FirstSurrogate = '\uD800';
    private const char LastSurrogate = '\uDFFF';

    private CodePointOrder() { }

    /// <summary>The only instance.</summary>
    public static CodePointOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        if (x is null || y is null)
        {
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        }

        int same = x.AsSpan().CommonPrefixLength(y);
        if (same == x.Length || same == y.Length)
        {
            return x.Length.CompareTo(y.Length);
        }

        char a = x[same];
        char b = y[same];
        return a < FirstSurrogate || b < FirstSurrogate ? a.CompareTo(b) : Weight(a).CompareTo(Weight(b));
    }

    /// <summary>Moves surrogates above the rest of the first plane.</summary>
    private static int Weight(char c) => c <= LastSurrogate ? c + char.MaxValue : c;
}
