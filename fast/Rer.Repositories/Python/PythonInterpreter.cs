using System.Runtime.CompilerServices;

namespace Rer.Repositories.Python;

/// <summary>
/// Runs the part of a module whose result is certain, and marks everything that the rest may change as unknown. It
/// never guesses: if the file loads at all, a value that it reports is the one that Python would compute.
/// </summary>
/// <remarks>
/// Statements at the top of the file and in branches of constant conditions are <em>certain</em>. Statements elsewhere
/// are uncertain, and an assignment there makes its target unknown. If code is not followed (a call, a comprehension),
/// every list that it can reach becomes unknown: the lists that it mentions, and those mentioned by functions that it
/// may call.
/// </remarks>
internal sealed partial class PythonInterpreter
{
    private const int MaxSpareTokens = 65_536;

    // The limit on everything that a file computes, in characters and items. No package comes near it.
    private const int MaxSpent = 1 << 22;

    // Nothing uses the tokens once a module has run, so the next module on this thread reuses their list.
    [ThreadStatic]
    private static List<PythonToken>? s_spareTokens;

    private readonly PythonSource _source;
    private readonly List<PythonToken> _tokens;
    private bool _assumesLoading;

    /// <summary>Whether the code being evaluated is certain to be reached.</summary>
    private bool _certain;

    private PythonInterpreter(PythonSource source, List<PythonToken> tokens, HostFacts host)
    {
        _source = source;
        _tokens = tokens;
        _host = host;
    }

    /// <summary>How much of the limit has been used.</summary>
    private int _spent;

    /// <summary>
    /// Whether everything that is certain to run has been followed, so that nothing but <see cref="MayFail"/> can fail.
    /// </summary>
    public bool IsFollowed { get; private set; } = true;

    /// <summary>Set if the file may raise an exception when it is loaded. Contains the line and the reason.</summary>
    public PythonUnknown? MayFail { get; private set; }

    /// <summary>Runs a module.</summary>
    /// <param name="source">The module.</param>
    /// <param name="plainFirst">Whether <see cref="PlainAssignments"/> reads the plain part first. Only tests turn this
    /// off.</param>
    /// <param name="host">The machine that it is loaded on; null for this one.</param>
    /// <param name="defined">The names defined in a file that is not a package; null for a package.</param>
    /// <param name="assumesLoading">Whether to assume that the file loads, even if it certainly raises an exception. If
    /// so, <see cref="MayFail"/> is set.</param>
    /// <exception cref="PackageDataException">The file cannot be parsed, or certainly raises an exception.</exception>
    public static PythonInterpreter Run(
        PythonSource source,
        bool plainFirst = true,
        HostFacts? host = null,
        IReadOnlyDictionary<string, PythonValue>? defined = null,
        bool assumesLoading = false
    )
    {
        List<PythonToken> tokens = s_spareTokens ?? [];
        s_spareTokens = null;
        try
        {
            PythonInterpreter interpreter = new(source, tokens, host ?? HostFacts.Current)
            {
                _assumesLoading = assumesLoading,
                MayFail = assumesLoading ? new PythonUnknown(1, "is only assumed to load") : null,
            };
            foreach ((string name, PythonValue value) in defined ?? new Dictionary<string, PythonValue>())
            {
                interpreter._names[name] = new DefinitionField(value, Line: 1);
            }
            PlainAssignments plain = new(source.Text);
            plainFirst &= !source.HasInvalidBytes;
            while (plainFirst && plain.TryRead(out string name, out PythonValue value, out int line))
            {
                interpreter._names[name] = new DefinitionField(value, line);
            }
            if (plain.At < source.Text.Length)
            {
                bool isBeginning = interpreter._names.Count == (defined?.Count ?? 0);
                PythonLexer.Tokenize(source, tokens, plain.At, plain.Line);
                interpreter.Execute(PythonParser.Parse(source, tokens, isBeginning), uncertain: null);
                interpreter.RunEarlyFunctions();
                if (defined is null)
                {
                    interpreter.CheckKeys();
                }
            }
            return interpreter;
        }
        finally
        {
            if (tokens.Capacity <= MaxSpareTokens)
            {
                tokens.Clear();
                s_spareTokens = tokens;
            }
        }
    }

    private void Execute(List<PythonStatement> statements, string? uncertain)
    {
        foreach (PythonStatement statement in statements)
        {
            if (_jump != PythonJump.None)
            {
                return;
            }
            Execute(statement, uncertain ?? MayHaveLeft());
        }
    }

    /// <summary>Runs a statement.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="uncertain">Null if it runs exactly once; otherwise its location, in words that follow "is
    /// assigned".</param>
    private void Execute(PythonStatement statement, string? uncertain)
    {
        GuardStack(statement);
        _certain = uncertain is null;
        switch (statement)
        {
            case AssignStatement assign:
                PythonValue value = Evaluate(assign.Value);
                assign.Targets.ForEach(target => Bind(target, value, uncertain));
                if (assign.Annotation is not null)
                {
                    Annotate(assign.Annotation);
                }
                break;
            case AnnotationStatement annotation:
                Annotate(annotation.Annotation);
                break;
            case AugmentedStatement augmented:
                Augment(augmented, uncertain);
                break;
            case ExpressionStatement { Expression: ConstantExpression }:
                break; // a docstring
            case ExpressionStatement { Expression: CallExpression call }:
                EvaluateCall(call, uncertain is null);
                break;
            case ExpressionStatement expression:
                Evaluate(expression.Expression);
                break;
            case DefinitionStatement definition:
                Define(definition, uncertain);
                break;
            case ImportStatement import:
                Import(import, uncertain);
                break;
            case DeleteStatement delete:
                delete.Targets.ForEach(target => Delete(target, uncertain));
                break;
            case RaiseStatement raise:
                Raise(raise, uncertain);
                break;
            case IfStatement branch:
                ExecuteIf(branch, uncertain);
                break;
            case ScopeStatement scope:
                ExecuteScope(scope, uncertain);
                break;
            case ForStatement loop:
                ExecuteFor(loop, uncertain);
                break;
            case WhileStatement loop:
                ExecuteWhile(loop, uncertain);
                break;
            case ReturnStatement @return:
                Return(@return, uncertain);
                break;
            case JumpStatement jump when uncertain is null:
                _jump = jump.IsBreak ? PythonJump.Break : PythonJump.Continue;
                break;
            case JumpStatement:
                _mayHaveLeftLoop = true;
                break;
            case BranchesStatement branches:
                ExecuteBranches(branches, uncertain);
                break;
        }
    }

    /// <summary>Counts the size of a computed value towards the limit.</summary>
    private void Spend(int size, PythonNode node)
    {
        _spent += size;
        if (_spent > MaxSpent)
        {
            throw DefinitionError.NeedsPython(
                _source.Path,
                node.Line,
                $"the file computes more than {MaxSpent} characters and items"
            );
        }
    }

    private void GuardStack(PythonNode node)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw DefinitionError.NeedsPython(_source.Path, node.Line, "code is nested very deeply");
        }
    }

    private void Raise(RaiseStatement raise, string? uncertain)
    {
        bool? held = raise.Unless is null ? false : TruthOf(Evaluate(raise.Unless));
        if (held == true)
        {
            return;
        }
        if (held == false && uncertain is null && MayFail is null)
        {
            throw _source.Error(raise.Line, "the file raises an exception when it is loaded");
        }
        MayRaise(raise, "the file may raise an exception when it is loaded");
    }

    private void ExecuteIf(IfStatement branch, string? uncertain)
    {
        bool? truth = TruthOf(Evaluate(branch.Condition));
        if (truth is not { } known)
        {
            uncertain = "where a condition is not constant";
            Execute(branch.Then, uncertain);
            Execute(branch.Otherwise, uncertain);
            return;
        }
        Execute(known ? branch.Then : branch.Otherwise, uncertain);
    }

    /// <summary>
    /// Runs <c>with scope("config"):</c>. The names that are assigned in it become a dict of that name, and are removed
    /// from the file's names afterwards. Corresponds to <c>rez.utils.scope</c>.
    /// </summary>
    private void ExecuteScope(ScopeStatement scope, string? uncertain)
    {
        PythonValue? own = _names.TryGetValue("scope", out DefinitionField found) ? found.Value : null;
        bool isRez = _frame is null && _anyName is null && own is null or PythonNative { Path: "scope" };
        if (own is PythonNone && uncertain is null)
        {
            Raises(scope, "a TypeError: 'scope' is None");
        }
        PythonValue given = Evaluate(scope.Name);
        if (!isRez || given is not PythonString name)
        {
            if (PythonOperators.IsKnown(given))
            {
                Undecided(scope, $"a scope of a {given.TypeName}");
            }
            Touch(scope.Call);
            ForgetNames(Unfollow(scope.Line, "may be set by a scope whose name is not constant"));
            Execute(scope.Body, "in a 'with' block");
            return;
        }
        Dictionary<string, DefinitionField> before = new(_names);
        PythonUnknown? anyBefore = _anyName;
        if (scope.Target is not null)
        {
            Bind(scope.Target, new PythonNative("scope()"), uncertain);
        }
        _scopeDepth++;
        Execute(scope.Body, uncertain);
        _scopeDepth--;
        PythonUnknown? early = null;
        foreach ((string inner, DefinitionField field) in _names)
        {
            if (
                field.Value is PythonFunction { Binding: PythonBinding.Early } function
                && (!before.TryGetValue(inner, out DefinitionField outer) || !Equals(outer.Value, function))
            )
            {
                // rez runs it together with the others. Its effects, and whether it fails, are not followed.
                early = new PythonUnknown(function.Line, "an @early function in a scope may fail");
            }
        }
        (_names, _anyName) = (before, anyBefore);
        if (early is not null)
        {
            MayFail ??= early;
            ForgetNames(early);
        }
        if (_scopeDepth > 0)
        {
            return; // it is in the dict of the scope around it
        }
        PythonUnknown contents = new(scope.Line, $"is assigned {uncertain ?? "by a scope"}");
        _scopes ??= [];
        // Several scopes of one name make one dict.
        bool isEmpty = scope.Body.Count == 0 && !_scopes.ContainsKey(name.Text);
        _scopes[name.Text] = new DefinitionField(
            uncertain is not null ? contents
                : isEmpty ? new PythonDictionary([])
                : PythonDictionary.OfScope(contents),
            scope.Line
        );
    }

    private void ExecuteBranches(BranchesStatement branches, string? uncertain)
    {
        _certain = uncertain is null && branches.Keyword != "try";
        foreach (PythonExpression header in branches.Headers)
        {
            PythonValue value = Evaluate(header);
            if (branches.Keyword == "for")
            {
                ExpectIterable(header, value);
                ExpectUnpacked(branches.Targets[0], value);
            }
            else if (branches.Keyword == "with" && PythonOperators.IsKnown(value))
            {
                Undecided(header, $"'with' of a {value.TypeName}");
            }
            Escape(value, header.Line);
        }
        string within = $"in a '{branches.Keyword}' block";
        branches.Targets.ForEach(target => Bind(target, Unfollow(target.Line, "is assigned"), within));
        branches.Blocks.ForEach(block => Execute(block, within));
    }

    /// <summary>Records that a loop may fail on an item that cannot be unpacked into its targets.</summary>
    private void ExpectUnpacked(PythonExpression target, PythonValue value)
    {
        if (target is not SequenceExpression targets || !PythonOperators.IsKnown(value))
        {
            return;
        }
        PythonValue? odd = (value as PythonSequence)?.Items.Find(item =>
            PythonOperators.IsKnown(item) && Unpack(targets.Items, item) is null
        );
        if (odd is not null || value is not PythonSequence)
        {
            Undecided(target, $"unpacking of an item of a {value.TypeName}");
        }
    }
}
