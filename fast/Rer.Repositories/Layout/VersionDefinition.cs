using Rer.Repositories.Definitions;
using Rer.Repositories.Disk;
using Rer.Repositories.Python;

namespace Rer.Repositories.Layout;

/// <summary>A version's definition as read from its directory, with what it depends on.</summary>
/// <param name="Definition">The definition.</param>
/// <param name="File">Its file.</param>
/// <param name="IsYaml">Whether the file is a <c>package.yaml</c>.</param>
/// <param name="Directory">The version's directory, if files added to it could change the definition: release files, or
/// a <c>package.py</c> next to a <c>package.yaml</c>. Otherwise the default.</param>
/// <param name="IsSettled">Whether any later change would be visible in the files that it depends on.</param>
/// <param name="MayChangeUnseen">Whether its contents may change without any visible change to the file.</param>
internal sealed record VersionDefinition(
    PackageDefinition Definition,
    FileLook File,
    bool IsYaml,
    FileLook Directory,
    bool IsSettled,
    bool MayChangeUnseen
)
{
    /// <summary>Reads a definition.</summary>
    /// <param name="root">The package path.</param>
    /// <param name="directory">The version's directory.</param>
    /// <param name="looksAround">Whether to fill in <see cref="Directory"/>.</param>
    /// <exception cref="PackageDataException">The definition cannot be read.</exception>
    public static VersionDefinition Read(DirectoryRoot root, string directory, bool looksAround)
    {
        DateTimeOffset begun = DateTimeOffset.UtcNow;
        if (DefinitionFile.ReadIn(root, directory) is not { } read)
        {
            throw DefinitionError.In(
                directory,
                DirectoryRoot.IsOpen(directory)
                    ? "missing package definition: the directory holds no package.py or package.yaml"
                    : "missing package definition: the directory may not be entered by this user"
            );
        }
        IDefinitionData data = read.Data;
        bool mayChangeUnseen = read.MayChangeUnseen;
        bool isYaml = DefinitionFile.IsYaml(read.Data.Path);
        bool isReleasedHere = data.Find("timestamp") is not null;
        FileLook around = looksAround && (isYaml || !isReleasedHere) ? root.LookAround(directory) : default;
        if (!isReleasedHere)
        {
            data = OldRelease.Over(root, data, directory, out bool releaseMayChange);
            mayChangeUnseen |= releaseMayChange;
        }
        return new VersionDefinition(
            new DefinitionFields(data).Read().Definition,
            read.File,
            isYaml,
            around,
            read.File.IsSettledAt(begun) && (around.Kind == FileKind.None || around.IsSettledAt(begun)),
            mayChangeUnseen
        );
    }

    /// <summary>The state of the files for which it is valid.</summary>
    public DefinitionIdentity Identity(IdentityUse use) =>
        new(FileIdentity.Of(File, use), IsYaml, FileIdentity.Of(Directory, use));
}
