using System.Globalization;
using System.Text.RegularExpressions;
using Rer.Insights.Catalogs;

namespace Rer.Insights.Bisecting;

/// <summary>The package that a request should resolve to, as the user named it.</summary>
/// <param name="named">The versions.</param>
/// <param name="variant">The index of the variant; null for any.</param>
internal sealed partial class AimedResult(NamedPackages named, int? variant)
{
    /// <summary>Parses the name.</summary>
    /// <exception cref="BadInputException">The text is not a package.</exception>
    public static AimedResult Read(string text, IPackageRepository repository)
    {
        Match indexed = Indexed().Match(text);
        return indexed.Success && int.TryParse(indexed.Groups[2].Value, CultureInfo.InvariantCulture, out int index)
            ? new AimedResult(NamedPackages.Read(indexed.Groups[1].Value, repository), index)
            : new AimedResult(NamedPackages.Read(text, repository), null);
    }

    /// <summary>Whether a resolve contains it.</summary>
    public bool IsIn(SolvedResult solved) =>
        solved.Packages.Any(package =>
            package.Name == named.Family
            && named.Includes(package.Version)
            && (variant is null || package.VariantIndex == variant)
        );

    /// <summary>Describes what a resolve contains instead.</summary>
    public string Instead(SolvedResult solved)
    {
        ResolvedPackage[] found = [.. solved.Packages.Where(package => package.Name == named.Family)];
        return found is [var package] ? $"to {package}" : $"without {named.Family}";
    }

    [GeneratedRegex(@"^(.*)\[(\d+)\]$")]
    private static partial Regex Indexed();
}
