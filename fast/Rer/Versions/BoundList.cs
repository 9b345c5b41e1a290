using System.Runtime.InteropServices;

namespace Rer.Versions;

/// <summary>The set operations of version ranges, on their bounds: ascending and not overlapping.</summary>
internal static class BoundList
{
    /// <summary>The union of bounds in any order. Those that overlap or touch become one.</summary>
    /// <remarks>
    /// Answers to rez's <c>VersionRange._union</c>, a bug of which shows in answers and is therefore kept. Two bounds
    /// that meet at a version touch unless both leave it out; rez asks that of the bound that came last before, not
    /// of the one that reaches farthest. So <c>0..5|1+&lt;3|&gt;5</c> keeps the last apart, though nothing lies
    /// between, and <c>0+&lt;5|1..3|&gt;5</c> joins it, and 5 with it.
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

    /// <summary>Whether uniting the bounds of a range once more leaves them as they are.</summary>
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

    /// <summary>What lies in both; empty if nothing does.</summary>
    /// <remarks>Answers to rez's <c>VersionRange._intersection</c>, which tries all pairs.</remarks>
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

    /// <summary>Whether anything lies in both.</summary>
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
    /// In a single one: two that touch are not taken together, and rez does not either. The first of these that ends
    /// as late as the other is the only candidate.
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
    /// Answers to rez's <c>VersionRange._inverse</c>. Between two bounds that touch there is nothing, of which rez
    /// tries to make a bound, and fails.
    /// </remarks>
    /// <exception cref="VersionSyntaxException">Two bounds touch; the text is rez's.</exception>
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

    /// <summary>Goes on from the bound that ends first: no later one of the other list can meet it.</summary>
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

    /// <summary>Sorts and keeps the order of equal bounds: their texts may differ, and the first one's is shown.</summary>
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
