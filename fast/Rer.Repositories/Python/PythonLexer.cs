namespace Rer.Repositories.Python;

/// <summary>
/// Splits Python source into tokens by the rules of CPython's tokenizer: indentation, implicit and explicit line
/// joining, brackets, strings and numbers.
/// </summary>
internal sealed partial class PythonLexer
{
    // CPython's own limits (MAXLEVEL, MAXINDENT). They also limit the depth of the parser's recursion.
    private const int MaxBrackets = 200;
    private const int MaxIndents = 100;

    private readonly PythonSource _source;
    private readonly string _text;
    private readonly List<PythonToken> _tokens;
    private readonly List<(char Bracket, int Line)> _brackets = [];
    private readonly List<(int Column, int TabsAsOne)> _indents = [(0, 0)];
    private int _at;
    private int _line;

    private PythonLexer(PythonSource source, List<PythonToken> tokens, int start, int line)
    {
        (_at, _line) = (start, line);
        _source = source;
        _text = source.Text;
        _tokens = tokens;
    }

    /// <summary>
    /// Adds the tokens of a file to an empty list. The last one is <see cref="PythonTokenKind.End"/>.
    /// </summary>
    /// <exception cref="PackageDataException">The text cannot be split into tokens.</exception>
    /// <param name="source">The file.</param>
    /// <param name="tokens">Receives the tokens.</param>
    /// <param name="start">Where to start: at the start of a line outside all brackets and blocks.</param>
    /// <param name="line">The number of that line.</param>
    public static void Tokenize(PythonSource source, List<PythonToken> tokens, int start, int line) =>
        new PythonLexer(source, tokens, start, line).Run();

    private char Peek(int offset = 0) => _at + offset < _text.Length ? _text[_at + offset] : '\0';

    private void Add(PythonTokenKind kind, int start, int line)
    {
        if (_source.HasInvalidBytes && PythonSource.IsInvalid(_text.AsSpan(start, _at - start)))
        {
            throw _source.Error(line, PythonSource.InvalidEncoding);
        }
        _tokens.Add(new PythonToken(kind, start, _at - start, line));
    }

    private void Run()
    {
        bool lineStart = true;
        while (true)
        {
            if (lineStart)
            {
                ReadIndentation();
                lineStart = false;
            }
            SkipBlanks();
            if (_at >= _text.Length)
            {
                break;
            }
            if (_text[_at] == '\n')
            {
                // A line without tokens, or within brackets, does not end a statement.
                if (_brackets.Count == 0 && InStatement)
                {
                    _tokens.Add(new PythonToken(PythonTokenKind.Newline, _at, 0, _line));
                }
                _at++;
                _line++;
                lineStart = _brackets.Count == 0;
            }
            else
            {
                ReadToken();
            }
        }
        if (_brackets.Count > 0)
        {
            (char bracket, int line) = _brackets[^1];
            throw _source.Error(line, $"'{bracket}' was never closed");
        }
        if (InStatement)
        {
            _tokens.Add(new PythonToken(PythonTokenKind.Newline, _at, 0, _line));
        }
        for (int i = 1; i < _indents.Count; i++)
        {
            _tokens.Add(new PythonToken(PythonTokenKind.Dedent, _at, 0, _line));
        }
        _tokens.Add(new PythonToken(PythonTokenKind.End, _at, 0, _line));
    }

    private bool InStatement =>
        _tokens.Count > 0
        && _tokens[^1].Kind is not (PythonTokenKind.Newline or PythonTokenKind.Indent or PythonTokenKind.Dedent);

    private void SkipBlanks()
    {
        while (_at < _text.Length)
        {
            char c = _text[_at];
            if (c is ' ' or '\t' or '\f')
            {
                _at++;
            }
            else if (c == '#')
            {
                int end = _text.AsSpan(_at).IndexOf('\n');
                _at = end < 0 ? _text.Length : _at + end;
            }
            else if (c == '\\')
            {
                if (Peek(1) != '\n')
                {
                    throw _source.Error(_line, "unexpected character after line continuation character");
                }
                _at += 2;
                _line++;
            }
            else
            {
                break;
            }
        }
    }

    private void ReadIndentation()
    {
        int column = 0;
        int tabsAsOne = 0;
        for (; _at < _text.Length; _at++)
        {
            char c = _text[_at];
            if (c == ' ')
            {
                column++;
                tabsAsOne++;
            }
            else if (c == '\t')
            {
                column = ((column / 8) + 1) * 8;
                tabsAsOne++;
            }
            else if (c == '\f')
            {
                column = tabsAsOne = 0;
            }
            else
            {
                break;
            }
        }
        if (_at >= _text.Length || _text[_at] is '\n' or '#')
        {
            return; // blank lines do not count
        }
        Indent(column, tabsAsOne);
    }

    private void Indent(int column, int tabsAsOne)
    {
        (int top, int topTabsAsOne) = _indents[^1];
        if (column == top)
        {
            CheckTabs(tabsAsOne == topTabsAsOne);
        }
        else if (column > top)
        {
            CheckTabs(tabsAsOne > topTabsAsOne);
            if (_indents.Count >= MaxIndents)
            {
                throw _source.Error(_line, "too many levels of indentation");
            }
            _indents.Add((column, tabsAsOne));
            _tokens.Add(new PythonToken(PythonTokenKind.Indent, _at, 0, _line));
        }
        else
        {
            while (_indents[^1].Column > column)
            {
                _indents.RemoveAt(_indents.Count - 1);
                _tokens.Add(new PythonToken(PythonTokenKind.Dedent, _at, 0, _line));
            }
            if (_indents[^1].Column != column)
            {
                throw _source.Error(_line, "unindent does not match any outer indentation level");
            }
            CheckTabs(_indents[^1].TabsAsOne == tabsAsOne);
        }
    }

    private void CheckTabs(bool consistent)
    {
        if (!consistent)
        {
            throw _source.Error(_line, "inconsistent use of tabs and spaces in indentation");
        }
    }

    private void ReadToken()
    {
        int start = _at;
        int line = _line;
        char c = _text[_at];
        if (c is '"' or '\'')
        {
            ReadString(start);
            Add(PythonTokenKind.String, start, line);
        }
        else if (PythonIdentifiers.IsStart(_text, _at))
        {
            ReadName();
            if (Peek() is '"' or '\'' && IsStringPrefix(_text.AsSpan(start, _at - start)))
            {
                ReadString(start);
                Add(PythonTokenKind.String, start, line);
            }
            else
            {
                Add(PythonTokenKind.Name, start, line);
            }
        }
        else if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1))))
        {
            ReadNumber();
            Add(PythonTokenKind.Number, start, line);
        }
        else
        {
            ReadOperator(c);
            Add(PythonTokenKind.Operator, start, line);
        }
    }

    private void ReadName()
    {
        int start = _at;
        bool plain = true;
        while (_at < _text.Length && PythonIdentifiers.IsPart(_text, _at))
        {
            plain &= _text[_at] < 128;
            _at += char.IsHighSurrogate(_text[_at]) ? 2 : 1;
        }
        if (!plain && !PythonIdentifiers.IsNormal(_text.AsSpan(start, _at - start)))
        {
            throw DefinitionError.NeedsPython(
                _source.Path,
                _line,
                $"the name '{_text.AsSpan(start, _at - start)}' is spelled in a way that Python changes (NFKC)"
            );
        }
    }

    private void ReadOperator(char c)
    {
        switch (c)
        {
            case '(' or '[' or '{':
                if (_brackets.Count >= MaxBrackets)
                {
                    throw _source.Error(_line, "too many nested parentheses");
                }
                _brackets.Add((c, _line));
                _at++;
                return;
            case ')' or ']' or '}':
                Close(c);
                _at++;
                return;
        }
        ReadOnlySpan<char> rest = _text.AsSpan(_at);
        if (rest.StartsWith("...") || rest.StartsWith("**=") || rest.StartsWith("//=") || IsShiftAssignment(rest))
        {
            _at += 3;
        }
        else if (rest.Length > 1 && IsPair(c, rest[1]))
        {
            _at += 2;
        }
        else if (c is '+' or '-' or '*' or '/' or '%' or '@' or '&' or '|' or '^' or '~' or '<' or '>' or '=')
        {
            _at++;
        }
        else if (c is ',' or ':' or '.' or ';')
        {
            _at++;
        }
        else
        {
            throw _source.Error(_line, $"invalid character '{(char.IsSurrogate(c) ? '?' : c)}' (U+{(int)c:X4})");
        }
    }

    private static bool IsShiftAssignment(ReadOnlySpan<char> rest) => rest.StartsWith("<<=") || rest.StartsWith(">>=");

    private static bool IsPair(char first, char second) =>
        second switch
        {
            '=' => first
                is '='
                    or '!'
                    or '<'
                    or '>'
                    or '+'
                    or '-'
                    or '*'
                    or '/'
                    or '%'
                    or '@'
                    or '&'
                    or '|'
                    or '^'
                    or ':',
            '>' => first is '>' or '-',
            '<' => first == '<',
            '*' => first == '*',
            '/' => first == '/',
            _ => false,
        };

    private void Close(char bracket)
    {
        if (_brackets.Count == 0)
        {
            throw _source.Error(_line, $"unmatched '{bracket}'");
        }
        (char open, int line) = _brackets[^1];
        char expected =
            open == '(' ? ')'
            : open == '[' ? ']'
            : '}';
        if (bracket != expected)
        {
            string where = line == _line ? "" : $" on line {line}";
            throw _source.Error(_line, $"closing '{bracket}' does not match opening '{open}'{where}");
        }
        _brackets.RemoveAt(_brackets.Count - 1);
    }
}
