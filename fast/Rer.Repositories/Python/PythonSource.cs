using System.Buffers;
using System.Text;
using Rer.Repositories.Definitions;

namespace Rer.Repositories.Python;

/// <summary>A Python file as text: decoded as CPython does it, with line ends normalised.</summary>
/// <param name="path">How errors name the file.</param>
/// <param name="text">The text, its lines ended by <c>\n</c>.</param>
internal sealed class PythonSource(string path, string text)
{
    private static readonly SearchValues<byte> CodingNames = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."u8
    );

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public string Path { get; } = path;

    public string Text { get; } = text;

    /// <summary>An error at a line, that rez would raise as well.</summary>
    public PackageDataException Error(int line, string message) => DefinitionError.At(Path, line, message);

    /// <summary>Decodes a file: UTF-8 unless a byte order mark or a coding comment (PEP 263) says otherwise.</summary>
    public static PythonSource Decode(string path, ReadOnlySpan<byte> content)
    {
        if (content.StartsWith(Encoding.UTF8.Preamble))
        {
            content = content[3..];
        }
        if (content.Contains((byte)0))
        {
            throw DefinitionError.At(
                path,
                LineOf(content, content.IndexOf((byte)0)),
                "source code cannot contain null bytes"
            );
        }
        string text = CodingOf(content) is { } coding ? DecodeAs(path, coding, content) : DecodeUtf8(path, content);
        if (text.Contains('\r', StringComparison.Ordinal))
        {
            text = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        }
        return new PythonSource(path, text);
    }

    private static string DecodeUtf8(string path, ReadOnlySpan<byte> content)
    {
        try
        {
            return StrictUtf8.GetString(content);
        }
        catch (DecoderFallbackException e)
        {
            throw DefinitionError.At(
                path,
                LineOf(content, e.Index),
                "invalid UTF-8; save the file as UTF-8 or declare its coding"
            );
        }
    }

    private static string DecodeAs(string path, string coding, ReadOnlySpan<byte> content)
    {
        string name = coding.ToLowerInvariant().Replace('_', '-');
        if (name is "utf-8" or "utf8" or "ascii" or "us-ascii" || name.StartsWith("utf-8-", StringComparison.Ordinal))
        {
            return DecodeUtf8(path, content);
        }
        if (name is "latin-1" or "latin1" or "iso-8859-1")
        {
            return Encoding.Latin1.GetString(content);
        }
        throw DefinitionError.NeedsPython(path, 1, $"the file is in the coding '{coding}'");
    }

    /// <summary>The coding that a comment in the first two lines declares; null if it is UTF-8 anyway.</summary>
    private static string? CodingOf(ReadOnlySpan<byte> content)
    {
        for (int line = 0; line < 2 && !content.IsEmpty; line++)
        {
            int end = content.IndexOfAny((byte)'\n', (byte)'\r');
            ReadOnlySpan<byte> text = (end < 0 ? content : content[..end]).TrimStart(" \t\f"u8);
            content = end < 0 ? default : content[(end + 1)..];
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
                int next = text[(at + 1)..].IndexOf("coding"u8);
                at = next < 0 ? -1 : at + 1 + next;
            }
            if (at >= 0)
            {
                ReadOnlySpan<byte> rest = text[(at + 7)..].TrimStart(" \t"u8);
                int length = rest.IndexOfAnyExcept(CodingNames);
                ReadOnlySpan<byte> coding = length < 0 ? rest : rest[..length];
                if (coding.SequenceEqual("utf-8"u8))
                {
                    return null;
                }
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
