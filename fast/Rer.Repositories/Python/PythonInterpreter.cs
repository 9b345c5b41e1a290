using System.Runtime.CompilerServices;
using Rer.Repositories.Definitions;

namespace Rer.Repositories.Python;

/// <summary>
/// Runs the part of a module whose outcome is certain, and marks as unknown what the rest may touch. It never
/// guesses: a value that it reports is the one that Python would compute, provided that the file loads at all.
/// </summary>
/// <remarks>
/// Statements run as <em>certain</em> at the top of the file and in branches of constant conditions, and as uncertain
/// elsewhere, where an assignment makes its target unknown. Code that is not followed (a call, a comprehension) makes
/// unknown every list that it can reach: those it mentions, and those that functions it may call mention.
/// </remarks>
internal sealed partial class PythonInterpreter
{
    private const int MaxSpareTokens = 65_536;

    // Nothing looks at the tokens once a module has run: the next module on this thread takes over their list.
    [ThreadStatic]
    private static List<PythonToken>? s_spareTokens;

    private readonly PythonSource _source;
    private readonly List<PythonToken> _tokens;
    private Dictionary<string, DefinitionField>? _scopes;
    private Dictionary<string, DefinitionField> _names = new(7); // the fields of most packages
    private PythonUnknown? _anyName;

    /// <summary>Whether what is evaluated is certainly reached.</summary>
    private bool _certain;

    private PythonInterpreter(PythonSource source, List<PythonToken> tokens)
    {
        _source = source;
        _tokens = tokens;
    }

    /// <summary>Set if the file may raise an exception when it is loaded: where, and which.</summary>
    public PythonUnknown? MayFail { get; private set; }

    /// <summary>Runs a module.</summary>
    /// <param name="source">The module.</param>
    /// <param name="plainFirst">Whether to read what is plain by <see cref="PlainAssignments"/>; only tests do not.</param>
    /// <exception cref="PackageDataException">The file does not parse, or certainly raises an exception.</exception>
    public static PythonInterpreter Run(PythonSource source, bool plainFirst = true)
    {
        List<PythonToken> tokens = s_spareTokens ?? [];
        s_spareTokens = null;
        try
        {
            PythonInterpreter interpreter = new(source, tokens);
            PlainAssignments plain = new(source.Text);
            while (plainFirst && plain.TryRead(out string name, out PythonValue value, out int line))
            {
                interpreter.Set(name, value, line);
            }
            if (plain.At < source.Text.Length)
            {
                PythonLexer.Tokenize(source, tokens, plain.At, plain.Line);
                interpreter.Execute(PythonParser.Parse(source, tokens), uncertain: null);
                interpreter.RunEarlyFunctions();
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

    /// <summary>
    /// What rez finds under a name, and the line that set it; null if nothing. Answers to <c>_load_py</c>: scopes
    /// come over names, and plain functions are dropped.
    /// </summary>
    public DefinitionField? Find(string name)
    {
        if (_scopes is not null && _scopes.TryGetValue(name, out DefinitionField scope))
        {
            return scope;
        }
        if (_names.TryGetValue(name, out DefinitionField found))
        {
            return found.Value is PythonFunction { Binding: PythonBinding.None } ? null : found;
        }
        return _anyName is null ? null : new DefinitionField(_anyName, _anyName.Line);
    }

    private void Execute(List<PythonStatement> statements, string? uncertain)
    {
        foreach (PythonStatement statement in statements)
        {
            Execute(statement, uncertain);
        }
    }

    /// <summary>Runs a statement.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="uncertain">Null if it runs exactly once; else where it stands, to follow "is assigned".</param>
    private void Execute(PythonStatement statement, string? uncertain)
    {
        GuardStack(statement);
        _certain = uncertain is null;
        switch (statement)
        {
            case AssignStatement assign:
                PythonValue value = Evaluate(assign.Value);
                assign.Targets.ForEach(target => Bind(target, value, uncertain));
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
                Import(import);
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
            case BranchesStatement branches:
                ExecuteBranches(branches);
                break;
        }
    }

    private void GuardStack(PythonNode node)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw _source.Error(node.Line, "nested too deeply");
        }
    }

    private void Set(string name, PythonValue value, int line) => _names[name] = new DefinitionField(value, line);

    /// <summary>Assigns a value to a target, or makes the target unknown where that is uncertain.</summary>
    private void Bind(PythonExpression target, PythonValue value, string? uncertain)
    {
        switch (target)
        {
            case NameExpression name when uncertain is null:
                Set(name.Name, value, target.Line);
                break;
            case NameExpression name:
                Escape(value, target.Line);
                Set(name.Name, new PythonUnknown(target.Line, $"is assigned {uncertain}"), target.Line);
                break;
            case StarredExpression starred:
                Bind(starred.Value, new PythonUnknown(target.Line, "is unpacked"), uncertain);
                break;
            case SequenceExpression targets:
                BindAll(targets, value, uncertain);
                break;
            default:
                // An attribute or an item: whatever is changed by it is no longer known.
                Escape(value, target.Line);
                Touch(target);
                break;
        }
    }

    private void BindAll(SequenceExpression targets, PythonValue value, string? uncertain)
    {
        bool pairwise =
            value is PythonSequence { Changed: null, Kind: not PythonSequenceKind.Set } items
            && items.Items.Count == targets.Items.Count
            && !targets.Items.Exists(item => item is StarredExpression);
        if (!pairwise)
        {
            Escape(value, targets.Line);
        }
        for (int i = 0; i < targets.Items.Count; i++)
        {
            PythonValue item = pairwise
                ? ((PythonSequence)value).Items[i]
                : new PythonUnknown(targets.Line, "is unpacked");
            Bind(targets.Items[i], item, uncertain);
        }
    }

    private void Augment(AugmentedStatement statement, string? uncertain)
    {
        PythonValue value = Evaluate(statement.Value);
        if (statement.Target is not NameExpression name)
        {
            Bind(statement.Target, value, uncertain);
            return;
        }
        PythonValue current = Evaluate(name);
        if (current is not PythonContainer { TypeName: not "tuple" } container)
        {
            Bind(name, Operate(statement, statement.Symbol, current, value), uncertain);
        }
        else if (
            uncertain is null
            && statement.Symbol == "+"
            && container is PythonSequence { Kind: PythonSequenceKind.List, Changed: null } list
            && value is PythonSequence { Changed: null } more
        )
        {
            // A list is changed in place, for all names that share it.
            list.Items.AddRange(more.Items.ToArray());
            Set(name.Name, list, statement.Line);
        }
        else
        {
            Escape(value, statement.Line);
            container.Changed ??= new PythonUnknown(
                statement.Line,
                $"is changed {uncertain ?? "by what is not constant"}"
            );
        }
    }

    private void Delete(PythonExpression target, string? uncertain)
    {
        switch (target)
        {
            case NameExpression name when uncertain is null:
                if (!_names.Remove(name.Name))
                {
                    ExpectDefined(name);
                }
                break;
            case NameExpression name:
                Set(name.Name, new PythonUnknown(target.Line, $"is deleted {uncertain}"), target.Line);
                break;
            case SequenceExpression targets:
                targets.Items.ForEach(item => Delete(item, uncertain));
                break;
            default:
                Touch(target);
                break;
        }
    }

    private void Import(ImportStatement import)
    {
        if (import.Everything)
        {
            ForgetNames(new PythonUnknown(import.Line, "may be assigned by 'import *'"));
        }
        import.Names.ForEach(name => Set(name, new PythonUnknown(import.Line, "is imported"), import.Line));
    }

    private void ForgetNames(PythonUnknown why)
    {
        foreach ((PythonValue value, _) in _names.Values)
        {
            Escape(value, why.Line);
        }
        _names.Clear();
        _anyName = why;
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
        MayFail ??= new PythonUnknown(raise.Line, "the file may raise an exception when it is loaded");
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
    /// <c>with scope("config"):</c>: what is assigned within becomes a dict of that name, and is gone from the file's
    /// names afterwards. Answers to <c>rez.utils.scope</c>.
    /// </summary>
    private void ExecuteScope(ScopeStatement scope, string? uncertain)
    {
        if (_names.ContainsKey("scope") || Evaluate(scope.Name) is not PythonString name)
        {
            Touch(scope.Call);
            ForgetNames(new PythonUnknown(scope.Line, "may be assigned by a scope whose name is not constant"));
            Execute(scope.Body, "in a 'with' block");
            return;
        }
        Dictionary<string, DefinitionField> before = new(_names);
        PythonUnknown? anyBefore = _anyName;
        if (scope.Target is not null)
        {
            Bind(scope.Target, new PythonUnknown(scope.Line, "is a scope"), uncertain);
        }
        Execute(scope.Body, uncertain);
        (_names, _anyName) = (before, anyBefore);
        PythonUnknown contents = new(scope.Line, $"is assigned {uncertain}");
        _scopes ??= [];
        _scopes[name.Text] = new DefinitionField(uncertain is null ? new PythonDictionary([]) : contents, scope.Line);
    }

    private void ExecuteBranches(BranchesStatement branches)
    {
        branches.Headers.ForEach(header => Escape(Evaluate(header), header.Line));
        string uncertain = $"in a '{branches.Keyword}' block";
        branches.Targets.ForEach(target => Bind(target, new PythonUnknown(target.Line, "is assigned"), uncertain));
        branches.Blocks.ForEach(block => Execute(block, uncertain));
    }
}
