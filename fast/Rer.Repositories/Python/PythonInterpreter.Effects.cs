using Rer.Repositories.Definitions;

namespace Rer.Repositories.Python;

// What code that is not followed may do to the names and lists of the file.
internal sealed partial class PythonInterpreter
{
    /// <summary>Names through which code reaches all variables of the file.</summary>
    private static readonly HashSet<string> Openings =
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
    ];

    /// <summary>Code that was handed on and may run at any later time.</summary>
    private readonly List<PythonFunction> _escaped = [];

    /// <summary>Called for a value that code gets hold of: a list in it may change from now on.</summary>
    private void Escape(PythonValue value, int line)
    {
        switch (value)
        {
            case PythonContainer { Changed: null } container:
                container.Changed = new PythonUnknown(line, "may be changed by code");
                foreach (PythonValue item in container.Contents)
                {
                    Escape(item, line);
                }
                break;
            case PythonFunction function when !_escaped.Contains(function):
                _escaped.Add(function);
                break;
        }
    }

    /// <summary>Called for code that runs without being followed.</summary>
    private void Touch(PythonNode code)
    {
        Touch(code.FirstToken, code.EndToken, code.Line);
        TouchEscaped(code.Line);
    }

    private void TouchEscaped(int line)
    {
        // The list may grow on the way: functions mention functions.
        for (int i = 0; i < _escaped.Count; i++)
        {
            Touch(_escaped[i].FirstToken, _escaped[i].EndToken, line);
        }
    }

    private void Touch(int firstToken, int endToken, int line)
    {
        bool global = false;
        for (int at = firstToken; at < endToken; at++)
        {
            PythonToken token = _tokens[at];
            if (token.Kind == PythonTokenKind.String)
            {
                TouchString(token, line);
                continue;
            }
            if (token.Kind != PythonTokenKind.Name)
            {
                global &= token.Kind == PythonTokenKind.Operator;
                continue;
            }
            string name = TextOf(token);
            bool assigned = global || TextOf(_tokens[at + 1]) == ":=";
            global |= name == "global";
            if (name == "lambda" && !IsEscaped(firstToken))
            {
                _escaped.Add(new PythonFunction(PythonBinding.None, line, firstToken, endToken));
            }
            TouchName(name, assigned, line);
        }
    }

    private void TouchName(string name, bool assigned, int line)
    {
        if (_names.TryGetValue(name, out DefinitionField found))
        {
            Escape(found.Value, line);
        }
        else if (Openings.Contains(name))
        {
            ForgetNames(new PythonUnknown(line, $"may be assigned by '{name}'"));
        }
        if (assigned)
        {
            Set(name, new PythonUnknown(line, "is assigned by code"), line);
        }
    }

    /// <summary>An f-string holds code: each word in it may be a name.</summary>
    private void TouchString(PythonToken token, int line)
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
                TouchName(text[start..end].ToString(), assigned: false, line);
                start = end;
            }
        }
    }

    private bool IsEscaped(int firstToken) => _escaped.Exists(function => function.FirstToken == firstToken);

    private string TextOf(PythonToken token) => _source.Text.Substring(token.Start, token.Length);

    private void Define(DefinitionStatement definition, string? uncertain)
    {
        PythonBinding binding = definition.IsClass ? PythonBinding.Class : PythonBinding.None;
        PythonFunction function = new(binding, definition.Line, definition.FirstToken, definition.EndToken);
        PythonValue value = function;
        if (definition.IsClass)
        {
            Touch(definition); // its body runs now
        }
        foreach (PythonExpression decorator in Enumerable.Reverse(definition.Decorators))
        {
            if (value is PythonFunction current && !definition.IsClass && BindingOf(decorator) is { } decorated)
            {
                CheckDecorator(definition, decorator, decorated);
                bool early = decorated == PythonBinding.Early || current.Binding == PythonBinding.Early;
                binding =
                    early ? PythonBinding.Early
                    : decorated == PythonBinding.None ? current.Binding
                    : decorated;
                value = function = function with { Binding = binding };
            }
            else
            {
                Touch(definition); // the decorator may call it
                value = Unknown(decorator, "is computed by a decorator");
            }
        }
        if (uncertain is not null)
        {
            Escape(value, definition.Line);
            value = new PythonUnknown(definition.Line, $"is defined {uncertain}");
        }
        Set(definition.Name, value, definition.Line);
    }

    /// <summary>What rez's own decorators make of a function; null for any other decorator.</summary>
    private PythonBinding? BindingOf(PythonExpression decorator)
    {
        NameExpression? name = (decorator as CallExpression)?.Function as NameExpression ?? decorator as NameExpression;
        return name is null || _anyName is not null || _names.ContainsKey(name.Name)
            ? null
            : name.Name switch
            {
                "early" => PythonBinding.Early,
                "late" => PythonBinding.Late,
                "include" => PythonBinding.None,
                _ => null,
            };
    }

    private void CheckDecorator(DefinitionStatement definition, PythonExpression decorator, PythonBinding binding)
    {
        if (decorator is not CallExpression)
        {
            string name = ((NameExpression)decorator).Name;
            throw _source.Error(decorator.Line, $"decorator '@{name}' must be called: '@{name}()'");
        }
        if (binding == PythonBinding.Late && definition.Name.EndsWith("commands", StringComparison.Ordinal))
        {
            throw _source.Error(decorator.Line, $"cannot use the @late decorator on function '{definition.Name}'");
        }
    }

    /// <summary>
    /// rez runs <c>@early</c> functions once the file is loaded. They see the file's lists: those of which they, or
    /// functions that they may call, as much as say the name are unknown from then on.
    /// </summary>
    private void RunEarlyFunctions()
    {
        foreach ((PythonValue value, int line) in _names.Values.ToArray())
        {
            if (value is PythonFunction { Binding: PythonBinding.Early } function)
            {
                Touch(function.FirstToken, function.EndToken, line);
                TouchEscaped(line);
            }
        }
    }
}
