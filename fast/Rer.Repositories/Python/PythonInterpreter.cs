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

    // All that a file has worked out, in characters and items. No package comes near it.
    private const int MaxSpent = 1 << 22;

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

    private PythonInterpreter(PythonSource source, List<PythonToken> tokens, HostFacts host)
    {
        _source = source;
        _tokens = tokens;
        _host = host;
    }

    /// <summary>How much of what is worked out has been used up.</summary>
    private int _spent;

    /// <summary>Whether everything that certainly runs has been followed, so that nothing but <see cref="MayFail"/> could
    /// fail.</summary>
    public bool IsFollowed { get; private set; } = true;

    /// <summary>Set if the file may raise an exception when it is loaded: where, and which.</summary>
    public PythonUnknown? MayFail { get; private set; }

    /// <summary>Runs a module.</summary>
    /// <param name="source">The module.</param>
    /// <param name="plainFirst">Whether to read what is plain by <see cref="PlainAssignments"/>; only tests do not.</param>
    /// <param name="host">The machine that it is loaded on; null for this one.</param>
    /// <param name="defined">What a file that is no package finds defined; null for a package.</param>
    /// <exception cref="PackageDataException">The file does not parse, or certainly raises an exception.</exception>
    public static PythonInterpreter Run(
        PythonSource source,
        bool plainFirst = true,
        HostFacts? host = null,
        IReadOnlyDictionary<string, PythonValue>? defined = null
    )
    {
        List<PythonToken> tokens = s_spareTokens ?? [];
        s_spareTokens = null;
        try
        {
            PythonInterpreter interpreter = new(source, tokens, host ?? HostFacts.Current);
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
            if (found.Value is PythonNative native && PythonNatives.IsTrimmed(native))
            {
                return null;
            }
            return found.Value is not PythonFunction { Binding: PythonBinding.None } function ? found
                : s_commands.Contains(function.Name) && function.Name != name
                    ? found with
                    {
                        Value = new PythonUnknown(function.Line, $"is the function '{function.Name}'"),
                    }
                : null;
        }
        return _anyName is null ? null : new DefinitionField(_anyName, _anyName.Line);
    }

    // Answers to package_rex_keys: functions of these names become source code, whatever refers to them.
    private static readonly string[] s_commands =
    [
        "pre_commands",
        "commands",
        "post_commands",
        "pre_build_commands",
        "pre_test_commands",
    ];

    /// <summary>rez goes through all dicts and asks their keys how they start: <c>process_python_objects</c>.</summary>
    private void CheckKeys()
    {
        if (!_names.Values.Any(field => field.Value is PythonDictionary))
        {
            return;
        }
        Stack<DefinitionField> left = new(_names.Values);
        HashSet<PythonValue> seen = new(ReferenceEqualityComparer.Instance);
        while (left.TryPop(out DefinitionField next))
        {
            if (next.Value is not PythonDictionary { Changed: null } dictionary || !seen.Add(dictionary))
            {
                continue;
            }
            foreach ((PythonValue key, PythonValue value) in dictionary.Entries)
            {
                if (PythonOperators.IsKnown(key) && key is not PythonString && value is not PythonFunction)
                {
                    throw _source.Error(next.Line, $"the keys of a dict must be texts, found {key.TypeName}");
                }
                left.Push(new DefinitionField(value, next.Line));
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

    /// <summary>Notes that something so large has been worked out.</summary>
    private void Spend(int size, PythonNode node)
    {
        _spent += size;
        if (_spent > MaxSpent)
        {
            throw DefinitionError.NeedsPython(
                _source.Path,
                node.Line,
                $"values grow beyond {MaxSpent} characters and items"
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
                Set(name.Name, Unfollow(target.Line, $"is assigned {uncertain}"), target.Line);
                break;
            case StarredExpression starred:
                Bind(starred.Value, value, uncertain);
                break;
            case SequenceExpression targets:
                BindAll(targets, value, uncertain);
                break;
            case SubscriptExpression subscript when uncertain is null && TrySetItem(subscript, value):
                break;
            case AttributeExpression or SubscriptExpression when IsOfScope(target):
                Escape(value, target.Line);
                break;
            default:
                // An attribute or an item: whatever is changed by it is no longer known.
                Escape(value, target.Line);
                ChangePart(target);
                break;
        }
    }

    /// <summary>Sets an item or a slice of a known list, or deletes it; false if that is not followed.</summary>
    /// <param name="target">The item or slice.</param>
    /// <param name="value">What it becomes; null to delete it.</param>
    private bool TrySetItem(SubscriptExpression target, PythonValue? value)
    {
        if (
            value is not null
            && _certain
            && target is { Target: NameExpression, Index: ConstantExpression or NameExpression }
            && Evaluate(target.Target) is PythonDictionary { Changed: null } dictionary
        )
        {
            return TrySetItem(dictionary, Evaluate(target.Index), value);
        }
        if (
            !_certain
            || target.Target is not NameExpression
            || Evaluate(target.Target) is not PythonSequence { Kind: PythonSequenceKind.List, Changed: null } list
            || target.Index is not (ConstantExpression or UnaryExpression or SliceExpression { Step: null })
        )
        {
            return false;
        }
        List<PythonValue> items = list.Items;
        if (target.Index is SliceExpression slice)
        {
            if (
                !TryPlace(slice.Start, 0, items.Count, out int start)
                || !TryPlace(slice.Stop, items.Count, items.Count, out int stop)
                || value is not (null or PythonSequence { Changed: null, Kind: not PythonSequenceKind.Set })
            )
            {
                return false;
            }
            PythonValue[] more = value is PythonSequence sequence ? [.. sequence.Items] : [];
            Spend(items.Count + more.Length, target);
            items.RemoveRange(start, Math.Max(0, stop - start));
            items.InsertRange(start, more);
            return true;
        }
        if (
            Evaluate(target.Index) is not PythonInteger { Value: var index }
            || index < -items.Count
            || index >= items.Count
        )
        {
            return false;
        }
        int at = (int)(index < 0 ? index + items.Count : index);
        if (value is null)
        {
            Spend(items.Count, target);
            items.RemoveAt(at);
        }
        else
        {
            items[at] = value;
        }
        return true;
    }

    private static bool TrySetItem(PythonDictionary dictionary, PythonValue key, PythonValue value)
    {
        if (key is not PythonString { Text: var text } || PythonOperators.KeysOf(dictionary) is not { } keys)
        {
            return false;
        }
        int at = keys.FindIndex(found => ((PythonString)found).Text == text);
        if (at < 0)
        {
            dictionary.Entries.Add(new(key, value));
        }
        else
        {
            dictionary.Entries[at] = new(keys[at], value);
        }
        return true;
    }

    private bool TryPlace(PythonExpression? bound, int otherwise, int count, out int place)
    {
        place = otherwise;
        if (bound is null)
        {
            return true;
        }
        if (
            bound is not (ConstantExpression or UnaryExpression)
            || Evaluate(bound) is not PythonInteger { Value: var at }
        )
        {
            return false;
        }
        at += at < 0 ? count : 0;
        place = (int)System.Numerics.BigInteger.Max(0, System.Numerics.BigInteger.Min(at, count));
        return true;
    }

    /// <summary>Something is done to an attribute, an item or a slice.</summary>
    private void ChangePart(PythonExpression target)
    {
        PythonValue? changed = target switch
        {
            AttributeExpression attribute => Evaluate(attribute.Target),
            SubscriptExpression subscript => Evaluate(subscript.Target),
            _ => null,
        };
        if (target is SubscriptExpression { Index: var index })
        {
            Evaluate(index);
        }
        if (changed is PythonNative)
        {
            // Modules may be given other functions, and the environment other variables.
            _isMachineUnsure = true;
        }
        if (changed is not null && PythonOperators.IsKnown(changed) && changed is not PythonFunction)
        {
            Undecided(target, $"a change of a {changed.TypeName}");
        }
        Touch(target);
    }

    /// <summary>Whether something is a part of what <c>with scope("config") as c</c> gives.</summary>
    private bool IsOfScope(PythonExpression target) =>
        target switch
        {
            AttributeExpression attribute => IsOfScope(attribute.Target),
            SubscriptExpression { Index: ConstantExpression } subscript => IsOfScope(subscript.Target),
            NameExpression name => Names.TryGetValue(name.Name, out DefinitionField found)
                && found.Value is PythonNative { Path: "scope()" },
            _ => false,
        };

    private void BindAll(SequenceExpression targets, PythonValue value, string? uncertain)
    {
        List<PythonExpression> places = targets.Items;
        if (Unpack(places, value) is not { } items)
        {
            if (PythonOperators.IsKnown(value))
            {
                Undecided(targets, $"unpacking of a {value.TypeName}");
            }
            Escape(value, targets.Line);
            places.ForEach(place => Bind(place, Unfollow(targets.Line, "is unpacked"), uncertain));
            return;
        }
        for (int i = 0; i < places.Count; i++)
        {
            Bind(places[i] is StarredExpression starred ? starred.Value : places[i], items[i], uncertain);
        }
    }

    /// <summary>What targets are given of a value, one for each; null if that is not known, or fails.</summary>
    private static List<PythonValue>? Unpack(List<PythonExpression> targets, PythonValue value)
    {
        List<PythonValue>? items = value switch
        {
            PythonSequence { Changed: null, Kind: not PythonSequenceKind.Set } sequence => sequence.Items,
            PythonString text when PythonOperators.IsSimple(text.Text) => text.Text.Length > targets.Count + 64
                ? null
                : [.. text.Text.Select(c => new PythonString(c.ToString()))],
            _ => null,
        };
        int star = targets.FindIndex(target => target is StarredExpression);
        int extra = items is null ? -1 : items.Count - targets.Count;
        if (items is null || (star < 0 ? extra != 0 : extra < -1))
        {
            return null;
        }
        if (star < 0)
        {
            return items;
        }
        PythonSequence rest = new(PythonSequenceKind.List, items.GetRange(star, extra + 1));
        return [.. items[..star], rest, .. items[(star + extra + 1)..]];
    }

    private void Augment(AugmentedStatement statement, string? uncertain)
    {
        if (statement.Target is not NameExpression name)
        {
            PythonValue part = Evaluate(statement.Target);
            PythonValue more = Evaluate(statement.Value);
            Operate(statement, statement.Symbol, part, more);
            Bind(statement.Target, more, uncertain);
            return;
        }
        PythonValue current = Evaluate(name);
        PythonValue value = Evaluate(statement.Value);
        if (current is not PythonContainer { TypeName: not "tuple" } container)
        {
            Bind(name, Operate(statement, statement.Symbol, current, value), uncertain);
            return;
        }
        if (uncertain is null && container is PythonSequence { Kind: PythonSequenceKind.List, Changed: null } list)
        {
            // A list is changed in place, for all names that share it.
            if (
                statement.Symbol == "+"
                && value is PythonSequence { Changed: null, Kind: not PythonSequenceKind.Set } more
            )
            {
                Spend(list.Items.Count + more.Items.Count, statement);
                list.Items.AddRange(more.Items.ToArray());
                Set(name.Name, list, statement.Line);
                return;
            }
            if (statement.Symbol == "+" && value is PythonString text && PythonOperators.IsSimple(text.Text))
            {
                Spend(list.Items.Count + text.Text.Length, statement);
                list.Items.AddRange(text.Text.Select(c => new PythonString(c.ToString())));
                Set(name.Name, list, statement.Line);
                return;
            }
        }
        if (PythonOperators.IsKnown(current) && PythonOperators.IsKnown(value))
        {
            Undecided(statement, $"'{statement.Symbol}=' of a {current.TypeName} and a {value.TypeName}");
        }
        Escape(value, statement.Line);
        container.Changed ??= Unfollow(statement.Line, $"is changed {uncertain ?? "by what is not constant"}");
    }

    private void Delete(PythonExpression target, string? uncertain)
    {
        switch (target)
        {
            case NameExpression name when uncertain is null:
                if (
                    _frame?.Locals.Contains(name.Name) == true
                        ? !_frame.Values.Remove(name.Name)
                        : !Names.Remove(name.Name)
                )
                {
                    ExpectDefined(name);
                }
                break;
            case NameExpression name:
                Set(name.Name, Unfollow(target.Line, $"is deleted {uncertain}"), target.Line);
                break;
            case SequenceExpression targets:
                targets.Items.ForEach(item => Delete(item, uncertain));
                break;
            case SubscriptExpression subscript when uncertain is null && TrySetItem(subscript, null):
                break;
            default:
                ChangePart(target);
                break;
        }
    }

    private void ForgetNames(PythonUnknown why)
    {
        foreach ((PythonValue value, _) in _names.Values)
        {
            Escape(value, why.Line);
        }
        foreach (PythonFrame frame in _frames)
        {
            foreach (PythonValue value in frame.Values.Values)
            {
                Escape(value, why.Line);
            }
        }
        _names.Clear();
        _earlyNames?.Clear();
        _anyName = why;
        _isMachineUnsure = true;
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
    /// <c>with scope("config"):</c>: what is assigned within becomes a dict of that name, and is gone from the file's
    /// names afterwards. Answers to <c>rez.utils.scope</c>.
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
        Execute(scope.Body, uncertain);
        foreach ((string inner, DefinitionField field) in _names)
        {
            if (
                field.Value is PythonFunction { Binding: PythonBinding.Early } function
                && (!before.TryGetValue(inner, out DefinitionField outer) || !Equals(outer.Value, function))
            )
            {
                // rez runs it with the others, and what it changes or fails at is not followed.
                MayFail ??= new PythonUnknown(function.Line, "an @early function in a scope may fail");
            }
        }
        (_names, _anyName) = (before, anyBefore);
        PythonUnknown contents = new(scope.Line, $"is assigned {uncertain}");
        _scopes ??= [];
        _scopes[name.Text] = new DefinitionField(uncertain is null ? new PythonDictionary([]) : contents, scope.Line);
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

    /// <summary>Notes that a loop may fail over an item that does not unpack into its targets.</summary>
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
