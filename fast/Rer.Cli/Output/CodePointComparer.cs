using System.Text;

namespace Rer.Cli;

/// <summary>Orders text as Python's <c>sorted</c> does: by code points, not by UTF-16 units.</summary>
internal sealed class CodePointComparer : IComparer<string>
{
    public static readonly CodePointComparer Instance = new();

    /// <inheritdoc />
    public int Compare(string? x, string? y)
    {
        StringRuneEnumerator left = (x ?? "").EnumerateRunes();
        StringRuneEnumerator right = (y ?? "").EnumerateRunes();
        while (true)
        {
            bool hasLeft = left.MoveNext();
            bool hasRight = right.MoveNext();
            if (!hasLeft || !hasRight)
            {
                return hasLeft.CompareTo(hasRight);
            }
            int order = left.Current.CompareTo(right.Current);
            if (order != 0)
            {
                return order;
            }
        }
    }
}
