namespace Rer.Repositories.Python;

/// <summary>The code of a function in the file, for calls that are followed.</summary>
/// <param name="definition">Its definition.</param>
/// <param name="defaults">The defaults of its last parameters.</param>
internal sealed class PythonFunctionCode(DefinitionStatement definition, List<PythonValue> defaults)
{
    private HashSet<string>? _locals;

    public DefinitionStatement Definition => definition;

    public List<string> Parameters => definition.FollowedParameters!;

    public List<PythonStatement> Body => definition.Body;

    /// <summary>
    /// Its local names: its parameters, and the names that it assigns, unless they are <c>global</c>.
    /// </summary>
    public HashSet<string> Locals => _locals ??= FindLocals();

    /// <summary>
    /// The value of each parameter; null if the call does not match the parameters, which raises an exception.
    /// </summary>
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
/// <param name="locals">Its local names.</param>
/// <param name="values">Their values, as far as they are assigned.</param>
internal sealed class PythonFrame(HashSet<string> locals, Dictionary<string, PythonValue> values)
{
    public HashSet<string> Locals { get; } = locals;

    public Dictionary<string, PythonValue> Values { get; } = values;

    /// <summary>The returned value; null if it has not returned.</summary>
    public PythonValue? Returned { get; set; }

    /// <summary>Set if it is not certain whether it has returned. The returned value is then unknown.</summary>
    public PythonUnknown? Unsure { get; set; }
}
