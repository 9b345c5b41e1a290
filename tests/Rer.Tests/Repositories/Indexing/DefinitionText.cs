using Rer.Repositories;

namespace Rer.Tests.Repositories.Indexing;

/// <summary>
/// A definition as a line. Tests compare these lines to check that an index gives the same definitions as the disk.
/// </summary>
internal static class DefinitionText
{
    /// <summary>Everything in a definition that may come from an index, or its error.</summary>
    public static string Of(
        FilesystemRepository repository,
        string family,
        string version,
        Func<PackageDataException, string> error
    )
    {
        try
        {
            PackageDefinition definition = repository.GetDefinition(family, version);
            string variants = string.Join("|", definition.Variants.Select(variant => string.Join(",", variant)));
            string requires = string.Join(",", definition.Requires);
            string build = string.Join(",", definition.BuildRequires);
            return $"{family}-{version}: {requires} {variants} {definition.Timestamp} {build}";
        }
        catch (PackageDataException e)
        {
            return $"{family}-{version}: {error(e)}";
        }
    }
}
