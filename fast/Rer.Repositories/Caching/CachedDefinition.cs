using Rer.Repositories.Disk;

namespace Rer.Repositories.Caching;

/// <summary>What a cached definition is valid for.</summary>
/// <param name="File">The definition file.</param>
/// <param name="IsYaml">Whether that is a <c>package.yaml</c>.</param>
/// <param name="Directory">The version's directory, if the definition also depends on what else that holds: release
/// files, which a package without a timestamp may have. Else nothing.</param>
internal readonly record struct DefinitionIdentity(FileIdentity File, bool IsYaml, FileIdentity Directory);

/// <summary>A definition and what it is valid for.</summary>
internal sealed record CachedDefinition(DefinitionIdentity Identity, PackageDefinition Definition);

/// <summary>The versions of a family, and the directory that they are valid for.</summary>
internal sealed record CachedListing(FileIdentity Directory, string[] Versions);
