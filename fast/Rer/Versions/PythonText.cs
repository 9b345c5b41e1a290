using System.Globalization;
using System.Text;

namespace Rer.Versions;

/// <summary>Text as Python sees it, where rules and their errors depend on it.</summary>
internal static class PythonText
{
    // Python's int() refuses longer texts, because converting them would take too long.
    private const int MaxDigits = 4300;

    // How many characters of a literal its error message shows.
    private const int MaxLiteralShown = 200;

    /// <summary>The code points of a text. A lone surrogate counts as one.</summary>
    public static int[] CodePoints(string text)
    {
        int[] codePoints = new int[text.Length];
        int count = 0;
        for (int i = 0; i < text.Length; i++)
        {
            bool isPair = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]);
            codePoints[count++] = isPair ? char.ConvertToUtf32(text[i], text[++i]) : text[i];
        }

        return codePoints[..count];
    }

    /// <summary>The text of code points.</summary>
    public static string Text(ReadOnlySpan<int> codePoints)
    {
        StringBuilder text = new(codePoints.Length);
        foreach (int codePoint in codePoints)
        {
            _ = Rune.TryCreate(codePoint, out Rune rune) ? text.Append(rune.ToString()) : text.Append((char)codePoint);
        }

        return text.ToString();
    }

    /// <summary>Whether a code point is a space in the sense of <c>str.isspace</c> and <c>\s</c>.</summary>
    public static bool IsSpace(int codePoint) =>
        codePoint is >= 0x1C and <= 0x1F || (Rune.TryCreate(codePoint, out Rune rune) && Rune.IsWhiteSpace(rune));

    /// <summary>
    /// Parses an integer as <c>int(text)</c> does. Beyond 64 bits, the nearest value that fits is returned.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The integer.</param>
    /// <param name="error">The message of Python's ValueError if the text is not an integer.</param>
    public static bool TryReadInteger(string text, out long value, out string error)
    {
        value = 0;
        error = "";
        int[] all = CodePoints(text);
        int start = Array.FindIndex(all, c => !IsSpace(c));
        int end = Array.FindLastIndex(all, c => !IsSpace(c)) + 1;
        ReadOnlySpan<int> literal = start < 0 ? [] : all.AsSpan(start..end);
        bool negative = literal is ['-', ..];
        ReadOnlySpan<int> digits = literal is ['+' or '-', ..] ? literal[1..] : literal;
        UInt128 magnitude = 0;
        int count = 0;
        for (int i = 0; i < digits.Length; i++)
        {
            // An underscore may stand between two digits.
            if (digits[i] == '_' && i > 0 && i + 1 < digits.Length && digits[i - 1] != '_')
            {
                continue;
            }

            int digit = DigitValue(digits[i]);
            if (digit < 0)
            {
                count = 0;
                break;
            }

            count++;
            magnitude = UInt128.Min((magnitude * 10) + (UInt128)digit, (UInt128)long.MaxValue + 1);
        }

        if (count is 0 or > MaxDigits)
        {
            error =
                count == 0
                    ? $"invalid literal for int() with base 10: {Shorten(Quote(text))}"
                    : $"Exceeds the limit ({MaxDigits} digits) for integer string conversion: value has {count} "
                        + "digits; use sys.set_int_max_str_digits() to increase the limit";
            return false;
        }

        Int128 signed = negative ? -(Int128)magnitude : (Int128)magnitude;
        value = (long)Int128.Min(signed, long.MaxValue);
        return true;
    }

    /// <summary>Quotes a text as Python's <c>repr</c> does.</summary>
    public static string Quote(string text)
    {
        char quote = text.Contains('\'') && !text.Contains('"') ? '"' : '\'';
        StringBuilder result = new();
        _ = result.Append(quote);
        foreach (int codePoint in CodePoints(text))
        {
            _ = codePoint switch
            {
                '\\' => result.Append(@"\\"),
                '\n' => result.Append(@"\n"),
                '\r' => result.Append(@"\r"),
                '\t' => result.Append(@"\t"),
                _ when codePoint == quote => result.Append('\\').Append(quote),
                _ when IsPrintable(codePoint) => result.Append(Text([codePoint])),
                <= 0xFF => result.Append(CultureInfo.InvariantCulture, $"\\x{codePoint:x2}"),
                <= 0xFFFF => result.Append(CultureInfo.InvariantCulture, $"\\u{codePoint:x4}"),
                _ => result.Append(CultureInfo.InvariantCulture, $"\\U{codePoint:x8}"),
            };
        }

        return result.Append(quote).ToString();
    }

    private static string Shorten(string text)
    {
        int[] codePoints = CodePoints(text);
        return codePoints.Length <= MaxLiteralShown ? text : Text(codePoints.AsSpan(0, MaxLiteralShown));
    }

    private static int DigitValue(int codePoint) =>
        Rune.TryCreate(codePoint, out Rune rune) ? CharUnicodeInfo.GetDecimalDigitValue(rune.ToString(), 0) : -1;

    private static bool IsPrintable(int codePoint) =>
        codePoint == ' '
        || (
            Rune.TryCreate(codePoint, out Rune rune)
            && Rune.GetUnicodeCategory(rune)
                is not (
                    UnicodeCategory.Control
                    or UnicodeCategory.Format
                    or UnicodeCategory.Surrogate
                    or UnicodeCategory.PrivateUse
                    or UnicodeCategory.OtherNotAssigned
                    or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator
                    or UnicodeCategory.SpaceSeparator
                )
        );
}
