using Rer.Compiling;
using Rer.Policies;
using Rer.Versions;

namespace Rer.Asking;

/// <summary>
/// Finds which versions of a family a range reaches in one solve: removes those that are filtered, and loads the rest.
/// Corresponds to <c>_PackageVariantList.get_intersection</c>.
/// </summary>
/// <param name="store">Where definitions are loaded.</param>
/// <param name="filters">The filters of the solve; null if there are none.</param>
internal sealed class FamilyLoader(FamilyStore store, PackageFilterList? filters)
{
    /// <summary>
    /// Whether slices of the family are made from versions, because some are not loaded, may be filtered, or need their
    /// use to be reported.
    /// </summary>
    internal bool IsCareful(CompiledFamily family) => family.IsPartial || IsWatchful(family);

    /// <summary>Whether versions of the family may be filtered, or need their use to be reported.</summary>
    internal bool IsWatchful(CompiledFamily family) => filters is not null || family.Slot.Origin is { IsWatched: true };

    /// <summary>Reduces the versions in a range to those that a slice contains, and loads all of them.</summary>
    /// <param name="family">The compilation known so far.</param>
    /// <param name="versions">The versions in the range. Filtered ones are removed.</param>
    /// <returns>A compilation with all of the versions loaded.</returns>
    /// <exception cref="PackageDataException">A definition cannot be read.</exception>
    internal CompiledFamily Load(CompiledFamily family, Span<ulong> versions)
    {
        if (filters is not null)
        {
            RemoveFiltered(filters, family, versions);
        }

        if (family.Slot.Origin is { IsWatched: true } origin)
        {
            origin.Use(family, versions);
        }

        return family.AreLoaded(versions) ? family : store.Load(family, versions);
    }

    /// <summary>Whether any version in a range is left after filtering.</summary>
    internal bool HasVersions(CompiledFamily family, VersionRange range)
    {
        ulong[] versions = new ulong[family.VersionWords];
        family.FillVersions(Requirement.Construct(family.Slot.Name, range), versions);
        if (filters is not null)
        {
            RemoveFiltered(filters, family, versions);
        }

        return !Bits.IsEmpty(versions);
    }

    /// <summary>Removes versions that are filtered whatever their definitions contain.</summary>
    internal void RemoveUnread(CompiledFamily family, Span<ulong> versions)
    {
        foreach (int number in Bits.Members(versions))
        {
            VersionId version = new(number);
            bool isRead = false;
            if (
                filters!.Excludes(
                    family.Slot.Name,
                    family.Listing.VersionOf(version),
                    family.Listing.TextOf(version),
                    () =>
                    {
                        isRead = true;
                        return 0;
                    }
                ) && !isRead
            )
            {
                Bits.Remove(versions, number);
            }
        }
    }

    private void RemoveFiltered(PackageFilterList filters, CompiledFamily family, Span<ulong> versions)
    {
        foreach (VersionId version in family.Listing.Listed)
        {
            if (
                Bits.Contains(versions, version.Number)
                && filters.Excludes(
                    family.Slot.Name,
                    family.Listing.VersionOf(version),
                    family.Listing.TextOf(version),
                    () => store.GetTimestamp(family.Slot, version)
                )
            )
            {
                Bits.Remove(versions, version.Number);
            }
        }
    }
}
