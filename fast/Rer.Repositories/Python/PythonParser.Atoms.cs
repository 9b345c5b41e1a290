using System.Text;

namespace Rer.Repositories.Python;

// Names, literals, brackets, and the calls, attributes and subscripts that follow them.
internal sealed partial class PythonParser
{
    private PythonExpression ParsePrimary()
    {
        int start = _at;
        PythonExpression value = ParseAtom();
        while (true)
        {
            if (AcceptOperator("."))
            {
                value = At(start, new AttributeExpression(value, ExpectIdentifier("an attribute's name after '.'")));
            }
            else if (AcceptOperator("("))
            {
                value = ParseCall(start, value);
            }
            else if (AcceptOperator("["))
            {
                value = ParseSubscript(start, value);
            }
            else
            {
                return value;
            }
        }
    }

    private PythonExpression ParseAtom()
    {
        int start = _at;
        PythonToken token = Current;
        switch (token.Kind)
        {
            case PythonTokenKind.String:
                return ParseStrings();
            case PythonTokenKind.Number:
                _at++;
                return PythonLiterals.Number(TextOf(token)) is { } number
                    ? At(start, new ConstantExpression(number))
                    : Opaque(start, "a complex number");
            case PythonTokenKind.Name when IsIdentifier:
                _at++;
                return At(start, new NameExpression(TextOf(token).ToString()));
            case PythonTokenKind.Name when ConstantOf(TextOf(token)) is { } constant:
                _at++;
                return At(start, new ConstantExpression(constant));
            case PythonTokenKind.Operator when AcceptOperator("["):
                return ParseSequence(start, "]", PythonSequenceKind.List);
            case PythonTokenKind.Operator when AcceptOperator("("):
                return ParseParentheses(start);
            case PythonTokenKind.Operator when AcceptOperator("{"):
                return ParseBraces(start);
            case PythonTokenKind.Operator when AcceptOperator("..."):
                return Opaque(start, "'...'");
        }
        Fail("an expression");
        return null;
    }

    /// <summary>The constant that a keyword stands for; null if it is another.</summary>
    public static PythonValue? ConstantOf(ReadOnlySpan<char> keyword) =>
        keyword switch
        {
            "None" => PythonNone.Instance,
            "True" => PythonBoolean.True,
            "False" => PythonBoolean.False,
            _ => null,
        };

    private PythonExpression ParseParentheses(int start)
    {
        if (AcceptOperator(")"))
        {
            return At(start, new SequenceExpression(PythonSequenceKind.Tuple, []));
        }
        if (IsKeyword("yield"))
        {
            PythonExpression yielded = ParseYield();
            ExpectOperator(")", "to close '('");
            return yielded;
        }
        PythonExpression first = ParseItem();
        if (AcceptComprehension(start, "a generator") is { } generator)
        {
            ExpectOperator(")", "to close '('");
            return generator;
        }
        if (!IsOperator(","))
        {
            ExpectOperator(")", "or ',' in parentheses");
            return first;
        }
        return ParseItems(start, first, ")", PythonSequenceKind.Tuple);
    }

    private PythonExpression ParseSequence(int start, string close, PythonSequenceKind kind)
    {
        if (AcceptOperator(close))
        {
            return At(start, new SequenceExpression(kind, []));
        }
        PythonExpression first = ParseItem();
        if (AcceptComprehension(start, "a comprehension") is { } comprehension)
        {
            ExpectOperator(close, "to close the comprehension");
            return comprehension;
        }
        return ParseItems(start, first, close, kind);
    }

    private SequenceExpression ParseItems(int start, PythonExpression first, string close, PythonSequenceKind kind)
    {
        List<PythonExpression> items = new(4) { first };
        while (AcceptOperator(",") && !IsOperator(close))
        {
            items.Add(ParseItem());
        }
        ExpectOperator(close, "or ',' after an item");
        return At(start, new SequenceExpression(kind, items));
    }

    private PythonExpression ParseItem() => IsOperator("*") ? ParseStarred() : ParseNamed();

    private PythonExpression ParseBraces(int start)
    {
        if (AcceptOperator("}"))
        {
            return At(start, new DictionaryExpression([]));
        }
        if (!IsOperator("**"))
        {
            int keyAt = _at;
            PythonExpression key = ParseItem();
            if (!IsOperator(":"))
            {
                return AcceptComprehension(start, "a comprehension") is { } set
                    ? Closed(set)
                    : ParseItems(start, key, "}", PythonSequenceKind.Set);
            }
            _at = keyAt;
        }
        List<(PythonExpression? Key, PythonExpression Value)> entries = [];
        do
        {
            if (AcceptOperator("**"))
            {
                entries.Add((null, ParseOperation(0)));
                continue;
            }
            PythonExpression key = ParseExpression();
            ExpectOperator(":", "after a key");
            entries.Add((key, ParseExpression()));
            if (entries.Count == 1 && AcceptComprehension(start, "a comprehension") is { } comprehension)
            {
                return Closed(comprehension);
            }
        } while (AcceptOperator(",") && !IsOperator("}"));
        ExpectOperator("}", "or ',' after an entry");
        return At(start, new DictionaryExpression(entries));
    }

    private PythonExpression Closed(PythonExpression comprehension)
    {
        ExpectOperator("}", "to close the comprehension");
        return comprehension;
    }

    /// <summary>The <c>for</c> part of a comprehension, if one follows.</summary>
    private OpaqueExpression? AcceptComprehension(int start, string what)
    {
        if (!IsKeyword("for") && !IsKeyword("async"))
        {
            return null;
        }
        while (IsKeyword("for") || IsKeyword("async"))
        {
            AcceptKeyword("async");
            ExpectKeyword("for");
            ParseTargets();
            ExpectKeyword("in");
            ParseOr();
            while (AcceptKeyword("if"))
            {
                ParseOr();
            }
        }
        return Opaque(start, what);
    }

    private PythonExpression ParseCall(int start, PythonExpression function)
    {
        List<PythonExpression> arguments = [];
        bool plain = true;
        bool named = false;
        bool mapping = false;
        while (!IsOperator(")"))
        {
            int argument = _at;
            if (AcceptOperator("**"))
            {
                plain = false;
                mapping = true;
                ParseExpression();
            }
            else if (AcceptOperator("*"))
            {
                Require(!mapping, "iterable argument unpacking follows keyword argument unpacking");
                plain = false;
                ParseExpression();
            }
            else if (IsIdentifier && IsAt(_at + 1, PythonTokenKind.Operator, "="))
            {
                plain = false;
                named = true;
                _at += 2;
                ParseExpression();
            }
            else
            {
                Require(!named && !mapping, "positional argument follows keyword argument");
                arguments.Add(ParseNamed());
                if (AcceptComprehension(argument, "a generator") is { } generator)
                {
                    arguments[^1] = generator;
                }
            }
            if (!AcceptOperator(","))
            {
                break;
            }
        }
        ExpectOperator(")", "or ',' after an argument");
        return plain ? At(start, new CallExpression(function, arguments)) : Opaque(start, "a call");
    }

    private PythonExpression ParseSubscript(int start, PythonExpression target)
    {
        bool plain = true;
        List<PythonExpression> items = [];
        do
        {
            if (!IsOperator(":"))
            {
                items.Add(ParseItem());
            }
            for (int parts = 0; parts < 2 && AcceptOperator(":"); parts++)
            {
                plain = false;
                if (StartsExpression)
                {
                    ParseExpression();
                }
            }
            plain &= !IsOperator(",");
        } while (AcceptOperator(",") && !IsOperator("]"));
        ExpectOperator("]", "to close a subscript");
        return plain ? At(start, new SubscriptExpression(target, items[0])) : Opaque(start, "a slice");
    }

    private OpaqueExpression ParseYield()
    {
        int start = _at;
        Require(_inFunction, "'yield' outside function");
        ExpectKeyword("yield");
        if (AcceptKeyword("from"))
        {
            ParseExpression();
        }
        else if (StartsExpression)
        {
            ParseExpressions();
        }
        return Opaque(start, "a yield");
    }

    /// <summary>String tokens in a row, which are one string.</summary>
    private PythonExpression ParseStrings()
    {
        int start = _at;
        if (Current.Kind == PythonTokenKind.String && _tokens[_at + 1].Kind != PythonTokenKind.String)
        {
            return ParseString();
        }
        StringBuilder text = new();
        List<PythonExpression> parts = [];
        bool? bytes = null;
        while (Current.Kind == PythonTokenKind.String)
        {
            PythonExpression part = ParseString();
            bool isBytes = part is ConstantExpression { Value: PythonBytes };
            if (bytes is { } before && before != isBytes)
            {
                throw _source.Error(part.Line, "cannot mix bytes and nonbytes literals");
            }
            bytes = isBytes;
            parts.Add(part);
            if (part is ConstantExpression { Value: PythonString constant })
            {
                text.Append(constant.Text);
            }
        }
        return parts.Find(part => part is OpaqueExpression) is OpaqueExpression opaque ? Opaque(start, opaque.What)
            : bytes == true ? At(start, new ConstantExpression(new PythonBytes()))
            : parts.Exists(part => part is FormattedExpression) ? At(start, new FormattedExpression(parts))
            : At(start, new ConstantExpression(new PythonString(text.ToString())));
    }

    private PythonExpression ParseString()
    {
        int start = _at;
        PythonToken token = _tokens[_at++];
        (string prefix, Range range) = PythonLiterals.Split(TextOf(token));
        if (prefix.Contains('f', StringComparison.Ordinal))
        {
            (int offset, int length) = range.GetOffsetAndLength(token.Length);
            return ParseFormatted(start, prefix, token.Start + offset, token.Start + offset + length);
        }
        ReadOnlySpan<char> body = TextOf(token)[range];
        bool bytes = prefix.Contains('b', StringComparison.Ordinal);
        if (bytes && body.IndexOfAnyExceptInRange('\0', '\x7f') >= 0)
        {
            throw _source.Error(token.Line, "bytes can only contain ASCII literal characters");
        }
        string? text = PythonLiterals.HasEscapes(prefix, body) ? Unescape(token, body, bytes) : body.ToString();
        return text is null
            ? Opaque(start, "a character's name")
            : At(start, new ConstantExpression(bytes ? new PythonBytes() : new PythonString(text)));
    }

    private string? Unescape(PythonToken token, ReadOnlySpan<char> body, bool bytes)
    {
        string? text = PythonLiterals.Unescape(body, bytes, out string? error);
        return error is null ? text : throw _source.Error(token.Line, error);
    }
}
