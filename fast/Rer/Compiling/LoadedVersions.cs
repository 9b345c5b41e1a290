namespace Rer.Compiling;

/// <summary>Which parts of a family are loaded.</summary>
internal static class LoadedVersions
{
    /// <summary>Those of a set of versions that are not loaded, in the order in which the family was listed.</summary>
    internal static List<VersionId> NotLoaded(this CompiledFamily family, ReadOnlySpan<ulong> versions)
    {
        List<VersionId> missing = [];
        foreach (VersionId version in family.Listing.Listed)
        {
            if (family.PackageOf(version) is null && Bits.Contains(versions, version.Number))
            {
                missing.Add(version);
            }
        }

        return missing;
    }

    /// <summary>Whether all versions of a set are loaded.</summary>
    internal static bool AreLoaded(this CompiledFamily family, ReadOnlySpan<ulong> versions)
    {
        if (!family.IsPartial)
        {
            return true;
        }

        foreach (int number in Bits.Members(versions))
        {
            if (family.Packages[number] is null)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether all versions that satisfy a requirement, whose row is computed, are loaded.</summary>
    internal static bool IsRowLoaded(this CompiledFamily family, RowId row)
    {
        if (!family.IsPartial)
        {
            return true;
        }

        foreach ((VersionId first, VersionId end) in family.Listing.Rows.Of(row))
        {
            if (Array.IndexOf(family.Packages, null, first.Number, end.Number - first.Number) >= 0)
            {
                return false;
            }
        }

        return true;
    }
}
