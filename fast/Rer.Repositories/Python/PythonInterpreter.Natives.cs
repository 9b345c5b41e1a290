namespace Rer.Repositories.Python;

// The parts of Python, rez and the machine that a file uses.
internal sealed partial class PythonInterpreter
{
    private readonly HostFacts _host;
    private SortedSet<string>? _dependsOn;

    /// <summary>Names that give access to arbitrary code, which may be any of <see cref="s_openings"/>.</summary>
    private HashSet<string>? _openNames;

    /// <summary>Whether code that is not followed may have set environment variables.</summary>
    private bool _isEnvironmentUnsure;

    /// <summary>Whether code may have changed what Python reports about the machine.</summary>
    private bool _isMachineUnsure;

    /// <summary>
    /// The facts about the machine, the environment and the version of rez that the file has used, each as written in
    /// Python. If one of them differs, the definition may differ too.
    /// </summary>
    public IReadOnlyCollection<string> DependsOn => _dependsOn ?? (IReadOnlyCollection<string>)[];

    private void Import(ImportStatement import, string? uncertain)
    {
        if (import.Everything)
        {
            ForgetNames(Unfollow(import.Line, "may be set by 'import *'"));
        }
        foreach (ImportedName name in import.Names)
        {
            PythonValue value = Imported(import, name);
            if (uncertain is not null)
            {
                Escape(value, import.Line);
                Unset(name.Name, import.Line, "is imported");
                continue;
            }
            Set(name.Name, value, import.Line);
        }
    }

    private PythonValue Imported(ImportStatement import, ImportedName name)
    {
        if (!PythonNatives.HasModule(name.Module))
        {
            // The module may be missing, and it runs code when it is imported.
            _isEnvironmentUnsure = true;
            return Unfollow(import.Line, "is imported");
        }
        if (name.Member is not null && (PythonNatives.IsOpen(name.Module) || s_openings.Contains(name.Member)))
        {
            (_openNames ??= []).Add(name.Name);
            return Unfollow(import.Line, "is imported");
        }
        PythonNative? module = PythonNatives.Module(name.IsRoot ? name.Module.Split('.')[0] : name.Module);
        if (name.Member is null)
        {
            return module ?? (PythonValue)new PythonUnknown(import.Line, "is imported");
        }
        return (module is null ? null : MemberOf(import, module, name.Member)) ?? Unfollow(import.Line, "is imported");
    }

    /// <summary>A member of a module or object; null if unknown.</summary>
    private PythonValue? MemberOf(PythonNode node, PythonNative native, string name) =>
        (native.Path, name) switch
        {
            ("this", _) => MemberOfThis(node, name),
            ("sys", "platform") => Fact("sys.platform", _host.SysPlatform),
            ("os", "name") => Fact("os.name", _host.OsName),
            ("os" or "os.path", "sep") => Fact("os.name", _host.IsPosix is { } posix ? (posix ? "/" : "\\") : null),
            ("os" or "os.path", "pathsep") => Fact("os.name", _host.IsPosix is { } posix ? (posix ? ":" : ";") : null),
            ("rez.system.system", "platform") or ("rez.utils.platform_.platform_", "name") => Fact(
                "platform.system()",
                _host.RezPlatform
            ),
            _ => PythonNatives.Member(native.Path, name),
        };

    /// <summary>
    /// What an @early function sees of the package: the current state of the file's data. Corresponds to
    /// <c>EarlyThis</c>.
    /// </summary>
    private PythonValue? MemberOfThis(PythonNode node, string name)
    {
        if (name == "_data")
        {
            ForgetNames(Unfollow(node.Line, "may be set through 'this._data'"));
        }
        if (_anyName is not null || _scopes?.ContainsKey(name) == true)
        {
            return null;
        }
        if (PythonNatives.IsRez(name) || name is "scope" or "__builtins__" || !_data!.TryGetValue(name, out var found))
        {
            return name.StartsWith("__", StringComparison.Ordinal) && name.EndsWith("__", StringComparison.Ordinal)
                ? null
                : Raises(node, $"an AttributeError: no such package attribute '{name}'");
        }
        return found.Value switch
        {
            PythonFunction { Binding: PythonBinding.Early or PythonBinding.Late } function => _processed?.Contains(name)
            == true
                ? Unfollow(function.Line, $"uses '{name}', which is a function")
                : Raises(
                    node,
                    $"a ValueError: an @early function cannot refer to '{name}', which is an @early or @late function"
                ),
            _ => found.Value,
        };
    }

    private void DependOn(string what) => (_dependsOn ??= new(StringComparer.Ordinal)).Add(what);

    /// <summary>A fact that Python reports about the machine; null if unknown.</summary>
    private PythonString? Fact(string what, string? value)
    {
        DependOn(what);
        return value is null || _isMachineUnsure ? null : new PythonString(value);
    }

    /// <summary>The value of an environment variable; None if it is not set, null if unknown.</summary>
    private PythonValue? Variable(string name)
    {
        DependOn($"os.environ['{name}']");
        return _isEnvironmentUnsure || _isMachineUnsure || !_host.TryReadVariable(name, out string? value) ? null
            : value is null ? PythonNone.Instance
            : new PythonString(value);
    }

    /// <summary>The result of a function that is neither a builtin nor defined in the file; null if unknown.</summary>
    private PythonValue? CallNative(CallExpression call, PythonNative function, List<PythonValue> arguments)
    {
        switch (function.Path, arguments)
        {
            case ("platform.system", []):
                return Fact("platform.system()", _host.System);
            case ("platform.machine", []):
                return Fact("platform.machine()", _host.Machine);
            case ("os.getenv" or "os.environ.get", [PythonString name]):
                return Variable(name.Text);
            case ("os.getenv" or "os.environ.get", [PythonString name, var otherwise]):
                PythonValue? variable = Variable(name.Text);
                return variable is PythonNone ? otherwise : variable;
            case ("os.path.join" or "os.path.basename" or "os.path.dirname", _):
                return arguments.TrueForAll(a => a is PythonString) && Fact("os.name", _host.OsName)?.Text == "posix"
                    ? PythonPaths.Call(function.Path, arguments.ConvertAll(a => ((PythonString)a).Text))
                    : null;
            case ("ast.literal_eval", [PythonString text]):
                return PythonParser.ParseLiteral(_source.Path, text.Text);
            case ("ast.literal_eval", [PythonNone or PythonBoolean or PythonInteger]):
                return Raises(call, "a ValueError: ast.literal_eval takes a text");
            case ("rez.package_py_utils.expand_requirement", [PythonString request]):
                return request.Text.Contains('*', StringComparison.Ordinal) ? null : request;
            case ("rez.package_py_utils.expand_requires", _):
                return arguments.TrueForAll(a => a is PythonString t && !t.Text.Contains('*', StringComparison.Ordinal))
                    ? new PythonSequence(PythonSequenceKind.List, [.. arguments])
                    : null;
            case ("sys.exit" or "os._exit", _):
                return Ends(call);
            case ("globals().get", [PythonString name]):
                return GlobalOf(call, name.Text, PythonNone.Instance);
            case ("globals().get", [PythonString name, var otherwise]):
                return GlobalOf(call, name.Text, otherwise);
            default:
                return null;
        }
    }

    /// <summary>Called for code that ends the process, and rez with it.</summary>
    private PythonUnknown Ends(PythonNode node)
    {
        if (_certain && MayFail is null)
        {
            throw _source.Error(node.Line, "the file ends the process when it is loaded, and would end rez");
        }
        return MayRaise(node, "the file may end the process when it is loaded");
    }

    /// <summary>Ends with an exception that the file raises, unless it is assumed to load.</summary>
    private void Fail(int line, string message)
    {
        if (!_assumesLoading)
        {
            throw _source.Error(line, message);
        }
    }

    /// <summary>An exception that is certain if its location is reached.</summary>
    /// <param name="node">The location.</param>
    /// <param name="exception">The exception, with an article.</param>
    private PythonUnknown Raises(PythonNode node, string exception)
    {
        if (_certain && MayFail is null)
        {
            throw _source.Error(node.Line, $"the file raises {exception}");
        }
        return Unknown(node, $"may raise {exception}");
    }

    private PythonUnknown MayRaise(PythonNode node, string what)
    {
        PythonUnknown unknown = Unfollow(node.Line, what);
        if (_frame is null)
        {
            MayFail ??= unknown;
        }
        return unknown;
    }

    /// <summary>An item of an object that belongs to a module or to rez; null if unknown.</summary>
    private PythonValue? ItemOf(PythonNode node, PythonNative native, PythonValue index)
    {
        if (index is not PythonString { Text: var key })
        {
            return null;
        }
        switch (native.Path)
        {
            case "os.environ":
                PythonValue? variable = Variable(key);
                return variable is PythonNone
                    ? Raises(node, $"a KeyError: the environment variable '{key}' is not set")
                    : variable;
            case "globals()":
                return GlobalOf(node, key, null);
            default:
                return null;
        }
    }

    /// <summary>A global variable by its name; null if unknown.</summary>
    /// <param name="node">The location.</param>
    /// <param name="name">Its name.</param>
    /// <param name="otherwise">The value if there is no such variable; null if that raises an exception.</param>
    private PythonValue? GlobalOf(PythonNode node, string name, PythonValue? otherwise)
    {
        if (Names.TryGetValue(name, out DefinitionField found))
        {
            return found.Value;
        }
        if (_anyName is not null || name.StartsWith("__", StringComparison.Ordinal))
        {
            return null;
        }
        return PythonNatives.IsRez(name) || name == "scope"
            ? new PythonNative(name)
            : otherwise ?? Raises(node, $"a KeyError: there is no global variable '{name}'");
    }

    private bool _isOpen;

    /// <summary>Called when code can reach all names of the file from now on, through one of them.</summary>
    private void Open(string name, int line)
    {
        (_handedOn ??= new()).Reachable.TryAdd(name, false);
        if (_isOpen)
        {
            return; // ForgetNames has come across the name that gave access
        }
        _isOpen = true;
        _opened = name;
        ForgetNames(new PythonUnknown(line, $"may be set by code that uses '{name}'"));
        _isOpen = false;
    }

    private bool IsOpening(string name) => s_openings.Contains(name) || _openNames?.Contains(name) == true;
}
