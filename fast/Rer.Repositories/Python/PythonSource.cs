using System.Buffers;
using System.Text;

namespace Rer.Repositories.Python;

/// <summary>A Python file as text, decoded as CPython does, with normalised line ends.</summary>
/// <param name="path">The file's name in errors.</param>
/// <param name="text">The text, with lines ended by <c>\n</c>.</param>
/// <param name="hasInvalidBytes">See <see cref="HasInvalidBytes"/>.</param>
internal sealed class PythonSource(string path, string text, bool hasInvalidBytes = false)
{
    public const string InvalidEncoding = "invalid UTF-8; save the file as UTF-8 or declare its coding";

    private static readonly SearchValues<byte> s_codingNames = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."u8
    );

    private static readonly UTF8Encoding s_strictUtf8 = new(false, throwOnInvalidBytes: true);

    public string Path { get; } = path;

    public string Text { get; } = text;

    /// <summary>
    /// Whether some bytes of the file are not valid UTF-8. In the text, each of them is half of a surrogate pair.
    /// Python rejects them only within a token, not in a comment.
    /// </summary>
    public bool HasInvalidBytes { get; } = hasInvalidBytes;

    /// <summary>Whether a part of the text contains bytes that are not valid UTF-8.</summary>
    public static bool IsInvalid(ReadOnlySpan<char> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[++i])))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>An error at a line that rez would raise too.</summary>
    public PackageDataException Error(int line, string message) => DefinitionError.At(Path, line, message);

    /// <summary>
    /// Decodes a file. The encoding is UTF-8 unless a byte order mark or a coding comment (PEP 263) says otherwise.
    /// </summary>
    public static PythonSource Decode(string path, ReadOnlySpan<byte> content)
    {
        if (content.Contains((byte)0))
        {
            throw DefinitionError.At(
                path,
                LineOf(content, content.IndexOf((byte)0)),
                "source code cannot contain null bytes"
            );
        }
        bool hasMark = content.StartsWith(Encoding.UTF8.Preamble);
        content = hasMark ? content[3..] : content;
        string? coding = CodingOf(content);
        if (hasMark && coding is not null && !IsUtf8(coding))
        {
            throw DefinitionError.At(path, 1, $"the coding '{coding}' contradicts the UTF-8 byte order mark");
        }
        bool isValid = true;
        string text =
            coding is null || IsUtf8(coding) ? DecodeUtf8(content, out isValid) : DecodeAs(path, coding, content);
        if (text.Contains('\r', StringComparison.Ordinal))
        {
            text = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        }
        return new PythonSource(path, text, !isValid);
    }

    private static string DecodeUtf8(ReadOnlySpan<byte> content, out bool isValid)
    {
        isValid = true;
        try
        {
            return s_strictUtf8.GetString(content);
        }
        catch (DecoderFallbackException)
        {
            isValid = false;
        }
        StringBuilder text = new(content.Length);
        while (!content.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(content, out Rune rune, out int length) == OperationStatus.Done)
            {
                text.Append(rune.ToString());
            }
            else
            {
                text.Append('\udc00', length);
            }
            content = content[length..];
        }
        return text.ToString();
    }

    // The names that CPython's tokenizer itself treats as UTF-8. For other spellings, it looks up a codec.
    private static bool IsUtf8(string coding)
    {
        string name = coding[..Math.Min(coding.Length, 12)].ToLowerInvariant().Replace('_', '-');
        return name == "utf-8" || name.StartsWith("utf-8-", StringComparison.Ordinal);
    }

    private static string DecodeAs(string path, string coding, ReadOnlySpan<byte> content)
    {
        string name = coding.ToLowerInvariant().Replace('_', '-');
        switch (name)
        {
            case "utf8":
                string text = DecodeUtf8(content, out bool isValid);
                return isValid ? text : throw DefinitionError.At(path, 1, InvalidEncoding);
            case "ascii" or "us-ascii":
                int at = content.IndexOfAnyExceptInRange((byte)0, (byte)127);
                return at < 0
                    ? Encoding.ASCII.GetString(content)
                    : throw DefinitionError.At(
                        path,
                        LineOf(content, at),
                        $"the file is declared as {coding}, in which the byte {content[at]:x2} is invalid"
                    );
            case "latin-1" or "latin1" or "iso-8859-1" or "iso-latin-1":
                return Encoding.Latin1.GetString(content);
            default:
                throw DefinitionError.NeedsPython(path, 1, $"the file is in the coding '{coding}'");
        }
    }

    /// <summary>The encoding that a comment in the first two lines declares; null if it is UTF-8 anyway.</summary>
    private static string? CodingOf(ReadOnlySpan<byte> content)
    {
        for (int line = 0; line < 2 && !content.IsEmpty; line++)
        {
            int end = content.IndexOfAny((byte)'\n', (byte)'\r');
            ReadOnlySpan<byte> text = (end < 0 ? content : content[..end]).TrimStart(" \t\f"u8);
            int next = end < 0 ? content.Length : end + 1;
            next += content[(next - 1)..].StartsWith("\r\n"u8) ? 1 : 0;
            content = content[next..];
            if (text.IsEmpty)
            {
                continue;
            }
            if (text[0] != (byte)'#')
            {
                return null;
            }
            int at = text.IndexOf("coding"u8);
            while (at >= 0 && (text.Length <= at + 6 || text[at + 6] is not ((byte)':' or (byte)'=')))
            {
                int further = text[(at + 1)..].IndexOf("coding"u8);
                at = further < 0 ? -1 : at + 1 + further;
            }
            if (at >= 0)
            {
                ReadOnlySpan<byte> rest = text[(at + 7)..].TrimStart(" \t"u8);
                int length = rest.IndexOfAnyExcept(s_codingNames);
                ReadOnlySpan<byte> coding = length < 0 ? rest : rest[..length];
                if (!coding.IsEmpty)
                {
                    return Encoding.Latin1.GetString(coding);
                }
            }
        }
        return null;
    }

    private static int LineOf(ReadOnlySpan<byte> content, int index) =>
        content[..Math.Clamp(index, 0, content.Length)].Count((byte)'\n') + 1;
}
