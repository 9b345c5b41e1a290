using Rer.Compiling;

namespace Rer.Solving;

/// <summary>
/// Slices of families whose definitions may not be loaded yet, or may be filtered: they are made version by version, as
/// <c>_PackageVariantList.get_intersection</c> does, before there are variants to count.
/// </summary>
internal sealed partial class Solver
{
    private ulong[] _versionScratch = [];

    /// <summary>Whether a slice of the family must be made from versions.</summary>
    private bool IsCareful(CompiledFamily family) => family.IsPartial || _filters is not null;

    private Span<ulong> Scratch(int words)
    {
        if (_versionScratch.Length < words)
        {
            _versionScratch = new ulong[words];
        }

        Span<ulong> scratch = _versionScratch.AsSpan(0, words);
        scratch.Clear();
        return scratch;
    }

    /// <summary>
    /// Makes the slice of a scope from versions in range: takes out those that are filtered, loads the rest.
    /// </summary>
    /// <returns>False if nothing is left.</returns>
    private bool SetSliceFromVersions(int scope, Span<ulong> versions)
    {
        int id = _familyId[scope];
        CompiledFamily family = Family(id);
        if (_filters is not null)
        {
            RemoveFiltered(family, versions);
            family = Family(id);
        }

        if (Bits.IsEmpty(versions))
        {
            return false;
        }

        if (!AreLoaded(family, versions))
        {
            family = _repository.Load(family, versions);
            _known[id] = family;
        }

        _family[scope] = family;
        _slice[scope] = AllocateSlice(family.Words);
        Span<ulong> slice = Slice(scope);
        for (int version = Bits.First(versions); version >= 0; version = Bits.Next(versions, version + 1))
        {
            Bits.AddRange(slice, family.FirstVariant[version], family.FirstVariant[version + 1]);
        }

        return true;
    }

    private void RemoveFiltered(CompiledFamily family, Span<ulong> versions)
    {
        foreach (int version in family.Listing.Listed)
        {
            if (!Bits.Contains(versions, version))
            {
                continue;
            }

            if (
                _filters!.Excludes(
                    family.Slot.Name,
                    family.Listing.Versions[version],
                    family.Listing.Texts[version],
                    () => TimestampOf(family.Slot.Id, version)
                )
            )
            {
                Bits.Remove(versions, version);
            }
        }
    }

    private long TimestampOf(int id, int version)
    {
        CompiledFamily family = Family(id);
        if (family.Packages[version] is not { } package)
        {
            ulong[] one = new ulong[family.VersionWords];
            Bits.Add(one, version);
            family = _repository.Load(family, one);
            _known[id] = family;
            package = family.Packages[version]!;
        }

        return package.Timestamp;
    }

    private static bool AreLoaded(CompiledFamily family, ReadOnlySpan<ulong> versions)
    {
        if (!family.IsPartial)
        {
            return true;
        }

        for (int version = Bits.First(versions); version >= 0; version = Bits.Next(versions, version + 1))
        {
            if (family.Packages[version] is null)
            {
                return false;
            }
        }

        return true;
    }
}
