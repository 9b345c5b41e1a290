using System.Runtime.InteropServices;

namespace Rer.Versions;

/// <summary>
/// The set operations on version ranges, applied to their bounds. The bounds of a range ascend and do not overlap.
/// </summary>
internal static class BoundList
{
    /// <summary>The union of bounds given in any order. Bounds that overlap or touch become one.</summary>
    /// <remarks>
    /// Corresponds to rez's <c>VersionRange._union</c>. It has a bug that shows in answers and is therefore kept. Two
    /// bounds that meet at a version touch unless both exclude it. rez checks this against the previous bound, not
    /// against the one that reaches farthest. So <c>0..5|1+&lt;3|&gt;5</c> keeps the last bound apart, although nothing
    /// lies between, while <c>0+&lt;5|1..3|&gt;5</c> joins it, and 5 with it.
    /// </remarks>
    public static Bound[] Union(List<Bound> bounds)
    {
        Sort(bounds);
        List<Bound> union = new(bounds.Count);
        Bound first = bounds[0];
        Bound farthest = first;
        Bound previous = first;
        foreach (Bound bound in CollectionsMarshal.AsSpan(bounds)[1..])
        {
            int gap = bound.Lower.CompareTo(farthest.Upper);
            if (gap > 0 || (gap == 0 && !bound.LowerInclusive && !previous.UpperInclusive))
            {
                union.Add(Bound.Between(first, farthest));
                first = bound;
            }

            previous = bound;
            if (Bound.CompareUpper(bound, farthest) > 0)
            {
                farthest = bound;
            }
        }

        union.Add(Bound.Between(first, farthest));
        return [.. union];
    }

    /// <summary>Whether taking the union of a range's bounds again leaves them unchanged.</summary>
    public static bool IsApart(ReadOnlySpan<Bound> bounds)
    {
        for (int i = 1; i < bounds.Length; i++)
        {
            bool meets = bounds[i].Lower.CompareTo(bounds[i - 1].Upper) == 0;
            if (meets && (bounds[i].LowerInclusive || bounds[i - 1].UpperInclusive))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The intersection; empty if the two have no version in common.</summary>
    /// <remarks>Corresponds to rez's <c>VersionRange._intersection</c>, which tries all pairs.</remarks>
    public static Bound[] Intersection(ReadOnlySpan<Bound> a, ReadOnlySpan<Bound> b)
    {
        List<Bound>? bounds = null;
        for (int i = 0, j = 0; i < a.Length && j < b.Length; )
        {
            if (a[i].TryIntersect(b[j], out Bound bound))
            {
                (bounds ??= []).Add(bound);
            }

            StepPastLower(a, b, ref i, ref j);
        }

        return bounds is null ? [] : [.. bounds];
    }

    /// <summary>Whether the two have a version in common.</summary>
    public static bool Intersects(ReadOnlySpan<Bound> a, ReadOnlySpan<Bound> b)
    {
        for (int i = 0, j = 0; i < a.Length && j < b.Length; )
        {
            if (a[i].TryIntersect(b[j], out _))
            {
                return true;
            }

            StepPastLower(a, b, ref i, ref j);
        }

        return false;
    }

    /// <summary>Whether each of the other bounds lies in one of these.</summary>
    /// <remarks>
    /// It must lie in a single one. Two bounds that touch are not taken together, and rez does not do so either. The
    /// only candidate is the first of these bounds that ends no earlier than the other.
    /// </remarks>
    public static bool IsSuperset(ReadOnlySpan<Bound> bounds, ReadOnlySpan<Bound> others)
    {
        int i = 0;
        foreach (ref readonly Bound other in others)
        {
            while (i < bounds.Length && Bound.CompareUpper(bounds[i], other) < 0)
            {
                i++;
            }

            if (i == bounds.Length || !bounds[i].Contains(other))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What lies between, before and after the bounds.</summary>
    /// <remarks>
    /// Corresponds to rez's <c>VersionRange._inverse</c>. Nothing lies between two bounds that touch. rez tries to make
    /// a bound of it, and fails.
    /// </remarks>
    /// <exception cref="VersionSyntaxException">Two bounds touch. The message is rez's.</exception>
    public static Bound[] Inverse(ReadOnlySpan<Bound> bounds)
    {
        List<Bound> inverse = new(bounds.Length + 1);
        Version lower = Version.Empty;
        bool lowerInclusive = true;
        foreach (ref readonly Bound bound in bounds)
        {
            if (bound.LowerBounded)
            {
                inverse.Add(Bound.Create(lower, lowerInclusive, bound.Lower, !bound.LowerInclusive));
            }

            lower = bound.Upper;
            lowerInclusive = !bound.UpperInclusive;
        }

        if (bounds[^1].UpperBounded)
        {
            inverse.Add(Bound.Create(lower, lowerInclusive, Version.Infinity, true));
        }

        return [.. inverse];
    }

    /// <summary>Steps past the bound that ends first. No later bound of the other list can meet it.</summary>
    private static void StepPastLower(ReadOnlySpan<Bound> a, ReadOnlySpan<Bound> b, ref int i, ref int j)
    {
        if (Bound.CompareUpper(a[i], b[j]) <= 0)
        {
            i++;
        }
        else
        {
            j++;
        }
    }

    /// <summary>Sorts stably. The texts of equal bounds may differ, and the first one's text is shown.</summary>
    private static void Sort(List<Bound> bounds)
    {
        for (int i = 1; i < bounds.Count; i++)
        {
            if (bounds[i - 1].CompareTo(bounds[i]) > 0)
            {
                Bound[] sorted = [.. bounds.Order()];
                bounds.Clear();
                bounds.AddRange(sorted);
                return;
            }
        }
    }
}
