namespace Rer.Repositories.Python;

/// <summary>The methods of texts that package files use. Null means that only Python knows the result.</summary>
internal static class PythonTexts
{
    private static readonly char[] s_blanks = [' ', '\t', '\n', '\r', '\v', '\f', '\x1c', '\x1d', '\x1e', '\x1f'];

    public static PythonValue? CallMethod(string text, string method, List<PythonValue> arguments)
    {
        if (method == "join")
        {
            return arguments is [PythonSequence { Changed: null, Kind: not PythonSequenceKind.Set } items]
                ? Join(text, items.Items)
                : null;
        }
        if (
            !PythonOperators.IsSimple(text)
            || arguments.Exists(a => a is PythonString s && !PythonOperators.IsSimple(s.Text))
        )
        {
            return null; // characters of two UTF-16 units are left to Python
        }
        return (method, arguments) switch
        {
            ("upper", []) => Ascii(text, text.ToUpperInvariant()),
            ("lower", []) => Ascii(text, text.ToLowerInvariant()),
            ("strip", []) => Ascii(text, text.Trim(s_blanks)),
            ("lstrip", []) => Ascii(text, text.TrimStart(s_blanks)),
            ("rstrip", []) => Ascii(text, text.TrimEnd(s_blanks)),
            ("strip", [PythonString set]) => new PythonString(Trim(text, set.Text)),
            ("replace", [PythonString { Text.Length: > 0 } old, PythonString @new]) => Replace(
                text,
                old.Text,
                @new.Text
            ),
            ("startswith", [PythonString start]) => PythonBoolean.Of(
                text.StartsWith(start.Text, StringComparison.Ordinal)
            ),
            ("endswith", [PythonString end]) => PythonBoolean.Of(text.EndsWith(end.Text, StringComparison.Ordinal)),
            ("split", [] or [PythonNone]) when IsAscii(text) => List(
                text.Split(s_blanks, StringSplitOptions.RemoveEmptyEntries)
            ),
            ("split", [PythonString { Text: { Length: > 0 } separator }]) => List(text.Split(separator)),
            ("split", [PythonString { Text: { Length: > 0 } separator }, PythonInteger count]) when IsPlace(count) =>
                List(text.Split(separator, (int)count.Value + 1)),
            ("rsplit", [PythonString { Text: { Length: > 0 } separator }]) => List(
                SplitFromEnd(text, separator, int.MaxValue)
            ),
            ("rsplit", [PythonString { Text: { Length: > 0 } separator }, PythonInteger count]) when IsPlace(count) =>
                List(SplitFromEnd(text, separator, (int)count.Value)),
            ("partition", [PythonString { Text: { Length: > 0 } separator }]) => Tuple(
                text.IndexOf(separator, StringComparison.Ordinal) is >= 0 and var at
                    ? [text[..at], separator, text[(at + separator.Length)..]]
                    : [text, "", ""]
            ),
            ("rpartition", [PythonString { Text: { Length: > 0 } separator }]) => Tuple(
                text.LastIndexOf(separator, StringComparison.Ordinal) is >= 0 and var at
                    ? [text[..at], separator, text[(at + separator.Length)..]]
                    : ["", "", text]
            ),
            ("lstrip", [PythonString set]) => new PythonString(
                set.Text.Length == 0 ? text : text.TrimStart(set.Text.ToCharArray())
            ),
            ("rstrip", [PythonString set]) => new PythonString(
                set.Text.Length == 0 ? text : text.TrimEnd(set.Text.ToCharArray())
            ),
            ("startswith", [PythonSequence { Kind: PythonSequenceKind.Tuple } starts]) when AreTexts(starts) =>
                PythonBoolean.Of(
                    starts.Items.Exists(start => text.StartsWith(((PythonString)start).Text, StringComparison.Ordinal))
                ),
            ("endswith", [PythonSequence { Kind: PythonSequenceKind.Tuple } ends]) when AreTexts(ends) =>
                PythonBoolean.Of(
                    ends.Items.Exists(end => text.EndsWith(((PythonString)end).Text, StringComparison.Ordinal))
                ),
            ("title", []) => Ascii(text, Title(text)),
            ("capitalize", []) => Ascii(
                text,
                text.Length == 0 ? "" : char.ToUpperInvariant(text[0]) + text[1..].ToLowerInvariant()
            ),
            ("isdigit" or "isdecimal" or "isnumeric", []) when IsAscii(text) => PythonBoolean.Of(
                text.Length > 0 && text.All(char.IsAsciiDigit)
            ),
            ("isalpha", []) when IsAscii(text) => PythonBoolean.Of(text.Length > 0 && text.All(char.IsAsciiLetter)),
            ("isalnum", []) when IsAscii(text) => PythonBoolean.Of(
                text.Length > 0 && text.All(char.IsAsciiLetterOrDigit)
            ),
            ("find", [PythonString part]) => new PythonInteger(text.IndexOf(part.Text, StringComparison.Ordinal)),
            ("count", [PythonString { Text.Length: > 0 } part]) => new PythonInteger(text.Split(part.Text).Length - 1),
            ("zfill", [PythonInteger width]) when IsPlace(width) && text is not ['+' or '-', ..] => new PythonString(
                text.PadLeft((int)width.Value, '0')
            ),
            ("removeprefix", [PythonString start]) => new PythonString(
                text.StartsWith(start.Text, StringComparison.Ordinal) ? text[start.Text.Length..] : text
            ),
            ("removesuffix", [PythonString end]) => new PythonString(
                text.EndsWith(end.Text, StringComparison.Ordinal) ? text[..^end.Text.Length] : text
            ),
            _ => null,
        };
    }

    private static bool IsPlace(PythonInteger number) => number.Value >= 0 && number.Value < PythonOperators.MaxSize;

    private static bool AreTexts(PythonSequence items) =>
        items.Changed is null
        && items.Items.TrueForAll(item => item is PythonString text && PythonOperators.IsSimple(text.Text));

    private static string[] SplitFromEnd(string text, string separator, int count)
    {
        List<string> parts = [];
        while (parts.Count < count && text.LastIndexOf(separator, StringComparison.Ordinal) is >= 0 and var at)
        {
            parts.Add(text[(at + separator.Length)..]);
            text = text[..at];
        }
        parts.Add(text);
        parts.Reverse();
        return [.. parts];
    }

    private static string Title(string text) =>
        string.Concat(
            text.Select(
                (c, i) => i > 0 && char.IsAsciiLetter(text[i - 1]) ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c)
            )
        );

    private static PythonSequence Tuple(string[] parts) =>
        new(PythonSequenceKind.Tuple, [.. parts.Select(part => new PythonString(part))]);

    private static string Trim(string text, string set) => set.Length == 0 ? text : text.Trim(set.ToCharArray());

    private static PythonString? Replace(string text, string old, string with) =>
        (long)text.Length / old.Length * with.Length > PythonOperators.MaxSize
            ? null
            : new PythonString(text.Replace(old, with, StringComparison.Ordinal));

    private static bool IsAscii(string text) => System.Text.Ascii.IsValid(text);

    private static PythonString? Ascii(string text, string result) => IsAscii(text) ? new PythonString(result) : null;

    private static PythonSequence List(string[] parts) =>
        new(PythonSequenceKind.List, [.. parts.Select(part => new PythonString(part))]);

    private static PythonString? Join(string separator, List<PythonValue> items)
    {
        long length = (long)separator.Length * items.Count;
        foreach (PythonValue item in items)
        {
            if (item is not PythonString text)
            {
                return null;
            }
            length += text.Text.Length;
        }
        return length > PythonOperators.MaxSize
            ? null
            : new PythonString(string.Join(separator, items.Select(PythonFormats.TextOf)));
    }
}
