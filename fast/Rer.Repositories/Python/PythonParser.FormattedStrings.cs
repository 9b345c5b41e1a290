using System.Text;

namespace Rer.Repositories.Python;

// f-strings: constant text between fields in braces.
internal sealed partial class PythonParser
{
    /// <summary>An f-string whose token stands at <paramref name="start"/>.</summary>
    private PythonExpression ParseFormatted(int start, string prefix, int bodyStart, int bodyEnd)
    {
        List<PythonExpression> parts = [];
        StringBuilder constant = new();
        bool opaque = false;
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
                opaque = true;
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
                PythonExpression? field = ParseField(tokens);
                opaque |= !plain || field is null;
                AddConstant(start, prefix, parts, constant);
                if (field is not null)
                {
                    parts.Add(field);
                }
                line += _text.AsSpan(at, end - at).Count('\n');
                at = end;
                continue;
            }
            constant.Append(c);
            at++;
        }
        AddConstant(start, prefix, parts, constant);
        return opaque ? Opaque(start, "a formatted string")
            : parts.Count == 0 ? At(start, new ConstantExpression(new PythonString("")))
            : parts is [ConstantExpression only] ? only
            : At(start, new FormattedExpression(parts));
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

    /// <summary>The expression of a field; null if it is more than a name, which only Python formats.</summary>
    private NameExpression? ParseField(List<PythonToken> tokens)
    {
        PythonParser field = new(_source, tokens) { _inFunction = _inFunction, _async = _async };
        PythonExpression expression = field.IsKeyword("yield") ? field.ParseYield() : field.ParseExpressions();
        bool showsItself = field.AcceptOperator("=");
        if (field.Current.Kind != PythonTokenKind.End)
        {
            field.Fail("'}' in an f-string");
        }
        return expression is NameExpression name && !showsItself ? name : null;
    }
}
