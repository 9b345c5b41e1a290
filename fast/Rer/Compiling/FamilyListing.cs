namespace Rer.Compiling;

/// <summary>
/// The versions of a family, numbered from the latest down, which is the order in which they are tried by default.
/// </summary>
internal sealed class FamilyListing
{
    private FamilyListing(Version[] versions, string[] texts, int[] listed)
    {
        Versions = versions;
        Texts = texts;
        Listed = listed;
    }

    /// <summary>The versions, latest first; equal ones (<c>1.0</c> and <c>1-0</c>) as listed.</summary>
    internal Version[] Versions { get; }

    /// <summary>Their texts as the repository gave them.</summary>
    internal string[] Texts { get; }

    /// <summary>
    /// The numbers of the versions in the order in which the repository listed them: the order of a slice that was
    /// never sorted, which shows in the order of reductions in a text.
    /// </summary>
    internal int[] Listed { get; }

    /// <summary>The number of versions; none if there is no such family.</summary>
    internal int Count => Versions.Length;

    /// <summary>Lists a family.</summary>
    /// <exception cref="PackageDataException">A version of the listing does not parse.</exception>
    internal static FamilyListing Of(IPackageRepository repository, string family)
    {
        IReadOnlyList<string> listed = repository.GetVersions(family);
        int count = listed.Count;
        Version[] versions = new Version[count];
        int[] order = new int[count];
        for (int i = 0; i < count; i++)
        {
            if (!Version.TryParse(listed[i], out Version? version))
            {
                throw new PackageDataException(
                    $"package {family}: '{listed[i]}' is not a valid version (searched: "
                        + $"{string.Join("; ", repository.SearchPaths)}); rename or remove it"
                );
            }

            versions[i] = version;
            order[i] = i;
        }

        // Listings are mostly in order already, one way or the other; a stable sort by falling version, in any case.
        Array.Sort(
            order,
            (a, b) =>
            {
                int byVersion = versions[b].CompareTo(versions[a]);
                return byVersion != 0 ? byVersion : a.CompareTo(b);
            }
        );

        Version[] sorted = new Version[count];
        string[] texts = new string[count];
        int[] positions = new int[count];
        for (int number = 0; number < count; number++)
        {
            int position = order[number];
            sorted[number] = versions[position];
            texts[number] = listed[position];
            positions[position] = number;
        }

        return new FamilyListing(sorted, texts, positions);
    }
}
