using Rer.Versions;
using Version = Rer.Versions.Version;

namespace Rer.Insights.Catalogs;

/// <summary>
/// The packages that a user names. If <c>foo-1.2</c> exists as a version, the text means exactly that version.
/// Otherwise a text means all versions in a range: <c>foo-1+&lt;2</c>, <c>foo</c>.
/// </summary>
/// <param name="Family">Their family.</param>
/// <param name="Includes">Whether a version of the family is among them.</param>
internal sealed record NamedPackages(string Family, Predicate<string> Includes)
{
    /// <summary>Parses the text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="repository">The repository in which the exact version may exist.</param>
    /// <exception cref="BadInputException">The text is not a requirement.</exception>
    public static NamedPackages Read(string text, IPackageRepository repository)
    {
        if (VersionedObject.TryParse(text, out VersionedObject? one) && !one.Version.IsEmpty)
        {
            bool Is(string version) => Version.TryParse(version, out Version? parsed) && parsed == one.Version;
            if (repository.GetVersions(one.Name).Any(Is))
            {
                return new NamedPackages(one.Name, Is);
            }
        }
        if (!Requirement.TryParse(text, out Requirement? requirement) || requirement.Conflict)
        {
            throw new BadInputException(
                $"'{text}' is not a package; name a version (foo-1.2), a range (foo-1+<2) or a family (foo)"
            );
        }
        return new NamedPackages(
            requirement.Name,
            version => Version.TryParse(version, out Version? parsed) && requirement.Range!.Contains(parsed)
        );
    }
}
