namespace Rer.Repositories.Python;

// The effects that code may have on the names and lists of the file if it is not followed.
internal sealed partial class PythonInterpreter
{
    /// <summary>Names through which code can reach all variables of the file.</summary>
    private static readonly HashSet<string> s_openings =
    [
        "globals",
        "locals",
        "vars",
        "exec",
        "eval",
        "_getframe",
        "__globals__",
        "__dict__",
        "currentframe",
        "stack",
        "getattr",
        "setattr",
        "delattr",
        "attrgetter",
        "methodcaller",
        "import_module",
        "f_globals",
        "f_locals",
        "f_back",
        "f_builtins",
        "gi_frame",
        "tb_frame",
        "__import__",
        "__builtins__",
        "__getattribute__",
        "__getattr__",
        "__subclasses__",
        "__self__",
        "__closure__",
        "__code__",
        "get_objects",
        "get_referrers",
        "FunctionType",
        "run_path",
        "run_module",
    ];

    /// <summary>Null as long as no code has been handed on, as in most files.</summary>
    private HandedOnCode? _handedOn;

    /// <summary>Code that was handed on to other code, and may run at any later time.</summary>
    private sealed class HandedOnCode
    {
        /// <summary>The start of each piece of code.</summary>
        public HashSet<int> Starts { get; } = [];

        /// <summary>The pieces that have not been searched yet.</summary>
        public Queue<(int First, int End)> Unread { get; } = [];

        /// <summary>The names that the code mentions, and whether it may assign them.</summary>
        public Dictionary<string, bool> Reachable { get; } = [];

        /// <summary>The names assigned since the code was last assumed to have run.</summary>
        public List<string> Renewed { get; } = [];
    }

    /// <summary>Called when code gets access to a value. A list in it may change from now on.</summary>
    private void Escape(PythonValue value, int line)
    {
        if (value is PythonFunction function)
        {
            EscapeCode(function.FirstToken, function.EndToken);
        }
        if (value is PythonNative { Path: "globals()" or "globals().get" })
        {
            Open("globals", line);
        }
        if (value is not PythonContainer { Changed: null })
        {
            return;
        }
        Stack<PythonValue> left = new([value]); // lists may be nested very deeply, so this does not recurse
        while (left.TryPop(out PythonValue? next))
        {
            if (next is PythonFunction inner)
            {
                EscapeCode(inner.FirstToken, inner.EndToken);
            }
            if (next is PythonNative { Path: "globals()" or "globals().get" })
            {
                Open("globals", line);
            }
            if (next is PythonContainer { Changed: null } container)
            {
                container.Changed = new PythonUnknown(line, "may be changed by code");
                foreach (PythonValue item in container.Contents)
                {
                    left.Push(item);
                }
            }
        }
    }

    private void EscapeCode(int firstToken, int endToken)
    {
        HandedOnCode code = _handedOn ??= new();
        if (code.Starts.Add(firstToken))
        {
            code.Unread.Enqueue((firstToken, endToken));
        }
    }

    /// <summary>Called for code that runs without being followed.</summary>
    private void Touch(PythonNode code)
    {
        IsFollowed = false;
        _isEnvironmentUnsure = true;
        Touch(code.FirstToken, code.EndToken, code.Line, handedOn: false);
        TouchEscaped(code.Line);
    }

    private void TouchEscaped(int line)
    {
        if (_handedOn is not { } handedOn)
        {
            return;
        }
        // A function may mention other functions, and names may have been assigned since.
        while (true)
        {
            if (handedOn.Unread.TryDequeue(out (int First, int End) code))
            {
                Touch(code.First, code.End, line, handedOn: true);
            }
            else if (handedOn.Renewed.Count > 0)
            {
                string name = handedOn.Renewed[^1];
                handedOn.Renewed.RemoveAt(handedOn.Renewed.Count - 1);
                TouchName(name, handedOn.Reachable[name], line);
            }
            else
            {
                return;
            }
        }
    }

    private void Touch(int firstToken, int endToken, int line, bool handedOn)
    {
        bool global = false;
        for (int at = firstToken; at < endToken; at++)
        {
            PythonToken token = _tokens[at];
            if (token.Kind == PythonTokenKind.String)
            {
                TouchString(token, line, handedOn);
                continue;
            }
            if (token.Kind != PythonTokenKind.Name)
            {
                global &= token.Kind == PythonTokenKind.Operator;
                continue;
            }
            string name = TextOf(token);
            if (at > firstToken && TextOf(_tokens[at - 1]) == ".")
            {
                TouchMember(name, at, line);
            }
            bool assigned = global || TextOf(_tokens[at + 1]) == ":=";
            global |= name == "global";
            if (name == "lambda")
            {
                EscapeCode(firstToken, endToken);
            }
            Reach(name, assigned, line, handedOn);
        }
    }

    /// <summary>Called if code that is not followed mentions a member of something.</summary>
    private void TouchMember(string name, int at, int line)
    {
        if (name == "_data" && _earlyNames is not null)
        {
            ForgetNames(new PythonUnknown(line, "may be set through 'this._data'"));
        }
        // A member of a module is assigned.
        _isMachineUnsure |= TextOf(_tokens[at + 1]) == "=";
    }

    private void Reach(string name, bool assigned, int line, bool handedOn)
    {
        if (handedOn)
        {
            Dictionary<string, bool> reachable = _handedOn!.Reachable;
            reachable[name] = assigned || reachable.GetValueOrDefault(name);
        }
        TouchName(name, assigned, line);
    }

    /// <summary>The name through which handed-on code can reach all variables; null if there is none.</summary>
    private string? _opened;

    /// <summary>An f-string contains code, so each word in it may be a name.</summary>
    private void TouchString(PythonToken token, int line, bool handedOn)
    {
        ReadOnlySpan<char> text = _source.Text.AsSpan(token.Start, token.Length);
        int quote = text.IndexOfAny('"', '\'');
        if (text[..quote].IndexOfAny('f', 'F') < 0)
        {
            return;
        }
        for (int start = quote; start < text.Length; start++)
        {
            int end = start;
            while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_'))
            {
                end++;
            }
            if (end > start)
            {
                Reach(text[start..end].ToString(), assigned: false, line, handedOn);
                start = end;
            }
        }
    }

    private string TextOf(PythonToken token) => _source.Text.Substring(token.Start, token.Length);
}
