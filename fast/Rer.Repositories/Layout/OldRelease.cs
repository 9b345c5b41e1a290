using System.Globalization;
using System.Text;
using Rer.Repositories.Definitions;
using Rer.Repositories.Disk;
using Rer.Repositories.Python;

namespace Rer.Repositories.Layout;

/// <summary>
/// Release data that old versions of rez wrote into separate files. Corresponds to <c>_load_old_formats</c>.
/// </summary>
internal sealed class OldRelease : IDefinitionData
{
    private const int MaxTimeLength = 1 << 16;

    private readonly IDefinitionData _data;
    private readonly Func<string, DefinitionField?> _release;

    private OldRelease(IDefinitionData data, string path, Func<string, DefinitionField?> release)
    {
        (_data, Path, _release) = (data, path, release);
    }

    public string Path { get; }

    /// <summary>
    /// Adds release data to a definition without a timestamp, if there is any next to the definition.
    /// </summary>
    /// <param name="root">The package path.</param>
    /// <param name="data">The definition.</param>
    /// <param name="directory">The directory that contains it.</param>
    /// <param name="mayChangeUnseen">Whether release data may change or be added without a change to the
    /// directory.</param>
    public static IDefinitionData Over(
        DirectoryRoot root,
        IDefinitionData data,
        string directory,
        out bool mayChangeUnseen
    )
    {
        const string Released = "release.yaml";
        const string Time = "release_time.txt";
        mayChangeUnseen = true;
        if (DefinitionFile.TryRead(root, directory, Released) is { } release)
        {
            return new OldRelease(data, release.Data.Path, release.Data.Find);
        }
        string metadata = System.IO.Path.Combine(directory, ".metadata");
        if (root.Look(metadata).Kind != FileKind.Directory)
        {
            mayChangeUnseen = false;
            return data;
        }
        using FileContent content = root.Read(metadata, Time, MaxTimeLength);
        string time = System.IO.Path.Combine(metadata, Time);
        if (content.Status is ReadStatus.Failed or ReadStatus.TooLong)
        {
            string error = content.Error ?? $"longer than {MaxTimeLength} bytes, so it is not a time";
            throw DefinitionError.In(time, $"cannot read the release time: {error}");
        }
        // rez ignores anything that is not a number. Numbers in Python may contain underscores.
        string text = Encoding.UTF8.GetString(content.Bytes).Trim().Replace("_", "", StringComparison.Ordinal);
        return long.TryParse(text, CultureInfo.InvariantCulture, out long seconds)
            ? new OldRelease(
                data,
                time,
                name => name == "timestamp" ? new DefinitionField(new PythonInteger(seconds), 1) : null
            )
            : data;
    }

    public DefinitionField? Find(string name) => _release(name) ?? _data.Find(name);

    public IReadOnlyCollection<string> DependsOn => _data.DependsOn;

    public bool IsFollowed => _data.IsFollowed;
}
