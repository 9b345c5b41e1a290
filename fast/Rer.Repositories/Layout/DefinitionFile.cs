using Rer.Repositories.Definitions;
using Rer.Repositories.Disk;
using Rer.Repositories.Python;

namespace Rer.Repositories.Layout;

/// <summary>A definition that was read.</summary>
/// <param name="Data">Its data.</param>
/// <param name="File">The file that it was read from.</param>
/// <param name="MayChangeUnseen">Whether its contents may change without any visible change to the file.</param>
internal sealed record ReadDefinition(IDefinitionData Data, FileLook File, bool MayChangeUnseen);

/// <summary>Finds and reads definition files.</summary>
internal static class DefinitionFile
{
    /// <summary>The extensions of definitions, the preferred one first. Corresponds to <c>_get_file</c>.</summary>
    public static readonly string[] Extensions = [".py", ".yaml"];

    private static readonly string[] s_names = Array.ConvertAll(Extensions, extension => "package" + extension);

    // rez has no limit. A definition of this size is a mistake, and reading it would take minutes.
    private const int MaxLength = 32 << 20;

    /// <summary>
    /// Finds the definition in a directory. If there is none, the look has kind <see cref="FileKind.None"/>.
    /// </summary>
    /// <param name="root">The package path.</param>
    /// <param name="directory">The directory.</param>
    /// <returns>The definition's name in the directory, and the look at it.</returns>
    public static (string Name, FileLook File) FindIn(DirectoryRoot root, string directory)
    {
        foreach (string name in s_names)
        {
            FileLook look = root.Look(directory, name);
            if (look.Kind == FileKind.File)
            {
                return (name, look);
            }
        }
        return ("", default);
    }

    /// <summary>Finds and reads the definition in a directory; null if there is none.</summary>
    /// <exception cref="PackageDataException">The definition cannot be read.</exception>
    public static ReadDefinition? ReadIn(DirectoryRoot root, string directory)
    {
        foreach (string name in s_names)
        {
            if (TryRead(root, directory, name) is { } definition)
            {
                return definition;
            }
        }
        return null;
    }

    /// <summary>Whether a directory contains a definition. Corresponds to <c>_is_valid_package_directory</c>.</summary>
    public static bool IsIn(DirectoryRoot root, string directory) => FindIn(root, directory).File.Kind != FileKind.None;

    /// <summary>The file name of a definition.</summary>
    public static string NameOf(bool isYaml) => s_names[isYaml ? 1 : 0];

    public static bool IsYaml(string path) => path.EndsWith(".yaml", StringComparison.Ordinal);

    /// <summary>Reads a definition according to its extension; null if there is no such file.</summary>
    /// <param name="root">The package path.</param>
    /// <param name="directory">The directory that contains it.</param>
    /// <param name="name">Its name there.</param>
    /// <exception cref="PackageDataException">The definition cannot be read.</exception>
    public static ReadDefinition? TryRead(DirectoryRoot root, string directory, string name)
    {
        using FileContent content = root.Read(directory, name, MaxLength);
        if (content.Status == ReadStatus.Missing)
        {
            return null;
        }
        string path = Path.Join(directory, name);
        return content.Status switch
        {
            ReadStatus.TooLong => throw DefinitionError.In(
                path,
                $"the package definition is too long: {Math.Max(content.File.Size, MaxLength + 1L)} bytes of at most {MaxLength}"
            ),
            ReadStatus.Failed => throw DefinitionError.In(path, $"cannot read the package definition: {content.Error}"),
            _ => new ReadDefinition(Parse(path, content.Bytes), content.File, !content.HasReportedLength),
        };
    }

    private static IDefinitionData Parse(string path, ReadOnlySpan<byte> content) =>
        IsYaml(path) ? YamlData.Parse(path, content) : PythonData.Parse(path, content);
}
