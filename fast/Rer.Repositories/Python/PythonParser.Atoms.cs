namespace Rer.Repositories.Python;

// Parses names, literals, brackets, and the calls, attributes and subscripts that follow them.
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
                Require(
                    !PythonLiterals.IsTooLong(TextOf(token)),
                    "an integer has more than 4300 digits; write it in hexadecimal"
                );
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

    /// <summary>The constant that a keyword represents; null for other keywords.</summary>
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
        if (AcceptComprehension(start, "a generator", null, first) is { } generator)
        {
            ExpectOperator(")", "to close '('");
            return generator;
        }
        if (!IsOperator(","))
        {
            ExpectOperator(")", "or ',' in parentheses");
            Require(first is not StarredExpression, "cannot use starred expression here");
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
        if (AcceptComprehension(start, "a comprehension", kind, first) is { } comprehension)
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
                return AcceptComprehension(start, "a comprehension", PythonSequenceKind.Set, key) is { } set
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
            PythonExpression value = ParseExpression();
            entries.Add((key, value));
            if (
                entries.Count == 1
                && AcceptComprehension(start, "a comprehension", null, key, value) is { } comprehension
            )
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

    /// <summary>Parses the <c>for</c> part of a comprehension, if there is one after its element.</summary>
    private ComprehensionExpression? AcceptComprehension(
        int start,
        string what,
        PythonSequenceKind? kind,
        PythonExpression element,
        PythonExpression? value = null
    )
    {
        if (!IsKeyword("for") && !IsKeyword("async"))
        {
            return null;
        }
        Require(element is not StarredExpression, "iterable unpacking cannot be used in comprehension");
        List<ComprehensionClause> clauses = [];
        while (IsKeyword("for") || IsKeyword("async"))
        {
            Require(
                !AcceptKeyword("async") || _async,
                "asynchronous comprehension outside of an asynchronous function"
            );
            ExpectKeyword("for");
            PythonExpression target = ParseTargets();
            ExpectKeyword("in");
            int items = _at;
            PythonExpression source = ParseOr();
            Require(
                !HasToken(items, ":="),
                "assignment expression cannot be used in a comprehension iterable expression"
            );
            List<PythonExpression> conditions = [];
            while (AcceptKeyword("if"))
            {
                conditions.Add(ParseOr());
            }
            clauses.Add(new ComprehensionClause(target, source, conditions));
        }
        if (HasToken(start, ":=") || HasToken(start, "yield"))
        {
            throw DefinitionError.NeedsPython(
                _source.Path,
                _tokens[start].Line,
                $"{what} contains an assignment or a yield"
            );
        }
        return At(start, new ComprehensionExpression(what, kind, element, value, clauses));
    }

    /// <summary>Whether a token with a given text has been read since another token.</summary>
    private bool HasToken(int from, string text)
    {
        for (int at = from; at < _at; at++)
        {
            if (_tokens[at].Length == text.Length && TextOf(_tokens[at]).SequenceEqual(text))
            {
                return true;
            }
        }
        return false;
    }

    private CallExpression ParseCall(int start, PythonExpression function)
    {
        List<PythonExpression> arguments = [];
        List<(string? Name, PythonExpression Value)> keywords = [];
        HashSet<string>? names = null;
        bool mapping = false;
        while (!IsOperator(")"))
        {
            int argument = _at;
            if (AcceptOperator("**"))
            {
                mapping = true;
                keywords.Add((null, ParseExpression()));
            }
            else if (AcceptOperator("*"))
            {
                Require(!mapping, "iterable argument unpacking follows keyword argument unpacking");
                arguments.Add(At(argument, new StarredExpression(ParseExpression())));
            }
            else if (IsIdentifier && IsAt(_at + 1, PythonTokenKind.Operator, "="))
            {
                string name = TextOf(Current).ToString();
                Require((names ??= []).Add(name), $"keyword argument repeated: {name}");
                _at += 2;
                keywords.Add((name, ParseExpression()));
            }
            else
            {
                Require(keywords.Count == 0, "positional argument follows keyword argument");
                arguments.Add(ParseNamed());
                if (AcceptComprehension(argument, "a generator", null, arguments[^1]) is { } generator)
                {
                    arguments[^1] = generator;
                    Require(
                        arguments.Count == 1 && IsOperator(")"),
                        "a generator must be parenthesized if it is not the only argument"
                    );
                }
            }
            if (!AcceptOperator(","))
            {
                break;
            }
        }
        ExpectOperator(")", "or ',' after an argument");
        return At(start, new CallExpression(function, arguments, keywords));
    }

    private PythonExpression ParseSubscript(int start, PythonExpression target)
    {
        int indexAt = _at;
        List<PythonExpression> items = [];
        bool isTuple = false;
        do
        {
            items.Add(ParseIndex());
            isTuple |= IsOperator(",");
        } while (AcceptOperator(",") && !IsOperator("]"));
        ExpectOperator("]", "to close a subscript");
        isTuple |= items[0] is StarredExpression;
        if (!isTuple)
        {
            return At(start, new SubscriptExpression(target, items[0]));
        }
        return items.Exists(item => item is SliceExpression)
            ? Opaque(start, "a slice")
            : At(
                start,
                new SubscriptExpression(target, At(indexAt, new SequenceExpression(PythonSequenceKind.Tuple, items)))
            );
    }

    private PythonExpression ParseIndex()
    {
        int start = _at;
        PythonExpression? first = IsOperator(":") ? null : ParseItem();
        if (first is not null && !IsOperator(":"))
        {
            return first;
        }
        Require(first is not (StarredExpression or NamedExpression), "a slice cannot contain this expression");
        PythonExpression?[] parts = [first, null, null];
        for (int part = 1; part < parts.Length && AcceptOperator(":"); part++)
        {
            parts[part] = StartsExpression ? ParseExpression() : null;
        }
        return At(start, new SliceExpression(parts[0], parts[1], parts[2]));
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
}
