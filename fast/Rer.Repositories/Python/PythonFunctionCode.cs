namespace Rer.Repositories.Python;

/// <summary>What a function of the file does, for calls that are followed.</summary>
/// <param name="definition">Its definition.</param>
/// <param name="defaults">What its last parameters are by default.</param>
internal sealed class PythonFunctionCode(DefinitionStatement definition, List<PythonValue> defaults)
{
    private HashSet<string>? _locals;

    public DefinitionStatement Definition => definition;

    public List<string> Parameters => definition.FollowedParameters!;

    public List<PythonStatement> Body => definition.Body;

    /// <summary>The names that are its own: its parameters, and what it assigns unless that is <c>global</c>.</summary>
    public HashSet<string> Locals => _locals ??= FindLocals();

    /// <summary>What each parameter is given; null if the call does not fit, which raises an exception.</summary>
    public Dictionary<string, PythonValue>? Bind(
        List<PythonValue> arguments,
        List<(string? Name, PythonValue Value)> named
    )
    {
        if (arguments.Count > Parameters.Count)
        {
            return null;
        }
        Dictionary<string, PythonValue> values = [];
        for (int i = 0; i < arguments.Count; i++)
        {
            values.Add(Parameters[i], arguments[i]);
        }
        foreach ((string? name, PythonValue value) in named)
        {
            if (name is null || !Parameters.Contains(name) || !values.TryAdd(name, value))
            {
                return null;
            }
        }
        int firstDefault = Parameters.Count - defaults.Count;
        for (int i = 0; i < Parameters.Count; i++)
        {
            if (!values.ContainsKey(Parameters[i]))
            {
                if (i < firstDefault)
                {
                    return null;
                }
                values.Add(Parameters[i], defaults[i - firstDefault]);
            }
        }
        return values;
    }

    private HashSet<string> FindLocals()
    {
        HashSet<string> assigned = [.. Parameters];
        HashSet<string> global = [];
        Visit(Body, assigned, global);
        assigned.ExceptWith(global);
        return assigned;
    }

    private static void Visit(List<PythonStatement> statements, HashSet<string> assigned, HashSet<string> global)
    {
        foreach (PythonStatement statement in statements)
        {
            switch (statement)
            {
                case AssignStatement assign:
                    assign.Targets.ForEach(target => Visit(target, assigned));
                    break;
                case AugmentedStatement augmented:
                    Visit(augmented.Target, assigned);
                    break;
                case AnnotationStatement { Target: { } target }:
                    Visit(target, assigned);
                    break;
                case DefinitionStatement inner:
                    assigned.Add(inner.Name);
                    break;
                case ImportStatement import:
                    import.Names.ForEach(name => assigned.Add(name.Name));
                    break;
                case DeleteStatement delete:
                    delete.Targets.ForEach(target => Visit(target, assigned));
                    break;
                case GlobalStatement declared:
                    global.UnionWith(declared.Names);
                    break;
                case IfStatement branch:
                    Visit(branch.Then, assigned, global);
                    Visit(branch.Otherwise, assigned, global);
                    break;
                case ForStatement loop:
                    Visit(loop.Target, assigned);
                    Visit(loop.Body, assigned, global);
                    Visit(loop.Otherwise, assigned, global);
                    break;
                case WhileStatement loop:
                    Visit(loop.Body, assigned, global);
                    Visit(loop.Otherwise, assigned, global);
                    break;
                case ScopeStatement scope:
                    if (scope.Target is not null)
                    {
                        Visit(scope.Target, assigned);
                    }
                    Visit(scope.Body, assigned, global);
                    break;
                case BranchesStatement branches:
                    branches.Targets.ForEach(target => Visit(target, assigned));
                    branches.Blocks.ForEach(block => Visit(block, assigned, global));
                    break;
            }
        }
    }

    private static void Visit(PythonExpression target, HashSet<string> assigned)
    {
        switch (target)
        {
            case NameExpression name:
                assigned.Add(name.Name);
                break;
            case StarredExpression starred:
                Visit(starred.Value, assigned);
                break;
            case SequenceExpression targets:
                targets.Items.ForEach(item => Visit(item, assigned));
                break;
        }
    }
}

/// <summary>A call of a function that is being followed.</summary>
/// <param name="locals">The names that are its own.</param>
/// <param name="values">What they are, as far as they are assigned.</param>
internal sealed class PythonFrame(HashSet<string> locals, Dictionary<string, PythonValue> values)
{
    public HashSet<string> Locals { get; } = locals;

    public Dictionary<string, PythonValue> Values { get; } = values;

    /// <summary>What it returns, once it has; else null.</summary>
    public PythonValue? Returned { get; set; }

    /// <summary>Set once it may have returned where that is not certain: what it returns is not known.</summary>
    public PythonUnknown? Unsure { get; set; }
}
