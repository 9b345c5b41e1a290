using Rer.Versions;

namespace Rer.Compiling;

/// <summary>
/// For each known requirement for a family, the versions that satisfy it, as runs of adjacent versions. A range has as
/// many runs as bounds, which is nearly always one. For a conflict requirement, these are the versions that it does not
/// exclude. So for both kinds, "the scope and the row are disjoint" means "they conflict".
/// </summary>
/// <remarks>
/// Technique: rows as runs. A family with thousands of versions has as many ranges, and rows of bits would grow with
/// both. A run is two numbers however wide the family is, and one word mostly decides whether a slice meets it. Rows
/// are added under a lock on this object and never change, so whoever knows a row may read it from an older array.
/// </remarks>
internal sealed class RowRuns
{
    private (VersionId First, VersionId End)[] _runs = [];

    private int[] _starts = [0];

    /// <summary>The number of rows. Written by those who add rows. Readers get the number from the family.</summary>
    internal int Count { get; private set; }

    /// <summary>
    /// A row: runs of versions, latest first, each from its first version up to, but not including, its end.
    /// </summary>
    internal ReadOnlySpan<(VersionId First, VersionId End)> Of(RowId row)
    {
        int[] starts = Volatile.Read(ref _starts);
        int start = starts[row.Number];
        return Volatile.Read(ref _runs).AsSpan(start, starts[row.Number + 1] - start);
    }

    /// <summary>Adds the row of a requirement.</summary>
    internal void Add(Requirement requirement, FamilyListing listing)
    {
        int top = _starts[Count];
        int runs = requirement.Range is { } range ? range.Bounds.Length + 1 : 1;
        Reserve(ref _runs, top + runs);
        Reserve(ref _starts, Count + 2);
        top += Fill(requirement, listing, _runs.AsSpan(top, runs));
        _starts[++Count] = top;
    }

    /// <summary>
    /// Computes the runs of a requirement for a family with these versions. There is at most one more run than there
    /// are bounds.
    /// </summary>
    /// <returns>The number of runs.</returns>
    internal static int Fill(
        Requirement requirement,
        FamilyListing listing,
        Span<(VersionId First, VersionId End)> runs
    )
    {
        ReadOnlySpan<Bound> bounds = requirement.Range is { } range ? range.Bounds : [];
        int count = 0;
        VersionId gap = default;
        for (int i = bounds.Length - 1; i >= 0; i--)
        {
            // Bounds are ascending, versions descending.
            VersionId first = listing.FirstUpTo(bounds[i]);
            VersionId end = listing.FirstBelow(bounds[i]);
            if (!(first < end))
            {
                continue;
            }

            if (!requirement.Conflict)
            {
                runs[count++] = (first, end);
            }
            else if (gap < first)
            {
                runs[count++] = (gap, first);
            }

            gap = gap < end ? end : gap;
        }

        if (requirement.Conflict && gap < listing.End)
        {
            runs[count++] = (gap, listing.End);
        }

        return count;
    }

    private static void Reserve<T>(ref T[] items, int count)
    {
        if (count > items.Length)
        {
            T[] larger = new T[Math.Max(count, Math.Max(4, items.Length * 2))];
            items.CopyTo(larger, 0);
            Volatile.Write(ref items, larger);
        }
    }
}
