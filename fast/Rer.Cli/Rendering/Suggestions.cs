using System.Text.RegularExpressions;

namespace Rer.Cli.Rendering;

/// <summary>What may help where a request names what is not there: a line under rez's own text, for people.</summary>
internal static partial class Suggestions
{
    private const int ShownVersions = 8;

    /// <summary>The line; null if nothing comes to mind.</summary>
    public static string? For(ResolveResult result, IPackageRepository repository)
    {
        try
        {
            return result switch
            {
                FailedResult => "'rer explain' with the same arguments tells what would resolve",
                ErrorResult { Kind: ResolveErrorKind.PackageFamilyNotFound } error => OfFamily(
                    error.Message,
                    repository
                ),
                ErrorResult { Kind: ResolveErrorKind.PackageNotFound } error => OfVersion(error.Message, repository),
                _ => null,
            };
        }
        catch (PackageDataException)
        {
            return null; // what cannot be listed cannot help
        }
    }

    private static string? OfFamily(string message, IPackageRepository repository) =>
        NoFamily().Match(message) is { Success: true } match
        && Spelling.Nearest(match.Groups[1].Value, repository.GetFamilies()) is { } near
            ? $"did you mean '{near}'?"
            : null;

    private static string? OfVersion(string message, IPackageRepository repository)
    {
        if (NoVersion().Match(message) is not { Success: true } match)
            return null;
        string family = Names.FamilyOf(match.Groups[1].Value);
        string[] versions =
        [
            .. repository
                .GetVersions(family)
                .Where(version => version.Length > 0)
                .Select(Versions.Version.Parse)
                .Order()
                .Select(version => version.ToString()),
        ];
        if (versions.Length == 0)
            return $"{family} has no versions";
        string shown = string.Join(", ", versions.TakeLast(ShownVersions));
        return versions.Length <= ShownVersions
            ? $"the versions of {family} are {shown}"
            : $"the last of the {versions.Length} versions of {family} are {shown}";
    }

    [GeneratedRegex(@"^package family not found: ([^\s,]+)")]
    private static partial Regex NoFamily();

    [GeneratedRegex(@"^Package could not be found: (\S+)")]
    private static partial Regex NoVersion();
}
