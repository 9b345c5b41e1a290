using System.Globalization;
using System.Numerics;
using System.Text;

namespace Rer.Repositories.Python;

/// <summary>The values of number and string tokens.</summary>
internal static class PythonLiterals
{
    /// <summary>The value of a number token; null for a complex number.</summary>
    public static PythonValue? Number(ReadOnlySpan<char> token)
    {
        if (token[^1] is 'j' or 'J' && !token.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }
        if (long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out long small))
        {
            return new PythonInteger(small);
        }
        string digits = token.ToString().Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
        int radix =
            digits.Length < 2
                ? 10
                : digits[1] switch
                {
                    'x' => 16,
                    'o' => 8,
                    'b' => 2,
                    _ => 10,
                };
        return radix switch
        {
            10 => digits.AsSpan().IndexOfAny('.', 'e') < 0
                ? new PythonInteger(BigInteger.Parse(digits, CultureInfo.InvariantCulture))
                : new PythonFloat(double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture)),
            // A leading zero keeps the highest bit from being a sign.
            16 => new PythonInteger(
                BigInteger.Parse("0" + digits[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
            ),
            _ => new PythonInteger(
                BigInteger.Parse(
                    "0" + Bits(digits.AsSpan(2), radix),
                    NumberStyles.AllowBinarySpecifier,
                    CultureInfo.InvariantCulture
                )
            ),
        };
    }

    private static string Bits(ReadOnlySpan<char> digits, int radix)
    {
        if (radix == 2)
        {
            return digits.ToString();
        }
        StringBuilder bits = new(digits.Length * 3);
        foreach (char digit in digits)
        {
            bits.Append((digit & 4) != 0 ? '1' : '0')
                .Append((digit & 2) != 0 ? '1' : '0')
                .Append((digit & 1) != 0 ? '1' : '0');
        }
        return bits.ToString();
    }

    // Python does not parse longer decimal integers.
    private const int MaxDigits = 4300;

    private static readonly System.Buffers.SearchValues<char> s_digits = System.Buffers.SearchValues.Create(
        "0123456789_"
    );

    /// <summary>Whether a decimal integer has more digits than Python parses.</summary>
    public static bool IsTooLong(ReadOnlySpan<char> token) =>
        token.Length > MaxDigits && !token.ContainsAnyExcept(s_digits) && token.Length - token.Count('_') > MaxDigits;

    /// <summary>The parts of a string token: its prefix in lower case, and the range between its quotes.</summary>
    public static (string Prefix, Range Body) Split(ReadOnlySpan<char> token)
    {
        int quote = token.IndexOfAny('"', '\'');
        bool triple = token.Length >= quote + 6 && token[quote + 1] == token[quote] && token[quote + 2] == token[quote];
        int width = triple ? 3 : 1;
        string prefix = quote == 0 ? "" : token[..quote].ToString().ToLowerInvariant();
        return (prefix, (quote + width)..(token.Length - width));
    }

    /// <summary>Whether there may be escapes that change the text.</summary>
    public static bool HasEscapes(string prefix, ReadOnlySpan<char> body) =>
        !prefix.Contains('r', StringComparison.Ordinal) && body.Contains('\\');

    /// <summary>Replaces escape sequences.</summary>
    /// <param name="body">The text between the quotes.</param>
    /// <param name="bytes">Whether it is a bytes literal, which has fewer escapes.</param>
    /// <param name="error">What is wrong; null if nothing is.</param>
    /// <returns>The text; null if it is wrong, or if it contains a character by its Unicode name.</returns>
    public static string? Unescape(ReadOnlySpan<char> body, bool bytes, out string? error)
    {
        error = null;
        StringBuilder text = new(body.Length);
        for (int i = 0; i < body.Length; i++)
        {
            if (body[i] != '\\' || i + 1 == body.Length)
            {
                text.Append(body[i]);
                continue;
            }
            char c = body[++i];
            switch (c)
            {
                case '\n':
                    break;
                case '\\' or '\'' or '"':
                    text.Append(c);
                    break;
                case 'a':
                    text.Append('\a');
                    break;
                case 'b':
                    text.Append('\b');
                    break;
                case 'f':
                    text.Append('\f');
                    break;
                case 'n':
                    text.Append('\n');
                    break;
                case 'r':
                    text.Append('\r');
                    break;
                case 't':
                    text.Append('\t');
                    break;
                case 'v':
                    text.Append('\v');
                    break;
                case >= '0' and <= '7':
                    int octal = 0;
                    int digits = 0;
                    for (; digits < 3 && i + digits < body.Length && body[i + digits] is >= '0' and <= '7'; digits++)
                    {
                        octal = (octal * 8) + (body[i + digits] - '0');
                    }
                    i += digits - 1;
                    text.Append((char)octal);
                    break;
                case 'x':
                case 'u' when !bytes:
                case 'U' when !bytes:
                    int width =
                        c == 'x' ? 2
                        : c == 'u' ? 4
                        : 8;
                    if (!TryHex(body, i + 1, width, out uint code) || code > 0x10FFFF)
                    {
                        error = $"invalid \\{c} escape: {width} hexadecimal digits of a character expected";
                        return null;
                    }
                    AppendCodePoint(text, code);
                    i += width;
                    break;
                case 'N' when !bytes:
                    bool named = body[(i + 1)..].StartsWith("{") && body[(i + 1)..].Contains('}');
                    error = named ? null : "malformed \\N character escape: \\N{NAME} expected";
                    return null;
                default:
                    text.Append('\\').Append(c);
                    break;
            }
        }
        return text.ToString();
    }

    private static bool TryHex(ReadOnlySpan<char> body, int start, int width, out uint code)
    {
        code = 0;
        return start + width <= body.Length
            && uint.TryParse(
                body.Slice(start, width),
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture,
                out code
            );
    }

    private static void AppendCodePoint(StringBuilder text, uint code)
    {
        if (code <= 0xFFFF)
        {
            text.Append((char)code); // Python allows lone surrogates
        }
        else
        {
            text.Append(char.ConvertFromUtf32((int)code));
        }
    }
}
