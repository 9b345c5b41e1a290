using System.Buffers.Binary;
using System.Diagnostics;

namespace Rer.Versions;

/// <summary>
/// Encodes versions as bytes, so that comparing two versions means comparing their bytes. A version comes before
/// another exactly if its key does, and two versions are equal exactly if their keys are.
/// </summary>
/// <remarks>
/// <para>
/// A version is a list of tokens, and a token is a list of subtokens: runs of digits, and runs of letters and
/// underscores. rez compares the lists element by element. A list comes before every longer one that starts with it.
/// Letters come before digits. Letters are ordered by code, digits by number and then by text.
/// </para>
/// <code>
/// version   =  token*
/// token     =  (letters | number)+  01
/// letters   =  the ASCII bytes (41..7A)  00
/// number    =  length  digits  zeros
/// length    =  80 + n, for n &lt; 127 significant digits   or   FF  n as four bytes, highest first
/// digits    =  the significant digits, as ASCII
/// zeros     =  the count of leading zeros (see below)
/// infinity  =  FF FF
/// </code>
/// <para>Why the order is right, by what meets where two keys first differ:</para>
/// <list type="bullet">
/// <item>The end of a key and anything else: a version comes before its extensions.</item>
/// <item>01 and a subtoken's first byte (41 and above): a token comes before its extensions.</item>
/// <item>00 and a letter: letters come before longer ones that start with them.</item>
/// <item>A letter and a length: letters come before digits.</item>
/// <item>Two lengths: the number with more significant digits is larger. After that, numbers compare digit by
/// digit.</item>
/// <item>The zeros of two equal numbers: rez compares the texts. "01" comes before "1", so more zeros come first. But
/// "0" comes before "00", as any text comes before its extensions, so for zero itself fewer zeros come first. The count
/// is therefore written complemented unless the number is zero.</item>
/// <item>FF FF and a length: a count has at most 31 bits, so the byte after its FF is at most 7F.</item>
/// </list>
/// <para>No element is a prefix of another of its kind, so a later element is never compared with an earlier
/// one.</para>
/// </remarks>
internal static class VersionKey
{
    private const byte LettersEnd = 0x00;
    private const byte TokenEnd = 0x01;
    private const byte CountBase = 0x80;
    private const byte Escape = 0xFF;
    private const int MaxShortCount = Escape - CountBase;

    /// <summary>The key of the version that is greater than all others.</summary>
    public static byte[] Infinity { get; } = [Escape, Escape];

    /// <summary>The maximum number of bytes in the key of a text of the given length.</summary>
    /// <remarks>The worst case is single digits, which need a length, a digit and zeros for each character.</remarks>
    public static int MaxLength(int textLength) => checked((4 * textLength) + 16);

    /// <summary>Whether a character can be part of a token.</summary>
    public static bool IsTokenCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    /// <summary>Writes the key of a version.</summary>
    /// <param name="text">The version; not empty.</param>
    /// <param name="key">The buffer to write to; at least <see cref="MaxLength"/> long.</param>
    /// <param name="tokenCount">The number of tokens in the version.</param>
    /// <returns>The length of the key, or -1 if the text is not a version.</returns>
    public static int Write(ReadOnlySpan<char> text, Span<byte> key, out int tokenCount)
    {
        Debug.Assert(key.Length >= MaxLength(text.Length));
        tokenCount = 0;
        int at = 0;
        int length = 0;
        while (at < text.Length && IsTokenCharacter(text[at]))
        {
            length += WriteToken(text, ref at, key[length..]);
            tokenCount++;
            if (at == text.Length)
            {
                return length;
            }

            // rez accepts any single character between two tokens. One character in Python may be two here.
            at += char.IsSurrogatePair(text[at], at + 1 < text.Length ? text[at + 1] : '\0') ? 2 : 1;
        }

        return -1;
    }

    /// <summary>The key of a version's successor: its last token with an underscore appended.</summary>
    public static byte[] Next(ReadOnlySpan<byte> key, bool endsWithDigit)
    {
        // After letters, the underscore joins them. After digits, it starts a new subtoken. Either way, the end of the
        // letters and the end of the token follow.
        ReadOnlySpan<byte> kept = endsWithDigit ? key[..^1] : key[..^2];
        byte[] next = new byte[kept.Length + 3];
        kept.CopyTo(next);
        next[^3] = (byte)'_';
        next[^2] = LettersEnd;
        next[^1] = TokenEnd;
        return next;
    }

    private static int WriteToken(ReadOnlySpan<char> text, ref int at, Span<byte> key)
    {
        int length = 0;
        do
        {
            length += char.IsAsciiDigit(text[at])
                ? WriteNumber(text, ref at, key[length..])
                : WriteLetters(text, ref at, key[length..]);
        } while (at < text.Length && IsTokenCharacter(text[at]));

        key[length] = TokenEnd;
        return length + 1;
    }

    private static int WriteLetters(ReadOnlySpan<char> text, ref int at, Span<byte> key)
    {
        int length = 0;
        do
        {
            key[length++] = (byte)text[at++];
        } while (at < text.Length && (char.IsAsciiLetter(text[at]) || text[at] == '_'));

        key[length] = LettersEnd;
        return length + 1;
    }

    private static int WriteNumber(ReadOnlySpan<char> text, ref int at, Span<byte> key)
    {
        int zeros = 0;
        for (; at < text.Length && text[at] == '0'; at++)
        {
            zeros++;
        }

        int start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        int digits = at - start;
        int length = WriteCount(digits, key);
        for (int i = start; i < at; i++)
        {
            key[length++] = (byte)text[i];
        }

        Span<byte> tie = key.Slice(length, WriteCount(zeros, key[length..]));
        if (digits != 0)
        {
            foreach (ref byte b in tie)
            {
                b = (byte)~b;
            }
        }

        return length + tie.Length;
    }

    private static int WriteCount(int count, Span<byte> key)
    {
        if (count < MaxShortCount)
        {
            key[0] = (byte)(CountBase + count);
            return 1;
        }

        key[0] = Escape;
        BinaryPrimitives.WriteInt32BigEndian(key[1..], count);
        return 5;
    }
}
