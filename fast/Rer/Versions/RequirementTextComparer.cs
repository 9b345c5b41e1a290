using System.Diagnostics.CodeAnalysis;

namespace Rer.Versions;

/// <summary>
/// Compares requirements for one family. Two are equal if they have the same text and will still have the same text
/// after merging: a separator that is not shown in <c>foo</c> is shown once a range is added. This compares the parts
/// that a text is made of. Building the texts took a third of the time needed to compile a requirement.
/// </summary>
internal sealed class RequirementTextComparer : IEqualityComparer<Requirement>
{
    public static readonly RequirementTextComparer Instance = new();

    public bool Equals(Requirement? x, Requirement? y)
    {
        if (x is null || y is null || ReferenceEquals(x, y))
        {
            return ReferenceEquals(x, y);
        }

        return x.Separator == y.Separator
            && x.Conflict == y.Conflict
            && x.Weak == y.Weak
            && x.Name == y.Name
            && RangesReadAlike(x.Range, y.Range);
    }

    public int GetHashCode([DisallowNull] Requirement requirement)
    {
        int hash = requirement.Conflict ? 1 : 0;
        if (requirement.Range is { } range)
        {
            foreach (ref readonly Bound bound in range.Bounds)
            {
                hash = (hash * 31 + bound.Lower.GetHashCode()) * 31 + bound.Upper.GetHashCode();
            }
        }

        return hash;
    }

    private static bool RangesReadAlike(VersionRange? x, VersionRange? y)
    {
        if (x is null || y is null)
        {
            return x is null && y is null;
        }

        if (x.Bounds.Length != y.Bounds.Length)
        {
            return false;
        }

        for (int i = 0; i < x.Bounds.Length; i++)
        {
            ref readonly Bound a = ref x.Bounds[i];
            ref readonly Bound b = ref y.Bounds[i];
            if (
                a.LowerInclusive != b.LowerInclusive
                || a.UpperInclusive != b.UpperInclusive
                || a.Lower.ToString() != b.Lower.ToString()
                || a.Upper.ToString() != b.Upper.ToString()
            )
            {
                return false;
            }
        }

        return true;
    }
}
