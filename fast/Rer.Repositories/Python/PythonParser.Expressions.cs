namespace Rer.Repositories.Python;

// Parses operators, from the loosest binding to the tightest. Their operands are in PythonParser.Atoms.cs.
internal sealed partial class PythonParser
{
    /// <summary>
    /// How tightly a binary operator binds, from 0 for the loosest; -1 for other tokens. Operators of the same level
    /// associate to the left.
    /// </summary>
    private static int LevelOf(ReadOnlySpan<char> symbol) =>
        symbol switch
        {
            "|" => 0,
            "^" => 1,
            "&" => 2,
            "<<" or ">>" => 3,
            "+" or "-" => 4,
            "*" or "/" or "//" or "%" or "@" => 5,
            _ => -1,
        };

    private T At<T>(int start, T node)
        where T : PythonNode
    {
        node.Line = _tokens[start].Line;
        (node.FirstToken, node.EndToken) = _owner < 0 ? (start, _at) : (_owner, _owner + 1);
        return node;
    }

    private OpaqueExpression Opaque(int start, string what) => At(start, new OpaqueExpression(what));

    /// <summary>Parses the expressions of a statement. A tuple needs no parentheses here.</summary>
    private PythonExpression ParseExpressions() => ParseTuple(_at, ParseStarred());

    /// <summary>Parses the rest of a tuple without parentheses, if a comma follows its first item.</summary>
    private PythonExpression ParseTuple(int start, PythonExpression first)
    {
        if (!IsOperator(","))
        {
            if (first is StarredExpression)
            {
                Fail("',' after a starred expression");
            }
            return first;
        }
        List<PythonExpression> items = new(4) { first };
        while (AcceptOperator(",") && StartsExpression)
        {
            items.Add(ParseStarred());
        }
        return At(start, new SequenceExpression(PythonSequenceKind.Tuple, items));
    }

    private bool StartsExpression =>
        Current.Kind switch
        {
            PythonTokenKind.Number or PythonTokenKind.String => true,
            PythonTokenKind.Operator => TextOf(Current) is "(" or "[" or "{" or "-" or "+" or "~" or "*" or "...",
            PythonTokenKind.Name => IsIdentifier
                || TextOf(Current) is "None" or "True" or "False" or "not" or "lambda" or "await",
            _ => false,
        };

    private PythonExpression ParseStarred()
    {
        int start = _at;
        return AcceptOperator("*") ? At(start, new StarredExpression(ParseOperation(0))) : ParseExpression();
    }

    /// <summary>Parses an expression that may be <c>name := value</c>, as within brackets and in conditions.</summary>
    private PythonExpression ParseNamed()
    {
        int start = _at;
        if (!IsIdentifier || !IsAt(_at + 1, PythonTokenKind.Operator, ":="))
        {
            return ParseExpression();
        }
        string name = TextOf(Current).ToString();
        _at += 2;
        return At(start, new NamedExpression(name, ParseExpression()));
    }

    /// <summary>Parses one expression: <c>lambda</c>, <c>a if b else c</c>, or anything that binds tighter.</summary>
    private PythonExpression ParseExpression()
    {
        if (IsLoneLiteral)
        {
            return ParseAtom();
        }
        GuardStack();
        int start = _at;
        PythonExpression result;
        if (IsKeyword("lambda"))
        {
            result = ParseLambda();
        }
        else
        {
            result = ParseOr();
            if (AcceptKeyword("if"))
            {
                PythonExpression condition = ParseOr();
                ExpectKeyword("else");
                PythonExpression otherwise = ParseExpression();
                result = At(start, new ConditionalExpression(condition, result, otherwise));
            }
        }
        return result;
    }

    /// <summary>
    /// Whether an expression is a single literal, as most are in packages. A literal need not pass through all operator
    /// levels.
    /// </summary>
    private bool IsLoneLiteral
    {
        get
        {
            if (Current.Kind is not (PythonTokenKind.String or PythonTokenKind.Number))
            {
                return false;
            }
            PythonToken next = _tokens[_at + 1];
            return next.Kind == PythonTokenKind.Newline
                || (
                    next is { Kind: PythonTokenKind.Operator, Length: 1 }
                    && _text[next.Start] is ',' or ']' or ')' or '}'
                );
        }
    }

    private LambdaExpression ParseLambda()
    {
        int start = _at++;
        List<PythonExpression> defaults = [];
        ParseParameters(":", defaults, annotations: null);
        ExpectOperator(":", "after the parameters of a lambda");
        (bool function, bool asynchronous) = (_inFunction, _async);
        (_inFunction, _async) = (true, false);
        ParseExpression();
        (_inFunction, _async) = (function, asynchronous);
        return At(start, new LambdaExpression(defaults));
    }

    private PythonExpression ParseOr()
    {
        int start = _at;
        PythonExpression left = ParseAnd();
        while (AcceptKeyword("or"))
        {
            left = At(start, new BinaryExpression("or", left, ParseAnd()));
        }
        return left;
    }

    private PythonExpression ParseAnd()
    {
        int start = _at;
        PythonExpression left = ParseNot();
        while (AcceptKeyword("and"))
        {
            left = At(start, new BinaryExpression("and", left, ParseNot()));
        }
        return left;
    }

    private PythonExpression ParseNot()
    {
        int start = _at;
        if (!AcceptKeyword("not"))
        {
            return ParseComparison();
        }
        GuardStack();
        PythonExpression operand = ParseNot();
        return At(start, new UnaryExpression("not", operand));
    }

    private PythonExpression ParseComparison()
    {
        int start = _at;
        PythonExpression left = ParseOperation(0);
        string? symbol = AcceptComparison();
        if (symbol is null)
        {
            return left;
        }
        PythonExpression right = ParseOperation(0);
        if (AcceptComparison() is not { } next)
        {
            return At(start, new BinaryExpression(symbol, left, right));
        }
        List<(string, PythonExpression)> others = [(symbol, right)];
        for (; next is not null; next = AcceptComparison())
        {
            others.Add((next, ParseOperation(0)));
        }
        return At(start, new ComparisonChain(left, others));
    }

    private string? AcceptComparison()
    {
        if (Current.Kind == PythonTokenKind.Operator)
        {
            string? symbol = TextOf(Current) switch
            {
                "==" => "==",
                "!=" => "!=",
                "<" => "<",
                "<=" => "<=",
                ">" => ">",
                ">=" => ">=",
                _ => null,
            };
            Accept(symbol is not null);
            return symbol;
        }
        if (AcceptKeyword("in"))
        {
            return "in";
        }
        if (AcceptKeyword("is"))
        {
            return AcceptKeyword("not") ? "is not" : "is";
        }
        if (IsKeyword("not") && IsAt(_at + 1, PythonTokenKind.Name, "in"))
        {
            _at += 2;
            return "not in";
        }
        return null;
    }

    /// <summary>Parses binary operators that bind at least as tightly as a level of <see cref="LevelOf"/>.</summary>
    private PythonExpression ParseOperation(int loosest)
    {
        int start = _at;
        PythonExpression left = ParseUnary();
        while (Current.Kind == PythonTokenKind.Operator && LevelOf(TextOf(Current)) is var level && level >= loosest)
        {
            string symbol = TextOf(_tokens[_at++]).ToString();
            left = At(start, new BinaryExpression(symbol, left, ParseOperation(level + 1)));
        }
        return left;
    }

    private PythonExpression ParseUnary()
    {
        int start = _at;
        string? symbol =
            AcceptOperator("-") ? "-"
            : AcceptOperator("+") ? "+"
            : AcceptOperator("~") ? "~"
            : null;
        if (symbol is null)
        {
            return ParsePower();
        }
        GuardStack();
        PythonExpression operand = ParseUnary();
        return At(start, new UnaryExpression(symbol, operand));
    }

    private PythonExpression ParsePower()
    {
        int start = _at;
        PythonExpression value;
        if (AcceptKeyword("await"))
        {
            Require(_async, "'await' outside async function");
            ParsePrimary();
            value = Opaque(start, "an await");
        }
        else
        {
            value = ParsePrimary();
        }
        if (!AcceptOperator("**"))
        {
            return value;
        }
        GuardStack();
        PythonExpression exponent = ParseUnary();
        return At(start, new BinaryExpression("**", value, exponent));
    }
}
