using Rer.Repositories.Definitions;
using Rer.Repositories.Python;

namespace Rer.Repositories;

/// <summary>What a solve or a filter looks at in a package definition file.</summary>
/// <remarks>Immutable. Answers to the data that <c>rez.serialise.load_from_file</c> returns.</remarks>
internal sealed class PackageFile
{
    /// <summary>
    /// The <c>name</c> written in the file; null if it has none, or none that is known without Python. rez does not
    /// look at it: a package is named by its directory.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>The <c>version</c> written in the file; null as for <see cref="Name"/>, and as little looked at.</summary>
    public string? Version { get; init; }

    /// <summary>
    /// What a solve looks at. Its <see cref="PackageDefinition.BuildRequires"/> may throw when they are read, for
    /// rez too looks at them only when it solves for a build.
    /// </summary>
    public required PackageDefinition Definition { get; init; }

    /// <summary>
    /// Whether all code that the file runs has been followed. What has not been may fail: then rez does not load the
    /// package, and only Python tells.
    /// </summary>
    public bool IsFollowed { get; init; } = true;

    /// <summary>Reads a <c>package.py</c> without running it.</summary>
    /// <param name="path">How errors name the file; it is not opened.</param>
    /// <param name="content">The file's bytes.</param>
    /// <param name="host">The machine that it is read on; null for this one.</param>
    /// <exception cref="PackageDataException">It is not Python, a field has a value that rez rejects, or a field
    /// cannot be known without running Python (<see cref="PackageDataException.NeedsPython"/>).</exception>
    public static PackageFile ParsePython(string path, ReadOnlySpan<byte> content, HostFacts? host = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        PythonData data = PythonData.Parse(path, content, host);
        return new DefinitionFields(data).Read(data.IsFollowed);
    }

    /// <summary>Reads a <c>package.yaml</c>.</summary>
    /// <param name="path">How errors name the file; it is not opened.</param>
    /// <param name="content">The file's bytes.</param>
    /// <exception cref="PackageDataException">It is not YAML, or a field has a value that rez rejects.</exception>
    public static PackageFile ParseYaml(string path, ReadOnlySpan<byte> content)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new DefinitionFields(YamlData.Parse(path, content)).Read();
    }
}
