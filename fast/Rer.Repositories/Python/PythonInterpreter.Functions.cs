namespace Rer.Repositories.Python;

// Functions of the file. Their calls are followed, and rez's @early functions are run as rez runs them.
internal sealed partial class PythonInterpreter
{
    // No package nests calls more deeply, unless a function calls itself forever.
    private const int MaxCalls = 40;

    private readonly List<PythonFrame> _frames = new(0);

    /// <summary>The call being followed; null at the top level of the file.</summary>
    private PythonFrame? _frame;

    private PythonJump _jump;

    /// <summary>How a block is left before its end.</summary>
    private enum PythonJump : byte
    {
        None,
        Return,
        Break,
        Continue,
    }

    /// <summary>A name that @early functions can use from rez 3.2 on. Before that, it raises a NameError.</summary>
    private const string Testing = "testing";

    /// <summary>Why the next statement may not be reached, if an earlier one may have left the block.</summary>
    private string? MayHaveLeft() =>
        _frame?.Unsure is not null ? "where the function may already have returned"
        : _mayHaveLeftLoop ? "where the loop may already have ended"
        : null;

    private void Return(ReturnStatement statement, string? uncertain)
    {
        PythonValue value = statement.Value is null ? PythonNone.Instance : Evaluate(statement.Value);
        if (_frame is null)
        {
            return;
        }
        if (uncertain is null)
        {
            _frame.Returned = value;
            _jump = PythonJump.Return;
            return;
        }
        Escape(value, statement.Line);
        _frame.Unsure ??= Unfollow(statement.Line, $"is returned {uncertain}");
    }

    /// <summary>The result of a call of a function in the file; null if it is not followed.</summary>
    private PythonValue? CallFunction(
        PythonFunction function,
        List<PythonValue> arguments,
        List<(string? Name, PythonValue Value)> keywords,
        CallExpression call
    )
    {
        if (
            !_certain
            || function.Code is not { } code
            || _frames.Count == MaxCalls
            || keywords.Exists(keyword => keyword.Name is null)
            || call.Arguments.Exists(argument => argument is StarredExpression)
        )
        {
            return null;
        }
        if (code.Bind(arguments, keywords) is not { } values)
        {
            return Raises(call, $"a TypeError: '{function.Name}' does not take these arguments");
        }
        Dictionary<string, DefinitionField>? early = _earlyNames;
        _earlyNames = null; // functions see the file's variables, wherever they are called
        PythonValue result = Run(code, values, call);
        _earlyNames = early;
        return result;
    }

    private PythonValue Run(PythonFunctionCode code, Dictionary<string, PythonValue> values, PythonNode node)
    {
        GuardStack(node);
        Spend(LoopCost, node);
        PythonFrame frame = new(code.Locals, values);
        var outer = (_frame, _certain, _jump, _mayHaveLeftLoop, _locals);
        (_frame, _jump, _mayHaveLeftLoop, _locals) = (frame, PythonJump.None, false, null);
        _frames.Add(frame);
        Execute(code.Body, uncertain: null);
        _frames.RemoveAt(_frames.Count - 1);
        (_frame, _certain, _jump, _mayHaveLeftLoop, _locals) = outer;
        return frame.Unsure ?? frame.Returned ?? PythonNone.Instance;
    }

    /// <summary>
    /// rez runs <c>@early</c> functions once the file is loaded, in the order in which their names were first assigned,
    /// and replaces them by their results. Corresponds to <c>process_python_objects</c>.
    /// </summary>
    private void RunEarlyFunctions()
    {
        if (!_names.Values.Any(field => field.Value is PythonFunction { Binding: PythonBinding.Early }))
        {
            return;
        }
        _data = new Dictionary<string, DefinitionField>(_names);
        foreach ((string name, DefinitionField field) in _data.ToArray())
        {
            if (field.Value is PythonFunction { Binding: PythonBinding.Early } function)
            {
                PythonValue value = RunEarly(function);
                _data[name] = new DefinitionField(value, value is PythonUnknown unknown ? unknown.Line : function.Line);
            }
            (_processed ??= []).Add(name);
        }
        (_names, _data) = (_data, null);
    }

    private PythonValue RunEarly(PythonFunction function)
    {
        if (function.Code?.Parameters.Count > 1)
        {
            Fail(function.Line, "an @early function takes at most one argument");
        }
        if (_anyName is not null || function.Code is not { Parameters.Count: 0 } code)
        {
            IsFollowed = false;
            Touch(function.FirstToken, function.EndToken, function.Line, handedOn: false);
            TouchEscaped(function.Line);
            if (function.Code is { Parameters.Count: 1 })
            {
                ForgetNames(new PythonUnknown(function.Line, "may be changed by an @early function with an argument"));
            }
            return function;
        }
        _certain = true;
        _earlyNames = new Dictionary<string, DefinitionField>(_names)
        {
            ["this"] = new(new PythonNative("this"), function.Line),
            ["building"] = new(PythonBoolean.False, function.Line),
            [Testing] = new(PythonBoolean.False, function.Line),
            ["build_variant_index"] = new(new PythonInteger(0), function.Line),
            ["build_variant_requires"] = new(new PythonSequence(PythonSequenceKind.List, []), function.Line),
        };
        PythonValue value = Run(code, [], code.Definition);
        _earlyNames = null;
        return value is PythonFunction or PythonNative
            ? Unfollow(function.Line, "is an @early function that returns a function")
            : value;
    }
}
