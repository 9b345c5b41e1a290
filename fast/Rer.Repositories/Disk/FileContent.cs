using System.Buffers;

namespace Rer.Repositories.Disk;

/// <summary>How the reading of a file went.</summary>
internal enum ReadStatus : byte
{
    /// <summary>There is no file: nothing, or a directory, pipe or device.</summary>
    Missing,

    /// <summary>It holds more than was to be read.</summary>
    TooLong,

    /// <summary>There is a file, and the system does not give it.</summary>
    Failed,
    Read,
}

/// <summary>What was read of a file. The bytes are lent: dispose of it when they are no longer needed.</summary>
internal readonly struct FileContent : IDisposable
{
    private readonly byte[]? _lent;
    private readonly int _length;

    private FileContent(ReadStatus status, FileLook file, byte[]? lent, int length, string? error)
    {
        (Status, File, Error, _lent, _length) = (status, file, error, lent, length);
    }

    /// <summary>There is no file.</summary>
    public static FileContent Missing => default;

    /// <summary>How it went.</summary>
    public ReadStatus Status { get; }

    /// <summary>What was read, as it was when it was opened.</summary>
    public FileLook File { get; }

    /// <summary>Why it failed.</summary>
    public string? Error { get; }

    /// <summary>What it holds.</summary>
    public ReadOnlySpan<byte> Bytes => _lent.AsSpan(0, _length);

    /// <summary>Whether it holds as much as its size says. Files that are made up as they are read do not, and may hold
    /// something else the next time without any look telling.</summary>
    public bool IsAsLongAsItSays => File.Size == _length;

    /// <summary>Content in an array of the shared pool, which it takes over.</summary>
    public static FileContent Of(FileLook file, byte[] lent, int length) =>
        new(ReadStatus.Read, file, lent, length, null);

    /// <summary>A file that holds too much.</summary>
    public static FileContent TooLong(FileLook file) => new(ReadStatus.TooLong, file, null, 0, null);

    /// <summary>A file that the system does not give.</summary>
    public static FileContent Failed(string error) => new(ReadStatus.Failed, default, null, 0, error);

    /// <inheritdoc />
    public void Dispose()
    {
        if (_lent is not null)
        {
            ArrayPool<byte>.Shared.Return(_lent);
        }
    }
}
