using Rer.Repositories.Disk;

namespace Rer.Repositories.Layout;

/// <summary>What a definition that was read is valid for.</summary>
/// <param name="File">The definition file; nothing for a version of a combined family, whose file is the family's.</param>
/// <param name="IsYaml">Whether that is a <c>package.yaml</c>.</param>
/// <param name="Directory">The version's directory, if the definition also depends on what else that holds: release
/// files, which a package without a timestamp may have, or a <c>package.py</c> in place of a <c>package.yaml</c>. Else
/// nothing.</param>
internal readonly record struct DefinitionIdentity(FileIdentity File, bool IsYaml, FileIdentity Directory);
