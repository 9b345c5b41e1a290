using System.Runtime.InteropServices;

namespace Rer.Cli;

/// <summary>
/// A stream for output that is redirected to a file or pipe. On its first write, .NET's own stream prepares for a
/// terminal and for signals, and starts a thread that waits for them. That takes longer than the output itself.
/// </summary>
/// <param name="number">The stream of the process: 1 for output, 2 for errors.</param>
/// <param name="open">Opens .NET's own stream, which handles all unusual cases.</param>
internal sealed partial class RedirectedStream(int number, Func<Stream> open) : Stream
{
    private const int InterruptedCall = 4; // EINTR
    private const int WouldBlock = 11; // EAGAIN
    private const int BrokenPipe = 32; // EPIPE

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The stream of a process whose output or errors are redirected.</summary>
    public static Stream Of(int number, Func<Stream> open) =>
        OperatingSystem.IsLinux() ? new RedirectedStream(number, open) : open();

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            nint written = Write(number, buffer, (nuint)buffer.Length);
            if (written >= 0)
            {
                buffer = buffer[(int)written..];
                continue;
            }
            int error = Marshal.GetLastPInvokeError();
            switch (error)
            {
                case InterruptedCall:
                    break;
                case BrokenPipe: // the reader has seen enough, as after `rer ... | head`
                    return;
                case WouldBlock:
                    using (Stream stream = open())
                    {
                        stream.Write(buffer);
                    }
                    return;
                default: // the disk is full, the stream is closed
                    string name = number == 1 ? "standard output" : "standard error";
                    throw new IOException($"cannot write to {name}: {Marshal.GetPInvokeErrorMessage(error)}");
            }
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int file, ReadOnlySpan<byte> buffer, nuint length);
}
