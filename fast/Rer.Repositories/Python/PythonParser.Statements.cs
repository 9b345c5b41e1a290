namespace Rer.Repositories.Python;

// Parses simple statements. Compound ones are in PythonParser.Blocks.cs.
internal sealed partial class PythonParser
{
    private bool _inFunction;
    private bool _inClass;
    private int _scopeStart;
    private bool _async;
    private int _loops;

    // Whether only a docstring and imports from __future__ have been read so far.
    private bool _isBeginning;

    /// <summary>Parses a statement, or several on one line, into a list.</summary>
    private void ParseStatement(List<PythonStatement> statements)
    {
        if (Current.Kind == PythonTokenKind.Indent)
        {
            throw _source.Error(Current.Line, "unexpected indent");
        }
        if (ParseCompound() is { } compound)
        {
            statements.Add(compound);
            return;
        }
        ParseSimpleLine(statements);
    }

    private void ParseSimpleLine(List<PythonStatement> statements)
    {
        do
        {
            if (ParseSimple() is { } statement)
            {
                statements.Add(statement);
            }
        } while (AcceptOperator(";") && Current.Kind != PythonTokenKind.Newline);
        if (Current.Kind != PythonTokenKind.Newline)
        {
            Fail("the end of the statement");
        }
        _at++;
    }

    /// <summary>Parses a simple statement; null if it does not affect a module's names.</summary>
    private PythonStatement? ParseSimple()
    {
        int start = _at;
        bool isFuture = IsKeyword("from") && IsAt(_at + 1, PythonTokenKind.Name, "__future__");
        Require(!isFuture || _isBeginning, "from __future__ imports must occur at the beginning of the file");
        _isBeginning &= isFuture || (_at == 0 && Current.Kind == PythonTokenKind.String);
        if (Current.Kind != PythonTokenKind.Name || IsIdentifier)
        {
            return IsTypeAlias ? ParseTypeAlias() : ParseAssignment();
        }
        switch (TextOf(Current))
        {
            case "pass":
                _at++;
                return null;
            case "break" or "continue":
                Require(_loops > 0, $"'{TextOf(Current)}' outside loop");
                bool isBreak = IsKeyword("break");
                _at++;
                return At(start, new JumpStatement(isBreak));
            case "return":
                Require(_inFunction, "'return' outside function");
                _at++;
                return At(start, new ReturnStatement(StartsExpression ? ParseExpressions() : null));
            case "global" or "nonlocal":
                return ParseScoping();
            case "del":
                _at++;
                return At(start, new DeleteStatement([ParseTargets()]));
            case "raise":
                _at++;
                if (StartsExpression)
                {
                    ParseExpression();
                    if (AcceptKeyword("from"))
                    {
                        ParseExpression();
                    }
                }
                return At(start, new RaiseStatement(null));
            case "assert":
                _at++;
                PythonExpression condition = ParseExpression();
                if (AcceptOperator(","))
                {
                    ParseExpression();
                }
                return At(start, new RaiseStatement(condition));
            case "import":
                return ParseImport();
            case "from":
                return ParseFromImport();
            case "yield":
                return At(start, new ExpressionStatement(ParseYield()));
            default:
                return ParseAssignment();
        }
    }

    /// <summary>
    /// Parses <c>global</c> and <c>nonlocal</c>. Scopes are not followed exactly, so some declarations are left to
    /// Python.
    /// </summary>
    private GlobalStatement ParseScoping()
    {
        int start = _at;
        List<string> names = [];
        bool nonlocal = IsKeyword("nonlocal");
        Require(!nonlocal || _inFunction || _inClass, "nonlocal declaration not allowed at module level");
        _at++;
        do
        {
            int nameAt = _at;
            string name = ExpectIdentifier("a name");
            if (nonlocal || HasName(nameAt, name))
            {
                throw DefinitionError.NeedsPython(
                    _source.Path,
                    _tokens[nameAt].Line,
                    $"'{name}' may be declared where that is not allowed"
                );
            }
            names.Add(name);
        } while (AcceptOperator(","));
        return At(start, new GlobalStatement(names));
    }

    /// <summary>Whether a name has been used earlier in the scope.</summary>
    private bool HasName(int nameAt, string name)
    {
        if (!_inFunction && !_inClass)
        {
            // Plain assignments have no tokens.
            return _text.AsSpan(0, _tokens[nameAt].Start).Contains(name, StringComparison.Ordinal);
        }
        for (int at = _scopeStart; at < nameAt; at++)
        {
            if (_tokens[at].Kind == PythonTokenKind.Name && TextOf(_tokens[at]).SequenceEqual(name))
            {
                return true;
            }
        }
        return false;
    }

    private void Require(bool allowed, string message)
    {
        if (!allowed)
        {
            throw _source.Error(Current.Line, message);
        }
    }

    private bool IsTypeAlias =>
        IsKeyword("type") && _tokens[_at + 1].Kind == PythonTokenKind.Name && !IsReserved(TextOf(_tokens[_at + 1]));

    private AssignStatement ParseTypeAlias()
    {
        int start = _at++;
        int nameAt = _at;
        NameExpression name = new(ExpectIdentifier("a name"));
        At(nameAt, name);
        SkipTypeParameters();
        ExpectOperator("=", "in a type alias");
        ParseExpression();
        return At(start, new AssignStatement([name], Opaque(start, "a type alias")));
    }

    /// <summary>Whether an operator with <c>=</c> comes next, such as <c>+=</c>.</summary>
    private bool IsAugmented =>
        Current.Kind == PythonTokenKind.Operator
        && TextOf(Current) is [.. { Length: > 0 } symbol, '=']
        && (symbol is "**" || LevelOf(symbol) >= 0);

    private PythonStatement ParseAssignment()
    {
        int start = _at;
        PythonExpression first = ParseExpressions();
        if (IsOperator("="))
        {
            List<PythonExpression> targets = new(1);
            PythonExpression value = first;
            while (AcceptOperator("="))
            {
                targets.Add(CheckTarget(value));
                value = IsKeyword("yield") ? ParseYield() : ParseExpressions();
            }
            return At(start, new AssignStatement(targets, value));
        }
        if (IsAugmented)
        {
            string symbol = TextOf(_tokens[_at++])[..^1].ToString();
            CheckTarget(first, plain: true);
            PythonExpression value = IsKeyword("yield") ? ParseYield() : ParseExpressions();
            return At(start, new AugmentedStatement(first, symbol, value));
        }
        if (!AcceptOperator(":"))
        {
            return At(start, new ExpressionStatement(first));
        }
        CheckTarget(first, plain: true);
        PythonExpression annotation = ParseExpression();
        if (!AcceptOperator("="))
        {
            return At(start, new AnnotationStatement(annotation) { Target = first });
        }
        PythonExpression annotated = IsKeyword("yield") ? ParseYield() : ParseExpressions();
        return At(start, new AssignStatement([first], annotated) { Annotation = annotation });
    }

    /// <summary>Checks that an expression can be assigned to.</summary>
    /// <param name="target">The expression.</param>
    /// <param name="plain">Whether it must be a single target.</param>
    private PythonExpression CheckTarget(PythonExpression target, bool plain = false)
    {
        switch (target)
        {
            case NameExpression or AttributeExpression or SubscriptExpression or OpaqueExpression { What: "a slice" }:
                break;
            case SequenceExpression { Kind: not PythonSequenceKind.Set } items when !plain:
                items.Items.ForEach(item => CheckTarget(item is StarredExpression star ? star.Value : item));
                Require(
                    items.Items.Count(item => item is StarredExpression) < 2,
                    "multiple starred expressions in assignment"
                );
                break;
            default:
                throw _source.Error(target.Line, "cannot assign to this expression");
        }
        return target;
    }

    /// <summary>Parses the targets of <c>for</c> and <c>del</c>.</summary>
    private PythonExpression ParseTargets()
    {
        int start = _at;
        List<PythonExpression> items = [];
        do
        {
            int item = _at;
            items.Add(AcceptOperator("*") ? At(item, new StarredExpression(ParseOperation(0))) : ParseOperation(0));
        } while (AcceptOperator(",") && StartsExpression);
        PythonExpression targets =
            items is [not StarredExpression] && !IsAt(_at - 1, PythonTokenKind.Operator, ",")
                ? items[0]
                : At(start, new SequenceExpression(PythonSequenceKind.Tuple, items));
        return CheckTarget(targets);
    }

    private ImportStatement ParseImport()
    {
        int start = _at++;
        List<ImportedName> names = [];
        do
        {
            string root = ExpectIdentifier("a module's name");
            string module = root;
            while (AcceptOperator("."))
            {
                module = $"{module}.{ExpectIdentifier("a module's name")}";
            }
            names.Add(
                AcceptKeyword("as")
                    ? new ImportedName(module, null, ExpectIdentifier("a name after 'as'"), IsRoot: false)
                    : new ImportedName(module, null, root, IsRoot: true)
            );
        } while (AcceptOperator(","));
        return At(start, new ImportStatement(names, everything: false));
    }

    private static readonly HashSet<string> s_features =
    [
        .. "nested_scopes generators division absolute_import with_statement print_function".Split(' '),
        .. "unicode_literals generator_stop annotations".Split(' '),
    ];

    private ImportStatement ParseFromImport()
    {
        int start = _at++;
        bool isFuture = IsKeyword("__future__");
        bool relative = false;
        while (AcceptOperator(".") || AcceptOperator("..."))
        {
            relative = true;
        }
        string module = "";
        if (!relative || !IsKeyword("import"))
        {
            module = ExpectIdentifier("a module's name");
            while (AcceptOperator("."))
            {
                module = $"{module}.{ExpectIdentifier("a module's name")}";
            }
        }
        module = relative ? "" : module;
        ExpectKeyword("import");
        if (AcceptOperator("*"))
        {
            Require(!isFuture, "future feature * is not defined");
            Require(!_inFunction && !_inClass, "import * only allowed at module level");
            return At(start, new ImportStatement([], everything: true));
        }
        bool parenthesised = AcceptOperator("(");
        List<ImportedName> names = [];
        do
        {
            string name = ExpectIdentifier("a name to import");
            Require(!isFuture || s_features.Contains(name), $"future feature {name} is not defined");
            string assigned = AcceptKeyword("as") ? ExpectIdentifier("a name after 'as'") : name;
            names.Add(new ImportedName(module, name, assigned, IsRoot: false));
        } while (AcceptOperator(",") && !(parenthesised && IsOperator(")")));
        if (parenthesised)
        {
            ExpectOperator(")", "or ',' after an imported name");
        }
        return At(start, new ImportStatement(names, everything: false));
    }
}
