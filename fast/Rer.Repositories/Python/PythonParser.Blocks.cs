namespace Rer.Repositories.Python;

// Parses compound statements and their blocks.
internal sealed partial class PythonParser
{
    /// <summary>Parses a compound statement; null if the next statement is a simple one.</summary>
    private PythonStatement? ParseCompound()
    {
        if (IsOperator("@"))
        {
            _isBeginning = false;
            return ParseDecorated();
        }
        if (Current.Kind != PythonTokenKind.Name)
        {
            return null;
        }
        _isBeginning &= !IsCompoundKeyword(TextOf(Current));
        return TextOf(Current) switch
        {
            "if" => ParseIf(),
            "def" => ParseFunction(_at, []),
            "class" => ParseClass(_at, []),
            "with" => ParseWith(),
            "for" => ParseFor(),
            "while" => ParseWhile(),
            "try" => ParseTry(),
            "async" => ParseAsync(_at, []),
            "match" => TryParseMatch(),
            _ => null,
        };
    }

    /// <summary>Parses the statements after a colon, on the same line or indented below it.</summary>
    private List<PythonStatement> ParseBlock(string after)
    {
        ExpectOperator(":", $"after {after}");
        List<PythonStatement> statements = [];
        if (Current.Kind != PythonTokenKind.Newline)
        {
            if (Current.Kind == PythonTokenKind.Name && IsCompoundKeyword(TextOf(Current)))
            {
                Fail("a simple statement on the same line");
            }
            ParseSimpleLine(statements);
            return statements;
        }
        _at++;
        if (Current.Kind != PythonTokenKind.Indent)
        {
            Fail($"an indented block after {after}");
        }
        _at++;
        while (Current.Kind is not (PythonTokenKind.Dedent or PythonTokenKind.End))
        {
            ParseStatement(statements);
        }
        _at += Current.Kind == PythonTokenKind.Dedent ? 1 : 0;
        return statements;
    }

    private static bool IsCompoundKeyword(ReadOnlySpan<char> name) =>
        name is "if" or "def" or "class" or "with" or "for" or "while" or "try" or "async";

    private IfStatement ParseIf()
    {
        int start = _at++;
        PythonExpression condition = ParseNamed();
        List<PythonStatement> then = ParseBlock("a condition");
        List<PythonStatement> otherwise = [];
        if (IsKeyword("elif"))
        {
            GuardStack();
            otherwise = [ParseIf()];
        }
        else if (AcceptKeyword("else"))
        {
            otherwise = ParseBlock("'else'");
        }
        return At(start, new IfStatement(condition, then, otherwise));
    }

    private WhileStatement ParseWhile()
    {
        int start = _at++;
        PythonExpression condition = ParseNamed();
        (List<PythonStatement> body, List<PythonStatement> otherwise) = ParseLoopBlocks("a condition");
        return At(start, new WhileStatement(condition, body, otherwise));
    }

    private ForStatement ParseFor()
    {
        int start = _at++;
        PythonExpression target = ParseTargets();
        ExpectKeyword("in");
        PythonExpression items = ParseExpressions();
        (List<PythonStatement> body, List<PythonStatement> otherwise) = ParseLoopBlocks("what to loop over");
        return At(start, new ForStatement(target, items, body, otherwise));
    }

    private BranchesStatement ParseAsyncFor()
    {
        int start = _at;
        ForStatement loop = ParseFor();
        return At(start, new BranchesStatement("for", [loop.Items], [loop.Target], [loop.Body, loop.Otherwise]));
    }

    private (List<PythonStatement> Body, List<PythonStatement> Otherwise) ParseLoopBlocks(string after)
    {
        _loops++;
        List<PythonStatement> body = ParseBlock(after);
        _loops--;
        return (body, AcceptKeyword("else") ? ParseBlock("'else'") : []);
    }

    private BranchesStatement ParseTry()
    {
        int start = _at++;
        List<PythonExpression> headers = [];
        List<PythonExpression> targets = [];
        List<List<PythonStatement>> blocks = [ParseBlock("'try'")];
        bool handled = false;
        while (AcceptKeyword("except"))
        {
            handled = true;
            AcceptOperator("*");
            if (!IsOperator(":"))
            {
                headers.Add(ParseExpression());
                if (AcceptKeyword("as"))
                {
                    targets.Add(ParseName());
                }
            }
            blocks.Add(ParseBlock("'except'"));
        }
        if (handled && AcceptKeyword("else"))
        {
            blocks.Add(ParseBlock("'else'"));
        }
        if (AcceptKeyword("finally"))
        {
            handled = true;
            blocks.Add(ParseBlock("'finally'"));
        }
        if (!handled)
        {
            Fail("'except' or 'finally' after a 'try' block");
        }
        return At(start, new BranchesStatement("try", headers, targets, blocks));
    }

    private NameExpression ParseName()
    {
        int start = _at;
        return At(start, new NameExpression(ExpectIdentifier("a name")));
    }

    private PythonStatement ParseWith()
    {
        int start = _at++;
        List<PythonExpression> items = [];
        List<PythonExpression> targets = [];
        bool parenthesised = IsParenthesisedWith();
        _at += parenthesised ? 1 : 0;
        do
        {
            items.Add(ParseExpression());
            if (AcceptKeyword("as"))
            {
                targets.Add(CheckTarget(ParseOperation(0)));
            }
        } while (AcceptOperator(",") && !(parenthesised && IsOperator(")")));
        if (parenthesised)
        {
            ExpectOperator(")", "after the items of 'with'");
        }
        List<PythonStatement> body = ParseBlock("'with'");
        if (
            items
            is [
                CallExpression
                {
                    Function: NameExpression { Name: "scope" },
                    Arguments: [var name],
                    IsPlain: true
                } call,
            ]
        )
        {
            return At(start, new ScopeStatement(name, targets.Count == 1 ? targets[0] : null, body, call));
        }
        return At(start, new BranchesStatement("with", items, targets, [body]));
    }

    /// <summary>
    /// Whether the parentheses after <c>with</c> enclose all its items, and do not belong to an expression.
    /// </summary>
    private bool IsParenthesisedWith()
    {
        if (!IsOperator("("))
        {
            return false;
        }
        int depth = 0;
        int at = _at;
        for (; _tokens[at].Kind != PythonTokenKind.End; at++)
        {
            if (_tokens[at].Kind == PythonTokenKind.Operator)
            {
                depth += TextOf(_tokens[at]) switch
                {
                    "(" or "[" or "{" => 1,
                    ")" or "]" or "}" => -1,
                    _ => 0,
                };
                if (depth == 0)
                {
                    break;
                }
            }
        }
        return IsAt(at + 1, PythonTokenKind.Operator, ":");
    }

    private PythonStatement ParseAsync(int start, List<PythonExpression> decorators)
    {
        Require(_async || IsAt(_at + 1, PythonTokenKind.Name, "def"), "'async' outside async function");
        _at++;
        return TextOf(Current) switch
        {
            "def" => ParseFunction(start, decorators),
            "with" when decorators.Count == 0 => ParseWith(),
            "for" when decorators.Count == 0 => ParseAsyncFor(),
            _ => throw _source.Error(Current.Line, $"expected 'def', 'with' or 'for' after 'async', found {Found()}"),
        };
    }

    private PythonStatement ParseDecorated()
    {
        int start = _at;
        List<PythonExpression> decorators = [];
        while (AcceptOperator("@"))
        {
            decorators.Add(ParseNamed());
            if (Current.Kind != PythonTokenKind.Newline)
            {
                Fail("the end of the line after a decorator");
            }
            _at++;
        }
        if (Current.Kind == PythonTokenKind.Name)
        {
            switch (TextOf(Current))
            {
                case "def":
                    return ParseFunction(start, decorators);
                case "class":
                    return ParseClass(start, decorators);
                case "async":
                    return ParseAsync(start, decorators);
            }
        }
        Fail("'def' or 'class' after a decorator");
        return null;
    }

    private DefinitionStatement ParseFunction(int start, List<PythonExpression> decorators)
    {
        int definition = _at++;
        string name = ExpectIdentifier("a function's name");
        SkipTypeParameters();
        ExpectOperator("(", "after a function's name");
        List<PythonExpression> defaults = [];
        List<PythonExpression> annotations = [];
        int parametersAt = _at;
        (List<string> parameters, bool isPlain) = ParseParameters(")", defaults, annotations);
        ExpectOperator(")", "after the parameters");
        if (AcceptOperator("->"))
        {
            annotations.Add(ParseExpressions());
        }
        bool isAsync = IsAt(definition - 1, PythonTokenKind.Name, "async");
        List<PythonStatement> body = ParseScope(parametersAt, "a function's header", inFunction: true, isAsync);
        bool isFollowed = isPlain && !isAsync && !HasToken(parametersAt, "yield") && !MayAssignWithin(parametersAt);
        return At(
            start,
            new DefinitionStatement(name, decorators, defaults, annotations, body, parameters.Count, isClass: false)
            {
                FollowedParameters = isFollowed ? parameters : null,
            }
        );
    }

    private DefinitionStatement ParseClass(int start, List<PythonExpression> decorators)
    {
        _at++;
        string name = ExpectIdentifier("a class's name");
        SkipTypeParameters();
        List<PythonExpression> bases = [];
        if (AcceptOperator("("))
        {
            CallExpression call = ParseCall(start, At(start, new NameExpression(name)));
            bases = [.. call.Arguments, .. call.Keywords.Select(keyword => keyword.Value)];
        }
        List<PythonStatement> body = ParseScope(_at, "a class's header", inFunction: false, isAsync: false);
        return At(start, new DefinitionStatement(name, decorators, bases, [], body, 0, isClass: true));
    }

    /// <summary>Whether the expressions read since a token may assign names.</summary>
    private bool MayAssignWithin(int from)
    {
        for (int at = from; at < _at; at++)
        {
            if (
                _tokens[at].Kind is PythonTokenKind.Operator or PythonTokenKind.String
                && TextOf(_tokens[at]).Contains(":=", StringComparison.Ordinal)
            )
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Parses the block of a function or class, which has its own scope.</summary>
    private List<PythonStatement> ParseScope(int scopeStart, string after, bool inFunction, bool isAsync)
    {
        var outer = (_inFunction, _inClass, _loops, _async, _scopeStart);
        (_inFunction, _inClass, _loops, _async, _scopeStart) = (inFunction, !inFunction, 0, isAsync, scopeStart);
        List<PythonStatement> body = ParseBlock(after);
        (_inFunction, _inClass, _loops, _async, _scopeStart) = outer;
        return body;
    }
}
