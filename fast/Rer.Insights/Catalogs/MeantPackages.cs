using Rer.Versions;
using Version = Rer.Versions.Version;

namespace Rer.Insights.Catalogs;

/// <summary>The packages that somebody means by a text: a version as <c>foo-1.2</c>, where there is exactly that version, or
/// else all versions in a range: <c>foo-1+&lt;2</c>, <c>foo</c>.</summary>
/// <param name="Family">Their family.</param>
/// <param name="Includes">Whether a version of it is meant.</param>
internal sealed record MeantPackages(string Family, Predicate<string> Includes)
{
    /// <summary>Reads what is meant.</summary>
    /// <param name="text">The text.</param>
    /// <param name="repository">Where there may be exactly that version.</param>
    /// <exception cref="BadInputException">It is neither.</exception>
    public static MeantPackages Read(string text, IPackageRepository repository)
    {
        if (VersionedObject.TryParse(text, out VersionedObject? one) && !one.Version.IsEmpty)
        {
            bool Is(string version) => Version.TryParse(version, out Version? parsed) && parsed == one.Version;
            if (repository.GetVersions(one.Name).Any(Is))
                return new MeantPackages(one.Name, Is);
        }
        if (!Requirement.TryParse(text, out Requirement? requirement) || requirement.Conflict)
            throw new BadInputException(
                $"'{text}' is no package: name a version (foo-1.2), a range (foo-1+<2) or a family (foo)"
            );
        return new MeantPackages(
            requirement.Name,
            version => Version.TryParse(version, out Version? parsed) && requirement.Range!.Contains(parsed)
        );
    }
}
