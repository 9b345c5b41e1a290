namespace Rer.Repositories.Python;

/// <summary>The methods of texts that package files use. Null means: only Python knows.</summary>
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
            return null; // case and blanks of all scripts, and characters of two units
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
            _ => null,
        };
    }

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
            : new PythonString(string.Join(separator, items.Select(PythonOperators.TextOf)));
    }
}
