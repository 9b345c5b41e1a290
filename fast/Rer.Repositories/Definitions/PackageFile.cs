using Rer.Repositories.Definitions;
using Rer.Repositories.Python;

namespace Rer.Repositories;

/// <summary>The parts of a package definition file that a solve or a filter reads.</summary>
/// <remarks>Immutable. Corresponds to the data that <c>rez.serialise.load_from_file</c> returns.</remarks>
internal sealed class PackageFile
{
    /// <summary>
    /// The <c>name</c> in the file; null if there is none, or if it cannot be known without Python. rez ignores it,
    /// because a package is named after its directory.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>The <c>version</c> in the file; null as for <see cref="Name"/>. rez ignores it too.</summary>
    public string? Version { get; init; }

    /// <summary>
    /// The fields that a solve reads. <see cref="PackageDefinition.BuildRequires"/> may throw on access, because rez
    /// reads these only when it solves for a build.
    /// </summary>
    public required PackageDefinition Definition { get; init; }

    /// <summary>
    /// Whether all code that the file runs has been followed. If some has not, that code may fail, and rez would then
    /// not load the package. Only Python can tell.
    /// </summary>
    public bool IsFollowed { get; init; } = true;

    /// <summary>Reads a <c>package.py</c> without running it.</summary>
    /// <param name="path">The file's name in errors; it is not opened.</param>
    /// <param name="content">The file's bytes.</param>
    /// <param name="host">The machine that it is read on; null for this one.</param>
    /// <exception cref="PackageDataException">The file is not Python, rez rejects the value of a field, or a field
    /// cannot be known without running Python (<see cref="PackageDataException.NeedsPython"/>).</exception>
    public static PackageFile ParsePython(string path, ReadOnlySpan<byte> content, HostFacts? host = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        PythonData data = PythonData.Parse(path, content, host);
        return new DefinitionFields(data).Read(data.IsFollowed);
    }

    /// <summary>Reads a <c>package.yaml</c>.</summary>
    /// <param name="path">The file's name in errors; it is not opened.</param>
    /// <param name="content">The file's bytes.</param>
    /// <exception cref="PackageDataException">The file is not YAML, or rez rejects the value of a field.</exception>
    public static PackageFile ParseYaml(string path, ReadOnlySpan<byte> content)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new DefinitionFields(YamlData.Parse(path, content)).Read();
    }
}
