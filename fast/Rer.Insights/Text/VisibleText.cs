using System.Buffers;
using System.Globalization;
using System.Text;

namespace Rer.Insights.Text;

/// <summary>
/// Makes text from files and arguments safe to show. Names and versions can contain any character that a directory name
/// can. A terminal interprets some of them: escape sequences, carriage returns, changes of writing direction. Invisible
/// characters are written as in Python: <c>\x1b</c>, <c>\u202e</c>.
/// </summary>
internal static class VisibleText
{
    private static readonly SearchValues<char> s_plain = SearchValues.Create([
        '\n',
        .. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code),
    ]);

    /// <summary>Text of one or more lines.</summary>
    public static string Of(string text) =>
        text.AsSpan().ContainsAnyExcept(s_plain) ? Escaped(text, c => c is '\n' or '\t', Escape) : text;

    /// <summary>
    /// Text that must stay on its line. Otherwise a name with a line break could add a line to the output.
    /// </summary>
    public static string OfLine(string text) => text.Contains('\n') ? Escaped(text, c => c == '\t', Escape) : Of(text);

    /// <summary>
    /// A JSON document in which invisible characters are escaped in JSON's way, so that its values stay the same.
    /// </summary>
    public static string OfJson(string text) =>
        text.AsSpan().ContainsAnyExcept(s_plain) ? Escaped(text, c => c is '\n' or '\r', EscapeInJson) : text;

    private static string Escaped(string text, Predicate<int> isLayout, Func<int, string> escape)
    {
        var visible = new StringBuilder(text.Length + 16);
        for (int i = 0; i < text.Length; )
        {
            bool isWhole = Rune.TryGetRuneAt(text, i, out Rune rune);
            int code = isWhole ? rune.Value : text[i];
            int length = isWhole ? rune.Utf16SequenceLength : 1;
            if (isWhole && (Shows(rune) || isLayout(code)))
            {
                visible.Append(text, i, length);
            }
            else
            {
                visible.Append(escape(code));
            }
            i += length;
        }
        return visible.ToString();
    }

    private static bool Shows(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.OtherNotAssigned
            );

    private static string Escape(int code) =>
        code switch
        {
            '\n' => @"\n",
            '\t' => @"\t",
            '\r' => @"\r",
            <= 0xff => string.Create(CultureInfo.InvariantCulture, $@"\x{code:x2}"),
            <= 0xffff => string.Create(CultureInfo.InvariantCulture, $@"\u{code:x4}"),
            _ => string.Create(CultureInfo.InvariantCulture, $@"\U{code:x8}"),
        };

    private static string EscapeInJson(int code) =>
        code <= 0xffff
            ? string.Create(CultureInfo.InvariantCulture, $@"\u{code:x4}")
            : string.Concat(new Rune(code).ToString().Select(unit => EscapeInJson(unit)));
}
