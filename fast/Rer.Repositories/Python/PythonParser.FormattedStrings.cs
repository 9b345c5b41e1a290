using System.Text;

namespace Rer.Repositories.Python;

// Parses f-strings: constant text with fields in braces.
internal sealed partial class PythonParser
{
    // CPython's own limit (MAXFSTRINGLEVEL).
    private const int MaxFormatted = 150;

    private int _formatted;

    // The f-string token to which the current tokens belong if they are tokens of a field; otherwise -1.
    private int _owner = -1;

    /// <summary>Parses the f-string whose token is at <paramref name="start"/>.</summary>
    private PythonExpression ParseFormatted(int start, string prefix, int bodyStart, int bodyEnd)
    {
        if (++_formatted >= MaxFormatted)
        {
            throw _source.Error(_tokens[start].Line, "too many nested f-strings");
        }
        List<PythonExpression> parts = [];
        StringBuilder constant = new();
        bool isPlain = true;
        int line = _tokens[start].Line;
        int at = bodyStart;
        while (at < bodyEnd)
        {
            char c = _text[at];
            bool doubled = at + 1 < bodyEnd && _text[at + 1] == c;
            if (c == '\n')
            {
                line++;
            }
            if (c == '\\' && at + 2 < bodyEnd && _text[at + 1] == 'N' && _text[at + 2] == '{')
            {
                isPlain = false;
                int close = _text.IndexOf('}', at);
                at = close < 0 || close > bodyEnd ? bodyEnd : close;
                c = ' ';
            }
            else if (c is '{' or '}' && doubled)
            {
                at++;
            }
            else if (c == '}')
            {
                throw _source.Error(line, "f-string: single '}' is not allowed");
            }
            else if (c == '{')
            {
                (List<PythonToken> tokens, bool plain, int end) = PythonLexer.TokenizeField(_source, at, line);
                AddConstant(start, prefix, parts, constant);
                parts.Add(ParseField(start, tokens, out bool showsItself));
                isPlain &= plain && !showsItself;
                line += _text.AsSpan(at, end - at).Count('\n');
                at = end;
                continue;
            }
            constant.Append(c);
            at++;
        }
        AddConstant(start, prefix, parts, constant);
        _formatted--;
        return parts.Count == 0 && isPlain ? At(start, new ConstantExpression(new PythonString("")))
            : parts is [ConstantExpression only] && isPlain ? only
            : At(start, new FormattedExpression(parts, isPlain));
    }

    private void AddConstant(int start, string prefix, List<PythonExpression> parts, StringBuilder constant)
    {
        if (constant.Length == 0)
        {
            return;
        }
        string text = constant.ToString();
        constant.Clear();
        string? value = PythonLiterals.HasEscapes(prefix, text) ? Unescape(_tokens[start], text, bytes: false) : text;
        parts.Add(
            value is null
                ? Opaque(start, "a character's name")
                : At(start, new ConstantExpression(new PythonString(value)))
        );
    }

    /// <summary>Parses the expression of a field.</summary>
    /// <param name="start">The position of the f-string's token.</param>
    /// <param name="tokens">The tokens of the field.</param>
    /// <param name="showsItself">Whether <c>=</c> follows the expression.</param>
    private PythonExpression ParseField(int start, List<PythonToken> tokens, out bool showsItself)
    {
        PythonParser field = new(_source, tokens)
        {
            _inFunction = _inFunction,
            _async = _async,
            _formatted = _formatted,
            _owner = _owner >= 0 ? _owner : start,
        };
        PythonExpression expression = field.IsKeyword("yield") ? field.ParseYield() : field.ParseExpressions();
        showsItself = field.AcceptOperator("=");
        if (field.Current.Kind != PythonTokenKind.End)
        {
            field.Fail("'}' in an f-string");
        }
        return expression;
    }
}
