using Rer.Repositories.Disk;

namespace Rer.Repositories.Layout;

/// <summary>The file state for which a definition is valid.</summary>
/// <param name="File">The definition file; the default for a version of a combined family, whose file is the
/// family's.</param>
/// <param name="IsYaml">Whether the file is a <c>package.yaml</c>.</param>
/// <param name="Directory">The version's directory, if the definition also depends on other files in it: release files
/// of a package without a timestamp, or a <c>package.py</c> that would replace a <c>package.yaml</c>. Otherwise the
/// default.</param>
internal readonly record struct DefinitionIdentity(FileIdentity File, bool IsYaml, FileIdentity Directory);
