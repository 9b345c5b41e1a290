using Rer.Versions;

namespace Rer.Compiling;

/// <summary>
/// The versions of a family, numbered from the latest down, which is the default order in which they are tried.
/// </summary>
internal sealed class FamilyListing
{
    // Latest first. Of a family that was compiled before, they are parsed when they are needed, and most never are.
    private readonly Version?[] _versions;

    private readonly IReadOnlyList<string> _texts;

    private FamilyListing(Version?[] versions, IReadOnlyList<string> texts, VersionId[] listed, int[] positions)
    {
        _versions = versions;
        _texts = texts;
        Listed = listed;
        Positions = positions;
    }

    /// <summary>
    /// The versions in the order in which the repository listed them. This is the order of a slice that was never
    /// sorted. It is visible in the order of reductions in a text.
    /// </summary>
    internal VersionId[] Listed { get; }

    /// <summary>All versions, latest first. Created on first use.</summary>
    internal FamilyOrder FromTheLatest =>
        field ??= new FamilyOrder([.. Enumerable.Range(0, Count).Select(number => new VersionId(number))]);

    /// <summary>The last order returned by a caller-supplied orderer; null if there is none.</summary>
    internal GivenOrder? LastGiven { get; set; }

    /// <summary>The texts in ascending order of the versions. Created on first use.</summary>
    internal IReadOnlyList<string> TextsAscending =>
        field ??= Array.AsReadOnly(Enumerable.Reverse(Positions).Select(position => _texts[position]).ToArray());

    /// <summary>The texts as the repository listed them. Created on first use.</summary>
    internal IReadOnlyList<string> TextsAsListed => field ??= Array.AsReadOnly(Array.ConvertAll(Listed, TextOf));

    /// <summary>The orders produced by rez's own orderers.</summary>
    internal KeptOrders Orders { get; } = new();

    /// <summary>
    /// For each version, its position in the repository's listing, in which equal versions may occur twice.
    /// </summary>
    internal int[] Positions { get; }

    /// <summary>The number of versions; none if there is no such family.</summary>
    internal int Count => Positions.Length;

    /// <summary>One past the last version.</summary>
    internal VersionId End => new(Count);

    /// <summary>For each known requirement for the family, the versions that satisfy it.</summary>
    internal RowRuns Rows { get; } = new();

    /// <summary>A version itself.</summary>
    internal Version VersionOf(VersionId version) => _versions[version.Number] ??= Version.Parse(TextOf(version));

    /// <summary>The text of a version, as the repository gave it.</summary>
    internal string TextOf(VersionId version) => _texts[Positions[version.Number]];

    /// <summary>
    /// A listing made before: the listed texts, all of which can be parsed, and the positions of the versions in it,
    /// latest first.
    /// </summary>
    internal static FamilyListing Of(IReadOnlyList<string> listed, int[] positions) =>
        new(new Version?[positions.Length], listed, InOrderOfListing(positions, listed.Count), positions);

    /// <summary>Lists a family.</summary>
    /// <exception cref="InputSyntaxException">A listed version cannot be parsed.</exception>
    /// <exception cref="PackageDataException">The repository cannot list the family, or returns null.</exception>
    internal static FamilyListing Of(IPackageRepository repository, string family)
    {
        IReadOnlyList<string> listed =
            repository.GetVersions(family)
            ?? throw new PackageDataException(
                $"{family}: the repository's GetVersions returned null; a family that it does not have has an empty list"
            );
        Version[] parsed = new Version[listed.Count];
        for (int i = 0; i < parsed.Length; i++)
        {
            parsed[i] = listed is ParsedVersions shared ? shared.Parsed(i) : Parse(family, listed[i]);
        }

        int[] distinct = LatestFirst(parsed);
        return new FamilyListing(
            Array.ConvertAll(distinct, position => parsed[position]),
            listed is ParsedVersions ? listed : [.. listed], // a repository may change its own list
            InOrderOfListing(distinct, listed.Count),
            distinct
        );
    }

    /// <summary>The positions of a listing's versions, latest first, without duplicates.</summary>
    private static int[] LatestFirst(Version[] versions)
    {
        int[] order = [.. Enumerable.Range(0, versions.Length)];
        if (IsRising(versions))
        {
            // Most listings are ascending.
            Array.Reverse(order);
            return order;
        }

        Array.Sort(
            order,
            (a, b) =>
            {
                int byVersion = versions[b].CompareTo(versions[a]);
                return byVersion != 0 ? byVersion : a.CompareTo(b);
            }
        );
        // If versions are equal, such as 1.0 and 1-0, rez sees the first one.
        return [.. order.Where((position, i) => i == 0 || !versions[position].Equals(versions[order[i - 1]]))];
    }

    private static bool IsRising(Version[] versions)
    {
        for (int i = 1; i < versions.Length; i++)
        {
            if (versions[i].CompareTo(versions[i - 1]) <= 0)
            {
                return false;
            }
        }

        return true;
    }

    private static Version Parse(string family, string version)
    {
        try
        {
            return Version.Parse(version);
        }
        catch (VersionSyntaxException e)
        {
            throw new InputSyntaxException($"package {family}: version '{version}': {e.Message}");
        }
    }

    /// <summary>The versions, given the position of each in the listing, in the order of the listing.</summary>
    private static VersionId[] InOrderOfListing(int[] positions, int listed)
    {
        int[] numberAt = new int[listed];
        for (int number = 0; number < positions.Length; number++)
        {
            numberAt[positions[number]] = number + 1;
        }

        VersionId[] versions = new VersionId[positions.Length];
        int count = 0;
        foreach (int number in numberAt)
        {
            if (number > 0)
            {
                versions[count++] = new VersionId(number - 1);
            }
        }

        return versions;
    }

    /// <summary>The first version, from the latest, that is not above a bound.</summary>
    internal VersionId FirstUpTo(in Bound bound)
    {
        int low = 0;
        int high = Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            int order = VersionOf(new VersionId(middle)).CompareTo(bound.Upper);
            if (order < 0 || (order == 0 && bound.UpperInclusive))
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return new VersionId(low);
    }

    /// <summary>The first version, from the latest, that is below a bound.</summary>
    internal VersionId FirstBelow(in Bound bound)
    {
        int low = 0;
        int high = Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            int order = VersionOf(new VersionId(middle)).CompareTo(bound.Lower);
            if (order < 0 || (order == 0 && !bound.LowerInclusive))
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return new VersionId(low);
    }
}
