using System.Buffers;

namespace Rer.Repositories.Disk;

/// <summary>The outcome of reading a file.</summary>
internal enum ReadStatus : byte
{
    /// <summary>There is no file: nothing, or a directory, pipe or device.</summary>
    Missing,

    /// <summary>The file is longer than the limit.</summary>
    TooLong,

    /// <summary>There is a file, but it cannot be read.</summary>
    Failed,
    Read,
}

/// <summary>The contents of a file. The bytes are borrowed: dispose of this when they are no longer needed.</summary>
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

    /// <summary>The outcome.</summary>
    public ReadStatus Status { get; }

    /// <summary>The file's state when it was opened.</summary>
    public FileLook File { get; }

    /// <summary>Why reading failed.</summary>
    public string? Error { get; }

    /// <summary>The contents.</summary>
    public ReadOnlySpan<byte> Bytes => _lent.AsSpan(0, _length);

    /// <summary>
    /// Whether the length is the size that the file reports. It is not for files that are generated on reading. These
    /// may have other contents the next time, without any visible change.
    /// </summary>
    public bool HasReportedLength => File.Size == _length;

    /// <summary>Contents in an array of the shared pool. Takes over the array.</summary>
    public static FileContent Of(FileLook file, byte[] lent, int length) =>
        new(ReadStatus.Read, file, lent, length, null);

    /// <summary>A file that is longer than the limit.</summary>
    public static FileContent TooLong(FileLook file) => new(ReadStatus.TooLong, file, null, 0, null);

    /// <summary>A file that cannot be read.</summary>
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
