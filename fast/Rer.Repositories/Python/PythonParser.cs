using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Rer.Repositories.Python;

/// <summary>
/// Parses a Python module with the grammar of Python 3.13, so that a file with a syntax error is an error here too. It
/// is a recursive descent parser over the tokens. Expressions and statements have their own files.
/// </summary>
internal sealed partial class PythonParser
{
    private static readonly HashSet<string> s_keywords =
    [
        .. "False None True and as assert async await break class continue def del elif else except finally for from".Split(
            ' '
        ),
        .. "global if import in is lambda nonlocal not or pass raise return try while with yield".Split(' '),
    ];

#if NET9_0_OR_GREATER
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> s_keywordLookup =
        s_keywords.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a word is reserved, so that it cannot be a name.</summary>
    public static bool IsReserved(ReadOnlySpan<char> word) => s_keywordLookup.Contains(word);
#else
    /// <summary>Whether a word is reserved, so that it cannot be a name.</summary>
    public static bool IsReserved(ReadOnlySpan<char> word) => s_keywords.Contains(word.ToString());
#endif

    private readonly PythonSource _source;
    private readonly string _text;
    private readonly List<PythonToken> _tokens;
    private int _at;

    private PythonParser(PythonSource source, List<PythonToken> tokens)
    {
        _source = source;
        _text = source.Text;
        _tokens = tokens;
    }

    /// <summary>Parses the statements of a module.</summary>
    /// <param name="source">The file.</param>
    /// <param name="tokens">Its tokens.</param>
    /// <param name="isBeginning">Whether no statement of the file precedes the tokens.</param>
    /// <exception cref="PackageDataException">The file is not Python.</exception>
    public static List<PythonStatement> Parse(PythonSource source, List<PythonToken> tokens, bool isBeginning)
    {
        PythonParser parser = new(source, tokens) { _isBeginning = isBeginning };
        List<PythonStatement> statements = [];
        while (parser.Current.Kind != PythonTokenKind.End)
        {
            parser.ParseStatement(statements);
        }
        return statements;
    }

    /// <summary>The value of a text that is a literal, as <c>ast.literal_eval</c> reads it; null if unknown.</summary>
    public static PythonValue? ParseLiteral(string path, string text)
    {
        PythonSource source = new(path, text.TrimStart(' ', '\t'));
        List<PythonToken> tokens = [];
        try
        {
            PythonLexer.Tokenize(source, tokens, 0, 1);
            PythonParser parser = new(source, tokens);
            PythonExpression expression = parser.ParseExpressions();
            return
                parser.Current.Kind == PythonTokenKind.Newline
                && tokens[^1].Kind == PythonTokenKind.End
                && parser._at + 2 == tokens.Count
                ? LiteralOf(expression)
                : null;
        }
        catch (PackageDataException)
        {
            return null; // a SyntaxError, which code may catch
        }
    }

    private static PythonValue? LiteralOf(PythonExpression expression)
    {
        switch (expression)
        {
            case ConstantExpression constant:
                return constant.Value;
            case SequenceExpression { Kind: not PythonSequenceKind.Set } sequence:
                List<PythonValue?> items = sequence.Items.ConvertAll(LiteralOf);
                return items.Contains(null)
                    ? null
                    : new PythonSequence(sequence.Kind, [.. items.Select(item => item!)]);
            case DictionaryExpression dictionary:
                List<KeyValuePair<PythonValue, PythonValue>> entries = [];
                foreach ((PythonExpression? key, PythonExpression value) in dictionary.Entries)
                {
                    if (key is null || LiteralOf(key) is not PythonString name || LiteralOf(value) is not { } item)
                    {
                        return null;
                    }
                    entries.Add(new(name, item));
                }
                return new PythonDictionary(entries);
            default:
                return null;
        }
    }

    private PythonToken Current => _tokens[_at];

    private ReadOnlySpan<char> TextOf(PythonToken token) => _text.AsSpan(token.Start, token.Length);

    private bool Is(PythonTokenKind kind, string text) => IsAt(_at, kind, text);

    private bool IsAt(int position, PythonTokenKind kind, string text)
    {
        return (uint)position < (uint)_tokens.Count
            && _tokens[position].Kind == kind
            && TextOf(_tokens[position]).SequenceEqual(text);
    }

    private bool IsOperator(string text) => Is(PythonTokenKind.Operator, text);

    private bool IsKeyword(string text) => Is(PythonTokenKind.Name, text);

    private bool AcceptOperator(string text) => Accept(IsOperator(text));

    private bool AcceptKeyword(string text) => Accept(IsKeyword(text));

    private bool Accept(bool matches)
    {
        _at += matches ? 1 : 0;
        return matches;
    }

    private void ExpectOperator(string text, string where)
    {
        if (!AcceptOperator(text))
        {
            Fail($"'{text}' {where}");
        }
    }

    private void ExpectKeyword(string text)
    {
        if (!AcceptKeyword(text))
        {
            Fail($"'{text}'");
        }
    }

    private bool IsIdentifier => Current.Kind == PythonTokenKind.Name && !IsReserved(TextOf(Current));

    private string ExpectIdentifier(string what)
    {
        if (!IsIdentifier)
        {
            Fail(what);
        }
        return TextOf(_tokens[_at++]).ToString();
    }

    [DoesNotReturn]
    private void Fail(string expected)
    {
        bool isPython2 =
            _at > 0
            && (IsAt(_at - 1, PythonTokenKind.Name, "print") || IsAt(_at - 1, PythonTokenKind.Name, "exec"))
            && Current.Kind is PythonTokenKind.String or PythonTokenKind.Number or PythonTokenKind.Name;
        throw _source.Error(
            Current.Line,
            isPython2
                ? $"'{TextOf(_tokens[_at - 1])}' without parentheses is Python 2, and rez runs Python 3"
                : $"expected {expected}, found {Found()}"
        );
    }

    private string Found() =>
        Current.Kind switch
        {
            PythonTokenKind.Newline => "the end of the line",
            PythonTokenKind.End => "the end of the file",
            PythonTokenKind.Indent => "an indented line",
            PythonTokenKind.Dedent => "a line that is indented less",
            _ => $"'{Shortened(TextOf(Current))}'",
        };

    private static string Shortened(ReadOnlySpan<char> text)
    {
        int end = text.IndexOf('\n');
        ReadOnlySpan<char> line = end < 0 ? text : text[..end];
        return line.Length == text.Length && line.Length <= 40
            ? line.ToString()
            : $"{line[..Math.Min(line.Length, 37)]}...";
    }

    /// <summary>Called wherever the grammar nests without brackets. The lexer limits brackets.</summary>
    private void GuardStack()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw DefinitionError.NeedsPython(_source.Path, Current.Line, "code is nested very deeply");
        }
    }
}
