using System.Text;
using System.Text.RegularExpressions;
using Rer.Repositories.Python;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Rer.Repositories.Definitions;

/// <summary>
/// Decodes a YAML file as rez does for PyYAML, and checks for text that PyYAML's reader and scanner treat differently
/// from YamlDotNet's. Text that is certainly invalid is rejected. All other such text is left to Python.
/// </summary>
internal static partial class YamlText
{
    private static readonly UTF8Encoding s_strictUtf8 = new(false, throwOnInvalidBytes: true);

    // The characters that a plain scalar may not start with.
    private const string Indicators = "-?:,[]{}#&*!|>'\"%@`";

    /// <summary>Decodes a file, normalises its line ends to <c>\n</c>, and checks its characters.</summary>
    /// <exception cref="PackageDataException">PyYAML rejects the file, or may read it differently.</exception>
    public static string Decode(string path, ReadOnlySpan<byte> content)
    {
        string text;
        try
        {
            text = s_strictUtf8.GetString(content);
        }
        catch (DecoderFallbackException)
        {
            throw DefinitionError.In(path, "invalid UTF-8; save the file as UTF-8");
        }
        text = text.StartsWith('\ufeff') ? text[1..] : text;
        if (text.Contains('\r', StringComparison.Ordinal))
        {
            text = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        }
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is (< ' ' and not ('\t' or '\n')) or (>= '\x7f' and < '\xa0' and not '\x85') or '\ufffe' or '\uffff')
            {
                throw DefinitionError.At(path, LineOf(text, i), $"special characters are not allowed (U+{(int)c:X4})");
            }
            if (c is '\x85' or '\u2028' or '\u2029' or '\ufeff')
            {
                throw DefinitionError.NeedsPython(
                    path,
                    LineOf(text, i),
                    $"the character U+{(int)c:X4} may end a line, or start a text"
                );
            }
        }
        return text;
    }

    /// <summary>Leaves to Python what PyYAML may split differently. YamlDotNet also knows newer rules.</summary>
    /// <param name="path">The file's name in errors.</param>
    /// <param name="scalar">An unquoted scalar.</param>
    /// <param name="inFlow">Whether it is inside <c>[]</c> or <c>{}</c>.</param>
    public static void CheckPlain(string path, Scalar scalar, bool inFlow)
    {
        string value = scalar.Value;
        if (value.Length == 0)
        {
            return;
        }
        bool beginsAsBlock = value[0] == '-' || (!inFlow && value[0] is '?' or ':');
        bool mayBegin = !Indicators.Contains(value[0]) || (beginsAsBlock && value.Length > 1 && value[1] != ' ');
        if (!mayBegin || (inFlow && value.Contains('?')))
        {
            throw DefinitionError.NeedsPython(path, (int)scalar.Start.Line, $"PyYAML may split '{value}' differently");
        }
    }

    /// <summary>
    /// Whether PyYAML may read what YamlDotNet refuses. PyYAML lacks YamlDotNet's rules for anchors, dashes and blocks of
    /// text, for a comment right after a bracket or a quote, for a colon right before a text, and for how far the lines of
    /// a quoted text are indented.
    /// </summary>
    /// <param name="text">The file.</param>
    /// <param name="refusal">Why YamlDotNet refuses it.</param>
    public static bool MayBeRead(string text, YamlException refusal)
    {
        if (
            text.AsSpan().ContainsAny("&*|>")
            || DashOrComment().IsMatch(text)
            || refusal.Message.Contains("wrong indentation", StringComparison.Ordinal)
        )
        {
            return true;
        }
        // Texts with colons are common, such as addresses. Only one on the line of the error may have caused it.
        string[] lines = text.Split('\n');
        long first = Math.Max(refusal.Start.Line, 1);
        long last = Math.Min(Math.Max(refusal.End.Line, first), lines.Length);
        for (long line = first; line <= last; line++)
        {
            if (ColonBeforeText().IsMatch(lines[line - 1]))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>
    /// Leaves to Python a file without a document that has an end of one, or a directive. PyYAML then expects a document.
    /// </summary>
    public static void CheckEmpty(string path, string text)
    {
        int number = 0;
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            number++;
            if (line.Trim(' ') is [not '#', ..])
            {
                throw DefinitionError.NeedsPython(path, number, "there is no document");
            }
        }
    }

    /// <summary>Leaves to Python a text right behind a quoted one.</summary>
    public static void CheckQuoted(string path, string text, Scalar scalar)
    {
        if (
            scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted
            && scalar.End.Index < text.Length
            && !" \n,:]}#\t".Contains(text[(int)scalar.End.Index])
        )
        {
            throw DefinitionError.NeedsPython(path, (int)scalar.Start.Line, "a text follows right behind a quote");
        }
    }

    /// <summary>Leaves to Python two commas side by side. YamlDotNet skips one of them before an alias.</summary>
    public static void CheckCommas(string path, string text)
    {
        if (text.Contains('*') && TwoCommas().Match(text) is { Success: true } found)
        {
            throw DefinitionError.NeedsPython(path, LineOf(text, found.Index), "nothing is between two commas");
        }
    }

    [GeneratedRegex(@",\s*,")]
    private static partial Regex TwoCommas();

    // A dash in a flow collection that no text follows; a comment right after a bracket or a quote.
    [GeneratedRegex("""[\[{,?]\s*-|[\]}"']#""")]
    private static partial Regex DashOrComment();

    [GeneratedRegex(@":\S")]
    private static partial Regex ColonBeforeText();

    /// <summary>
    /// Leaves to Python a document that starts right after its <c>---</c>, below a directive. PyYAML finds no start
    /// there.
    /// </summary>
    public static void CheckDirectives(string path, string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
        {
            return;
        }
        bool hasDirective = false;
        int number = 0;
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            number++;
            hasDirective |= line is ['%', ..];
            if (
                hasDirective
                && line.StartsWith("---", StringComparison.Ordinal)
                && line is not ("---" or ['-', '-', '-', ' ', ..])
            )
            {
                throw DefinitionError.NeedsPython(path, number, "a directive without its own '---'");
            }
        }
    }

    /// <summary>Leaves to Python anchor names that PyYAML may end earlier.</summary>
    public static void CheckAnchor(string path, ParsingEvent at, AnchorName anchor)
    {
        if (!anchor.IsEmpty && anchor.Value.AsSpan().ContainsAnyExcept(s_anchorNames))
        {
            throw DefinitionError.NeedsPython(
                path,
                (int)at.Start.Line,
                $"the name of the anchor '{anchor.Value}' may end earlier"
            );
        }
    }

    private static readonly System.Buffers.SearchValues<char> s_anchorNames = System.Buffers.SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    );

    /// <summary>
    /// Rejects tabs outside quoted texts, blocks of text and comments. PyYAML does not accept a tab as a separator.
    /// </summary>
    /// <param name="path">The file's name in errors.</param>
    /// <param name="text">The file.</param>
    /// <param name="texts">Where its quoted texts and blocks of text are.</param>
    public static void CheckTabs(string path, string text, List<(long Start, long End)> texts)
    {
        for (int at = text.IndexOf('\t'); at >= 0; at = text.IndexOf('\t', at + 1))
        {
            if (!IsWithin(at) && !IsComment(at))
            {
                throw DefinitionError.NeedsPython(
                    path,
                    LineOf(text, at),
                    "a tab may be where PyYAML does not accept one"
                );
            }
        }

        bool IsWithin(int at) => texts.Exists(span => span.Start <= at && at < span.End);

        bool IsComment(int at)
        {
            int line = text.LastIndexOf('\n', at) + 1;
            for (
                int mark = text.IndexOf('#', line, at - line);
                mark >= 0;
                mark = text.IndexOf('#', mark + 1, at - mark - 1)
            )
            {
                if ((mark == line || text[mark - 1] == ' ') && !IsWithin(mark))
                {
                    return true;
                }
            }
            return false;
        }
    }

    private static int LineOf(string text, int at) => text.AsSpan(0, at).Count('\n') + 1;
}
