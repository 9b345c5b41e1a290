using Microsoft.Win32.SafeHandles;

namespace Rer.Repositories.Disk;

/// <summary>
/// A file that is open and read in parts. What is read is read in stretches that are kept, so that a slow disk is asked a few
/// times for much, and not often for little. Safe for concurrent callers.
/// </summary>
internal sealed class OpenFile : IDisposable
{
    private const int Stretch = 2 << 20;

    // Of a file of up to this length, most stretches are read in the end: those of what is looked for lie all over it.
    private const int ReadWhole = 8 << 20;

    private readonly SafeFileHandle _handle;
    private readonly DiskCalls _calls;
    private readonly byte[]?[] _stretches;

    /// <summary>Takes over an open file.</summary>
    /// <param name="handle">The file.</param>
    /// <param name="look">What it is.</param>
    /// <param name="calls">Where reading is counted.</param>
    public OpenFile(SafeFileHandle handle, FileLook look, DiskCalls calls)
    {
        (_handle, Look, _calls) = (handle, look, calls);
        _stretches = new byte[]?[(look.Size + Stretch - 1) / Stretch];
        if (LinuxCalls.AreAtHand && look.Size <= ReadWhole)
        {
            // A slow disk is asked for all of it at once, and nothing is waited for that is not needed.
            LinuxCalls.WillRead((int)handle.DangerousGetHandle(), look.Size);
        }
    }

    /// <summary>What it was when it was opened.</summary>
    public FileLook Look { get; }

    /// <summary>Reads a part; false if the file does not hold it, or cannot be read.</summary>
    /// <param name="offset">Where it begins.</param>
    /// <param name="part">Takes it.</param>
    public bool TryRead(long offset, Span<byte> part)
    {
        if (offset < 0 || offset + part.Length > Look.Size)
        {
            return false;
        }
        while (part.Length > 0)
        {
            int number = (int)(offset / Stretch);
            if ((_stretches[number] ?? ReadStretch(number)) is not { } stretch)
            {
                return false;
            }
            ReadOnlySpan<byte> rest = stretch.AsSpan((int)(offset % Stretch));
            rest = rest[..Math.Min(rest.Length, part.Length)];
            rest.CopyTo(part);
            part = part[rest.Length..];
            offset += rest.Length;
        }
        return true;
    }

    /// <summary>A part, as it lies in what was read where that is in one stretch; null if the file does not hold it, or
    /// cannot be read.</summary>
    /// <param name="offset">Where it begins.</param>
    /// <param name="length">How long it is.</param>
    public ArraySegment<byte>? Find(long offset, int length)
    {
        if (length > 0 && offset >= 0 && offset + length <= Look.Size && offset % Stretch + length <= Stretch)
        {
            int number = (int)(offset / Stretch);
            byte[]? stretch = _stretches[number] ?? ReadStretch(number);
            return stretch is null ? default(ArraySegment<byte>?) : new(stretch, (int)(offset % Stretch), length);
        }
        byte[] part = new byte[length];
        return TryRead(offset, part) ? new ArraySegment<byte>(part) : default(ArraySegment<byte>?);
    }

    /// <inheritdoc />
    public void Dispose() => _handle.Dispose();

    private byte[]? ReadStretch(int number)
    {
        lock (_stretches)
        {
            if (_stretches[number] is { } known)
            {
                return known;
            }
            long offset = (long)number * Stretch;
            byte[] stretch = GC.AllocateUninitializedArray<byte>((int)Math.Min(Stretch, Look.Size - offset));
            int length = 0;
            try
            {
                while (length < stretch.Length)
                {
                    long start = DiskCalls.Begin();
                    int read = RandomAccess.Read(_handle, stretch.AsSpan(length), offset + length);
                    _calls.End(CallKind.Read, start, tells: false);
                    if (read == 0)
                    {
                        return null; // it was cut short
                    }
                    length += read;
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
            {
                return null;
            }
            return _stretches[number] = stretch;
        }
    }
}
