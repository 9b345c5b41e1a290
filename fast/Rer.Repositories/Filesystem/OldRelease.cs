using System.Globalization;
using Rer.Repositories.Definitions;
using Rer.Repositories.Python;

namespace Rer.Repositories.Filesystem;

/// <summary>
/// Release data that old versions of rez wrote into files of their own. Answers to <c>_load_old_formats</c>.
/// </summary>
internal sealed class OldRelease : IDefinitionData
{
    private readonly IDefinitionData _data;
    private readonly Func<string, DefinitionField?> _release;

    private OldRelease(IDefinitionData data, string path, Func<string, DefinitionField?> release)
    {
        (_data, Path, _release) = (data, path, release);
    }

    public string Path { get; }

    /// <summary>A definition without a timestamp, with the release data beside it, if there is any, put over it.</summary>
    /// <param name="data">The definition.</param>
    /// <param name="directory">The directory it stands in.</param>
    /// <param name="mayChangeUnseen">Whether release data may change, or come, without the directory changing.</param>
    public static IDefinitionData Over(IDefinitionData data, string directory, out bool mayChangeUnseen)
    {
        string release = System.IO.Path.Combine(directory, "release.yaml");
        string metadata = System.IO.Path.Combine(directory, ".metadata");
        mayChangeUnseen = true;
        if (FileIdentity.Of(release).Kind == FileKind.File)
        {
            IDefinitionData released = DefinitionFile.Read(release);
            return new OldRelease(data, release, released.Find);
        }
        if (FileIdentity.Of(metadata).Kind != FileKind.Directory)
        {
            mayChangeUnseen = false;
            return data;
        }
        string time = System.IO.Path.Combine(metadata, "release_time.txt");
        if (FileIdentity.Of(time).Kind != FileKind.File)
        {
            return data;
        }
        try
        {
            // rez leaves out what is not a number; Python's numbers may hold underscores.
            string text = File.ReadAllText(time).Trim().Replace("_", "", StringComparison.Ordinal);
            return long.TryParse(text, CultureInfo.InvariantCulture, out long seconds)
                ? new OldRelease(
                    data,
                    time,
                    name => name == "timestamp" ? new DefinitionField(new PythonInteger(seconds), 1) : null
                )
                : data;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DefinitionError.In(time, $"cannot read the release time: {e.Message}", e);
        }
    }

    public DefinitionField? Find(string name) => _release(name) ?? _data.Find(name);
}
