using System.Buffers;
using Rer.Repositories.Definitions;

namespace Rer.Repositories.Filesystem;

/// <summary>Reading definition files.</summary>
internal static class DefinitionFile
{
    /// <summary>The extensions of definitions, the preferred first. Answers to <c>_get_file</c>.</summary>
    public static readonly string[] Extensions = [".py", ".yaml"];

    private static readonly string[] s_names = Array.ConvertAll(Extensions, extension => "package" + extension);

    // rez has no limit. A definition of this size is a mistake, and reading it would take minutes.
    private const int MaxLength = 32 << 20;

    /// <summary>Finds the definition in a directory; an identity of kind <see cref="FileKind.None"/> if it has none.
    /// </summary>
    /// <param name="root">An open directory that it lies in; null if there is none.</param>
    /// <param name="directory">The directory.</param>
    /// <returns>The definition's name in the directory, and what it is.</returns>
    public static (string Name, FileIdentity Identity) FindIn(BaseDirectory? root, string directory)
    {
        foreach (string name in s_names)
        {
            FileIdentity identity = FileIdentity.Of(root, directory, name);
            if (identity.Kind == FileKind.File)
            {
                return (name, identity);
            }
        }
        return ("", default);
    }

    /// <summary>Finds the definition in a directory and reads it; an identity of kind <see cref="FileKind.None"/> if it has
    /// none.</summary>
    /// <exception cref="PackageDataException">It cannot be read.</exception>
    public static (FileIdentity Identity, IDefinitionData? Data) ReadIn(BaseDirectory root, string directory)
    {
        // Most definitions fit many times.
        const int Length = 16 << 10;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Length);
        try
        {
            string name = s_names[0];
            int length = LinuxFile.Read(root, directory, name, buffer, out FileIdentity identity);
            if (length >= 0)
            {
                return (identity, Parse(Path.Join(directory, name), buffer.AsSpan(0, length)));
            }
            (name, identity) = FindIn(root, directory);
            return (identity, identity.Kind == FileKind.None ? null : Read(Path.Join(directory, name), identity));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static IDefinitionData Parse(string path, ReadOnlySpan<byte> content) =>
        IsYaml(path) ? YamlData.Parse(path, content) : PythonData.Parse(path, content);

    /// <summary>Whether a directory holds a definition. <c>_is_valid_package_directory</c>.</summary>
    public static bool IsIn(string directory) => FindIn(null, directory).Identity.Kind != FileKind.None;

    public static bool IsYaml(string path) => path.EndsWith(".yaml", StringComparison.Ordinal);

    /// <inheritdoc cref="Read(string, FileIdentity)" />
    public static IDefinitionData Read(string path) => Read(path, FileIdentity.Of(path));

    /// <summary>Reads a definition's data by its extension.</summary>
    /// <param name="path">The file.</param>
    /// <param name="identity">What it is, as seen just before: asking again, or for what is behind its end, takes as long
    /// as reading a definition does.</param>
    /// <exception cref="PackageDataException">It cannot be read.</exception>
    public static IDefinitionData Read(string path, FileIdentity identity)
    {
        byte[] buffer = [];
        try
        {
            using Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(
                path,
                share: FileShare.ReadWrite | FileShare.Delete
            );
            long length = identity.Size;
            if (length > MaxLength)
            {
                throw DefinitionError.In(path, $"{length} bytes are too long for a package definition ({MaxLength})");
            }
            buffer = ArrayPool<byte>.Shared.Rent((int)length + 1);
            int read = 0;
            int more = 1;
            while (more > 0 && read < length)
            {
                more = RandomAccess.Read(file, buffer.AsSpan(read, (int)length - read), read);
                read += more;
            }
            return Parse(path, buffer.AsSpan(0, read));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DefinitionError.In(path, $"cannot read the package definition: {e.Message}", e);
        }
        finally
        {
            if (buffer.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }
}
