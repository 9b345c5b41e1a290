using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Rer.Repositories.Disk;

/// <summary>
/// Converts file names between bytes and text. They are UTF-8. Invalid bytes become lone surrogates, as with Python's
/// <c>surrogateescape</c>, so that every file can be named.
/// </summary>
internal static class ByteText
{
    private const char FirstEscape = '\uDC80';
    private const char LastEscape = '\uDCFF';
    private const int EscapeBase = 0xDC00;

    /// <summary>Decodes bytes to text.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
        {
            return Encoding.UTF8.GetString(bytes);
        }
        StringBuilder text = new(bytes.Length);
        Span<char> units = stackalloc char[2];
        while (bytes.Length > 0)
        {
            OperationStatus status = Rune.DecodeFromUtf8(bytes, out Rune rune, out int length);
            if (status == OperationStatus.Done)
            {
                text.Append(units[..rune.EncodeToUtf16(units)]);
            }
            else
            {
                foreach (byte b in bytes[..length])
                {
                    text.Append((char)(EscapeBase + b));
                }
            }
            bytes = bytes[length..];
        }
        return text.ToString();
    }

    /// <summary>Encodes text to bytes.</summary>
    /// <param name="text">The text.</param>
    /// <param name="bytes">A buffer of three bytes per character.</param>
    /// <returns>The number of bytes written.</returns>
    public static int Encode(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        if (text.IndexOfAnyInRange(FirstEscape, LastEscape) < 0)
        {
            return Encoding.UTF8.GetBytes(text, bytes);
        }
        int written = 0;
        while (text.Length > 0)
        {
            bool isRune = Rune.DecodeFromUtf16(text, out Rune rune, out int length) == OperationStatus.Done;
            if (!isRune && text[0] is >= FirstEscape and <= LastEscape)
            {
                bytes[written++] = (byte)(text[0] - EscapeBase);
            }
            else
            {
                written += rune.EncodeToUtf8(bytes[written..]);
            }
            text = text[length..];
        }
        return written;
    }
}
