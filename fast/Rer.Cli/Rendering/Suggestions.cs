using System.Text.RegularExpressions;

namespace Rer.Cli.Rendering;

/// <summary>
/// Suggests what may help if a request names something that does not exist: one line below rez's own text, for people.
/// </summary>
internal static partial class Suggestions
{
    private const int ShownVersions = 8;

    /// <summary>The suggestion for a failure; null if there is none.</summary>
    public static string? For(ResolveResult result, IReadOnlyList<string> request, IPackageRepository repository) =>
        result is FailedResult
            ? "'rer explain' with the same arguments shows what would resolve"
            : ForName(result, request, repository);

    /// <summary>The suggestion for a name that does not exist; null if there is none.</summary>
    public static string? ForName(ResolveResult result, IReadOnlyList<string> request, IPackageRepository repository)
    {
        try
        {
            return result switch
            {
                ErrorResult { Kind: ResolveErrorKind.PackageFamilyNotFound } error => OfFamily(
                    error.Message,
                    request,
                    repository
                ),
                ErrorResult { Kind: ResolveErrorKind.PackageNotFound } error => OfVersion(error.Message, repository),
                _ => null,
            };
        }
        catch (PackageDataException)
        {
            return null; // an error in listing leaves no suggestion
        }
    }

    private static string? OfFamily(string message, IReadOnlyList<string> request, IPackageRepository repository)
    {
        if (NoFamily().Match(message) is not { Success: true } match)
        {
            return null;
        }
        string family = match.Groups[1].Value;
        string[] families = [.. repository.GetFamilies()];
        if (families.Contains(family))
        {
            return $"{family} exists, but has no visible version ('rer explain' shows what hides versions)";
        }
        // The family of `open-exr-3` is `open`, but `open-exr` was meant.
        string? near =
            request
                .Where(word => word.StartsWith($"{family}-", StringComparison.Ordinal))
                .Select(word => Spelling.SameWhole(word, families))
                .FirstOrDefault(name => name is not null)
            ?? Spelling.Nearest(family, families);
        return near is null ? null : $"did you mean '{near}'?";
    }

    private static string? OfVersion(string message, IPackageRepository repository)
    {
        if (NoVersion().Match(message) is not { Success: true } match)
        {
            return null;
        }
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
        {
            return $"{family} has no versions";
        }
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
