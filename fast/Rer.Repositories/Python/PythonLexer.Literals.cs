using System.Buffers;

namespace Rer.Repositories.Python;

// Finds the ends of strings and numbers. PythonLiterals interprets them.
internal sealed partial class PythonLexer
{
    private static readonly SearchValues<char> s_formatNames = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_"
    );

    internal static bool IsStringPrefix(ReadOnlySpan<char> name) =>
        name.Length switch
        {
            1 => name[0] is 'r' or 'R' or 'b' or 'B' or 'u' or 'U' or 'f' or 'F',
            2 => (char.ToLowerInvariant(name[0]), char.ToLowerInvariant(name[1]))
                is
                    ('r', 'b')
                    or
                    ('b', 'r')
                    or
                    ('r', 'f')
                    or
                    ('f', 'r'),
            _ => false,
        };

    /// <summary>Reads a string from its opening quote. Its prefix starts at <paramref name="start"/>.</summary>
    private void ReadString(int start)
    {
        bool formatted = _text.AsSpan(start, _at - start).IndexOfAny('f', 'F') >= 0;
        bool raw = _text.AsSpan(start, _at - start).IndexOfAny('r', 'R') >= 0;
        int line = _line;
        char quote = _text[_at];
        bool triple = Peek(1) == quote && Peek(2) == quote;
        _at += triple ? 3 : 1;
        while (true)
        {
            if (_at >= _text.Length)
            {
                throw Unterminated(line, triple, formatted);
            }
            char c = _text[_at];
            if (c == quote && (!triple || (Peek(1) == quote && Peek(2) == quote)))
            {
                _at += triple ? 3 : 1;
                return;
            }
            if (c == '\n')
            {
                if (!triple)
                {
                    throw Unterminated(line, triple, formatted);
                }
                _line++;
                _at++;
            }
            else if (c == '\\')
            {
                // A raw string keeps the backslash, which still escapes a quote. The braces of \N{...} are not a field.
                bool named = formatted && !raw && Peek(1) == 'N' && Peek(2) == '{';
                if (Peek(1) == '\n')
                {
                    _line++;
                }
                _at +=
                    named ? 3
                    : formatted && Peek(1) is '{' or '}' ? 1
                    : 2;
            }
            else if (formatted && c == '{' && Peek(1) != '{')
            {
                ReadField(quote, triple, line);
            }
            else
            {
                _at += formatted && c == '{' ? 2 : 1;
            }
        }
    }

    /// <summary>The tokens of a replacement field's expression, and how the field ends.</summary>
    /// <param name="source">The file.</param>
    /// <param name="start">The position of the field's opening brace.</param>
    /// <param name="line">The line of that brace.</param>
    /// <returns>The tokens, terminated by <see cref="PythonTokenKind.End"/>; whether neither a conversion nor a format
    /// follows them; and the end of the field, including its closing brace.</returns>
    public static (List<PythonToken> Tokens, bool Plain, int End) TokenizeField(
        PythonSource source,
        int start,
        int line
    )
    {
        PythonLexer lexer = new(source, [], start, line);
        bool plain = lexer.ReadField('\0', triple: true, line, keep: true);
        lexer._tokens.Add(new PythonToken(PythonTokenKind.End, lexer._at - 1, 0, lexer._line));
        return (lexer._tokens, plain, lexer._at);
    }

    /// <summary>
    /// Reads a replacement field of an f-string, including its braces. Since Python 3.12 it may contain any expression,
    /// including strings with the same quotes.
    /// </summary>
    /// <returns>Whether it contains only an expression.</returns>
    private bool ReadField(char quote, bool triple, int stringLine, bool keep = false)
    {
        bool plain = true;
        if (_brackets.Count >= MaxBrackets)
        {
            throw _source.Error(_line, "too many nested parentheses");
        }
        int depth = _brackets.Count;
        _brackets.Add(('{', _line));
        _at++;
        while (true)
        {
            SkipBlanks();
            if (_at >= _text.Length)
            {
                throw Unterminated(stringLine, triple, formatted: true);
            }
            char c = _text[_at];
            bool outermost = _brackets.Count == depth + 1;
            if (c == '\n')
            {
                _line++;
                _at++;
            }
            else if (outermost && c == '}')
            {
                _at++;
                _brackets.RemoveAt(depth);
                return plain;
            }
            else if (outermost && c == ':')
            {
                plain = false;
                _at++;
                ReadFormat(quote, triple, stringLine);
            }
            else if (outermost && c == '!' && Peek(1) != '=')
            {
                plain = false;
                ReadConversion();
            }
            else
            {
                ReadToken();
                if (!keep || !plain)
                {
                    _tokens.RemoveAt(_tokens.Count - 1);
                }
            }
        }
    }

    private void ReadConversion()
    {
        _at++;
        bool isKnown =
            Peek() is 's' or 'r' or 'a' && !PythonIdentifiers.IsPart(_text, Math.Min(_at + 1, _text.Length - 1));
        _at++;
        SkipBlanks();
        if (!isKnown || Peek() is not (':' or '}'))
        {
            throw _source.Error(_line, "f-string: expected the conversion 's', 'r' or 'a' after '!'");
        }
    }

    /// <summary>Reads the format of a replacement field up to its closing brace.</summary>
    private void ReadFormat(char quote, bool triple, int stringLine)
    {
        while (_at < _text.Length && _text[_at] != '}')
        {
            char c = _text[_at];
            if (c == '{')
            {
                int length = _text.AsSpan(_at).IndexOfAny('}', '\n');
                if (length < 2 || _text.AsSpan(_at + 1, length - 1).ContainsAnyExcept(s_formatNames))
                {
                    throw DefinitionError.NeedsPython(_source.Path, _line, "a format contains an expression");
                }
                ReadField(quote, triple, stringLine);
                continue;
            }
            if (!triple && (c == quote || c == '\n'))
            {
                throw Unterminated(stringLine, triple, formatted: true);
            }
            _line += c == '\n' ? 1 : 0;
            _at++;
        }
    }

    private PackageDataException Unterminated(int line, bool triple, bool formatted) =>
        _source.Error(
            line,
            $"unterminated {(triple ? "triple-quoted " : "")}{(formatted ? "f-string" : "string")} literal"
        );

    private void ReadNumber()
    {
        char kind = char.ToLowerInvariant(Peek(1));
        if (_text[_at] == '0' && kind is 'x' or 'o' or 'b')
        {
            _at += 2;
            Digits(
                kind switch
                {
                    'x' => char.IsAsciiHexDigit,
                    'o' => c => c is >= '0' and <= '7',
                    _ => c => c is '0' or '1',
                },
                afterPrefix: true
            );
            EndNumber();
            return;
        }
        int start = _at;
        bool integer = true;
        if (_text[_at] != '.')
        {
            Digits(char.IsAsciiDigit);
        }
        if (Peek() == '.')
        {
            integer = false;
            _at++;
            if (char.IsAsciiDigit(Peek()))
            {
                Digits(char.IsAsciiDigit);
            }
        }
        if (
            Peek() is 'e' or 'E'
            && (char.IsAsciiDigit(Peek(1)) || (Peek(1) is '+' or '-' && char.IsAsciiDigit(Peek(2))))
        )
        {
            integer = false;
            _at += 2;
            if (char.IsAsciiDigit(Peek()))
            {
                Digits(char.IsAsciiDigit);
            }
        }
        if (Peek() is 'j' or 'J')
        {
            integer = false;
            _at++;
        }
        if (integer && _text[start] == '0' && _text.AsSpan(start, _at - start).IndexOfAnyExcept('0', '_') >= 0)
        {
            throw _source.Error(_line, "leading zeros in decimal integer literals are not permitted");
        }
        EndNumber();
    }

    private void Digits(Func<char, bool> isDigit, bool afterPrefix = false)
    {
        bool underscore = afterPrefix;
        bool any = false;
        while (isDigit(Peek()) || (Peek() == '_' && (any || underscore)))
        {
            if (Peek() == '_' && !isDigit(Peek(1)))
            {
                throw _source.Error(_line, "invalid number: '_' must be between digits");
            }
            any = true;
            _at++;
        }
        if (!any)
        {
            throw _source.Error(_line, "invalid number: digits expected");
        }
    }

    private void EndNumber()
    {
        if (_at >= _text.Length || !PythonIdentifiers.IsPart(_text, _at))
        {
            return;
        }
        // CPython still accepts `1if x else y`, with a warning.
        int end = _at;
        while (end < _text.Length && PythonIdentifiers.IsPart(_text, end))
        {
            end++;
        }
        if (_text.AsSpan(_at, end - _at) is not ("and" or "else" or "for" or "if" or "in" or "is" or "not" or "or"))
        {
            throw _source.Error(_line, "invalid number literal");
        }
    }
}
