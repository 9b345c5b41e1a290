namespace Rer.Repositories.Python;

// The variables that code sees: those of the file, of a call, of a comprehension, and of an @early function.
internal sealed partial class PythonInterpreter
{
    private Dictionary<string, DefinitionField>? _scopes;
    private int _scopeDepth;

    private Dictionary<string, DefinitionField> _names = new(7); // the number of fields in most packages

    private PythonUnknown? _anyName;

    /// <summary>
    /// The variables that an @early function sees, which are a copy of the file's; null outside such a function.
    /// </summary>
    private Dictionary<string, DefinitionField>? _earlyNames;

    /// <summary>
    /// The data that rez has copied from the file; null before @early functions run. rez puts their results here.
    /// Functions see the file's variables, which do not change.
    /// </summary>
    private Dictionary<string, DefinitionField>? _data;

    /// <summary>
    /// The names that rez has already processed when it runs an @early function. Their values are final.
    /// </summary>
    private HashSet<string>? _processed;

    /// <summary>The global variables of the running code.</summary>
    private Dictionary<string, DefinitionField> Names => _earlyNames ?? _names;

    private PythonValue Lookup(NameExpression name)
    {
        if (_locals is not null && _locals.TryGetValue(name.Name, out PythonValue? local))
        {
            return local;
        }
        if (_frame?.Locals.Contains(name.Name) == true)
        {
            return _frame.Values.TryGetValue(name.Name, out PythonValue? own)
                ? own
                : Raises(name, $"an UnboundLocalError: '{name.Name}' is used before it is assigned");
        }
        if (_openNames?.Contains(name.Name) == true)
        {
            Open(name.Name, name.Line);
        }
        if (Names.TryGetValue(name.Name, out DefinitionField found))
        {
            NoteName(name.Name);
            return found.Value;
        }
        if (_anyName is null && (PythonNatives.IsRez(name.Name) || name.Name == "scope"))
        {
            return new PythonNative(name.Name);
        }
        if (_anyName is null && name.Name == "__name__")
        {
            return new PythonString("builtins"); // rez does not set it, so this is the name of the builtins module
        }
        if (IsOpening(name.Name))
        {
            Open(name.Name, name.Line);
        }
        ExpectDefined(name);
        return _anyName ?? Unknown(name, $"uses '{name.Name}', which this file has not assigned");
    }

    /// <summary>
    /// Reports that the file fails to load, if a name that is not known here is not a builtin either.
    /// </summary>
    private void ExpectDefined(NameExpression name)
    {
        if (!_certain || _anyName is not null || PythonBuiltins.IsDefined(name.Name))
        {
            return;
        }
        if (IsFollowed && MayFail is null)
        {
            throw _source.Error(name.Line, $"name '{name.Name}' is not defined");
        }
        MayRaise(name, $"'{name.Name}' is neither a builtin nor assigned before it is used");
    }

    private void Set(string name, PythonValue value, int line)
    {
        if (_frame?.Locals.Contains(name) == true)
        {
            _frame.Values[name] = value;
        }
        else
        {
            Names[name] = new DefinitionField(value, line);
        }
        if (_handedOn is { } code && (code.Reachable.ContainsKey(name) || _opened is not null))
        {
            code.Renewed.Add(_opened ?? name);
        }
    }

    /// <summary>
    /// Makes a variable unknown, because an assignment may have replaced its value. If not, code that uses the variable
    /// still changes that value, under all of its names.
    /// </summary>
    private void Unset(string name, int line, string reason)
    {
        PythonValue? held =
            _frame?.Locals.Contains(name) == true ? _frame.Values.GetValueOrDefault(name)
            : Names.TryGetValue(name, out DefinitionField found) ? found.Value
            : null;
        if (held is not null)
        {
            Escape(held, line);
        }
        Set(name, Unfollow(line, reason), line);
    }

    /// <summary>Records the use of a global variable that not every rez has.</summary>
    private void NoteName(string name)
    {
        if (_earlyNames is not null && name == Testing)
        {
            DependOn(name);
        }
    }

    private void TouchName(string name, bool assigned, int line)
    {
        if (_locals is not null && _locals.TryGetValue(name, out PythonValue? local))
        {
            Escape(local, line);
        }
        foreach (PythonFrame frame in _frames)
        {
            if (frame.Values.TryGetValue(name, out PythonValue? own))
            {
                Escape(own, line);
            }
        }
        if (_earlyNames is not null && _names.TryGetValue(name, out DefinitionField outer))
        {
            Escape(outer.Value, line);
        }
        if (_data is not null && _data.TryGetValue(name, out DefinitionField taken))
        {
            Escape(taken.Value, line);
        }
        if (Names.TryGetValue(name, out DefinitionField found) && _openNames?.Contains(name) != true)
        {
            Escape(found.Value, line);
        }
        else if (IsOpening(name))
        {
            ForgetNames(new PythonUnknown(line, $"may be set by code that uses '{name}'"));
            if (_handedOn?.Reachable.ContainsKey(name) == true)
            {
                _opened = name;
            }
        }
        if (assigned)
        {
            DefinitionField unknown = new(Unfollow(line, "is assigned by code"), line);
            _names[name] = unknown;
            _earlyNames?[name] = unknown;
        }
    }

    private void ForgetNames(PythonUnknown why)
    {
        foreach ((PythonValue value, _) in _names.Values.Concat(_data?.Values ?? Enumerable.Empty<DefinitionField>()))
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
        _data?.Clear();
        _anyName = why;
        _isMachineUnsure = true;
    }
}
