using System.Runtime.CompilerServices;
using System.Text;
using Rer.Insights;

namespace Rer.Native;

/// <summary>The error codes of <c>rer.h</c>.</summary>
internal enum NativeCode
{
    Ok = 0,
    InvalidArgument = 1,
    InvalidHandle = 2,
    OutOfRange = 3,
    Internal = 4,
    StackUsedUp = 5,
    Cancelled = 6,
}

/// <summary>Ends a call with an error code and a message.</summary>
internal sealed class NativeCallException(NativeCode code, string message) : Exception(message)
{
    public NativeCode Code { get; } = code;
}

/// <summary>Moves texts and errors between the caller's memory and managed memory.</summary>
internal static unsafe class NativeCall
{
    /// <summary>The limit for texts. A longer one is probably a mistake.</summary>
    private const int MaxLength = 1 << 29;

    private static readonly UTF8Encoding s_strictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Runs the body of an exported function. No exception escapes.</summary>
    public static int Run(byte* error, nuint capacity, Action body)
    {
        try
        {
            body();
            return (int)NativeCode.Ok;
        }
        catch (AggregateException e) when (e.InnerException is { } inner)
        {
            return Fail(inner, error, capacity);
        }
        catch (Exception e)
        {
            return Fail(e, error, capacity);
        }
    }

    /// <summary>
    /// Runs a body that may recurse deeply. A callback that keeps starting solves would use up the stack, and no
    /// process survives that.
    /// </summary>
    public static int RunDeep(byte* error, nuint capacity, Action body) =>
        Run(
            error,
            capacity,
            () =>
            {
                RuntimeHelpers.EnsureSufficientExecutionStack();
                body();
            }
        );

    private static int Fail(Exception e, byte* error, nuint capacity)
    {
        (NativeCode code, string text) = e switch
        {
            NativeCallException call => (call.Code, call.Message),
            PackageDataException or ArgumentException or BadInputException => (NativeCode.InvalidArgument, e.Message),
            OperationCanceledException => (NativeCode.Cancelled, "cancelled"),
            ObjectDisposedException => (NativeCode.InvalidHandle, "a handle was freed during the call"),
            InsufficientExecutionStackException => (
                NativeCode.StackUsedUp,
                "the stack is used up: do callbacks call the library again and again?"
            ),
            _ => (NativeCode.Internal, $"{e.GetType().Name}: {e.Message}"),
        };
        WriteTerminated(text, error, capacity);
        return (int)code;
    }

    /// <summary>Copies a caller's bytes.</summary>
    /// <exception cref="NativeCallException">The pointer is null, or there are far too many bytes.</exception>
    public static byte[] ReadBytes(byte* text, nuint length, string name)
    {
        if (text == null)
        {
            throw new NativeCallException(NativeCode.InvalidArgument, $"{name} is null");
        }

        if (length > MaxLength)
        {
            throw new NativeCallException(
                NativeCode.InvalidArgument,
                $"{name} is {length} bytes long; at most {MaxLength} are allowed"
            );
        }

        return new ReadOnlySpan<byte>(text, (int)length).ToArray();
    }

    /// <summary>Reads a caller's text.</summary>
    /// <exception cref="NativeCallException">The pointer is null, or the text is not UTF-8.</exception>
    public static string ReadText(byte* text, nuint length, string name)
    {
        try
        {
            return s_strictUtf8.GetString(ReadBytes(text, length, name));
        }
        catch (DecoderFallbackException)
        {
            throw new NativeCallException(NativeCode.InvalidArgument, $"{name} is not UTF-8");
        }
    }

    /// <summary>Checks the address for a result.</summary>
    /// <exception cref="NativeCallException">The address is null.</exception>
    public static void Require(void* pointer, string name)
    {
        if (pointer == null)
        {
            throw new NativeCallException(NativeCode.InvalidArgument, $"{name} is null");
        }
    }

    /// <summary>Writes as many whole characters as fit, and a terminating zero.</summary>
    public static void WriteTerminated(string text, byte* target, nuint capacity)
    {
        if (target == null || capacity == 0)
        {
            return;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int written = (int)Math.Min((nuint)bytes.Length, capacity - 1);
        // Bytes 10xxxxxx continue a character. Drop the last character if it does not fit completely.
        while (written < bytes.Length && written > 0 && (bytes[written] & 0xC0) == 0x80)
        {
            written--;
        }

        bytes.AsSpan(0, written).CopyTo(new Span<byte>(target, written));
        target[written] = 0;
    }
}
