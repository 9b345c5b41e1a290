namespace Rer.Repositories.Python;

// Definitions of functions and classes, with their decorators and annotations.
internal sealed partial class PythonInterpreter
{
    private void Define(DefinitionStatement definition, string? uncertain)
    {
        PythonBinding binding = definition.IsClass ? PythonBinding.Class : PythonBinding.None;
        List<PythonBinding?> bindings = definition.Decorators.ConvertAll(BindingOf);
        for (int i = 0; i < bindings.Count; i++)
        {
            if (bindings[i] is null)
            {
                Escape(Evaluate(definition.Decorators[i]), definition.Line);
            }
        }
        List<PythonValue> evaluated = EvaluateHeader(definition);
        // A nested function sees the variables of enclosing functions. That is not followed.
        bool isFollowed = definition.FollowedParameters is not null && _frame is null && uncertain is null;
        PythonValue value = new PythonFunction(
            definition.Name,
            binding,
            definition.Line,
            definition.FirstToken,
            definition.EndToken
        )
        {
            Code = isFollowed ? new PythonFunctionCode(definition, evaluated) : null,
        };
        if (_frame is not null)
        {
            Escape(value, definition.Line);
        }
        if (definition.IsClass)
        {
            Touch(definition); // the body runs now
        }
        for (int i = bindings.Count - 1; i >= 0; i--)
        {
            PythonExpression decorator = definition.Decorators[i];
            if (value is PythonFunction current && !definition.IsClass && bindings[i] is { } decorated)
            {
                CheckDecorator(definition, decorator, decorated);
                bool early = decorated == PythonBinding.Early || current.Binding == PythonBinding.Early;
                binding =
                    early ? PythonBinding.Early
                    : decorated == PythonBinding.None ? current.Binding
                    : decorated;
                value = current with { Binding = binding };
            }
            else
            {
                if (bindings[i] == PythonBinding.Late && s_commands.Contains(definition.Name))
                {
                    Undecided(decorator, $"@late on '{definition.Name}'");
                }
                if (value is not PythonUnknown)
                {
                    Touch(definition); // the decorator may call it
                    value = Unknown(decorator, "is computed by a decorator");
                }
            }
        }
        if (uncertain is not null)
        {
            Escape(value, definition.Line);
            Unset(definition.Name, definition.Line, $"is defined {uncertain}");
            return;
        }
        Set(definition.Name, value, definition.Line);
    }

    /// <summary>Evaluates the parts of a function or class that are evaluated when it is defined.</summary>
    /// <returns>The defaults of a function.</returns>
    private List<PythonValue> EvaluateHeader(DefinitionStatement definition)
    {
        List<PythonValue> values = [];
        foreach (PythonExpression expression in definition.Evaluated)
        {
            PythonValue value = Evaluate(expression);
            if (definition.IsClass && PythonOperators.IsKnown(value) && value is not PythonFunction)
            {
                Undecided(expression, $"a class of a {value.TypeName}");
            }
            Escape(value, expression.Line);
            values.Add(value);
        }
        definition.Annotations.ForEach(Annotate);
        if (definition.IsClass && !definition.Body.TrueForAll(IsHarmless))
        {
            Undecided(definition, "the body of a class");
        }
        return values;
    }

    /// <summary>Whether a statement in a class only defines something.</summary>
    private static bool IsHarmless(PythonStatement statement) =>
        statement
            is ExpressionStatement { Expression: ConstantExpression }
                or AssignStatement
                {
                    Targets: [NameExpression],
                    Value: ConstantExpression or SequenceExpression { Items: [] }
                }
                or DefinitionStatement { Decorators: [], Evaluated: [], IsClass: false };

    /// <summary>
    /// Handles an annotation. The rez version that this corresponds to does not run its code, but other versions do.
    /// </summary>
    private void Annotate(PythonExpression annotation)
    {
        if (annotation is not (NameExpression or ConstantExpression or AttributeExpression))
        {
            // What is taken to be changed, although it is not, may be used in a way that fails.
            bool isFollowed = IsFollowed && !MayChange(annotation);
            Touch(annotation);
            IsFollowed = isFollowed;
        }
    }

    /// <summary>Whether code that is not followed calls or assigns anything, or mentions a list of the file.</summary>
    private bool MayChange(PythonExpression code)
    {
        for (int at = code.FirstToken; at < code.EndToken; at++)
        {
            string text = TextOf(_tokens[at]);
            if (
                text is "(" or ":="
                || (Names.TryGetValue(text, out DefinitionField found) && found.Value is PythonContainer)
            )
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>The effect of rez's own decorators on a function; null for any other decorator.</summary>
    private PythonBinding? BindingOf(PythonExpression decorator)
    {
        PythonExpression callee = decorator is CallExpression { IsPlain: true } call ? call.Function : decorator;
        bool isSimple =
            callee is NameExpression
            || callee
                is SubscriptExpression { Target: CallExpression { Function: NameExpression { Name: "globals" } } };
        if (!isSimple || _anyName is not null || (callee is NameExpression name && !IsNative(name.Name)))
        {
            return null;
        }
        return (Evaluate(callee) as PythonNative)?.Path switch
        {
            "early" => PythonBinding.Early,
            "late" => PythonBinding.Late,
            "include" => PythonBinding.None,
            _ => null,
        };
    }

    /// <summary>Whether a name refers to something provided by rez, by default or through the file's imports.</summary>
    private bool IsNative(string name) =>
        Names.TryGetValue(name, out DefinitionField found) ? found.Value is PythonNative : PythonNatives.IsRez(name);

    private void CheckDecorator(DefinitionStatement definition, PythonExpression decorator, PythonBinding binding)
    {
        if (!_certain)
        {
            return;
        }
        string name = binding == PythonBinding.None ? "include" : binding.ToString().ToLowerInvariant();
        if (decorator is not CallExpression call)
        {
            Fail(decorator.Line, $"decorator '@{name}' must be called: '@{name}()'");
            return;
        }
        if (call.Arguments.Count == 0 == (binding == PythonBinding.None))
        {
            Fail(
                decorator.Line,
                binding == PythonBinding.None
                    ? $"decorator '@{name}' must be given a module's name"
                    : $"decorator '@{name}' takes no arguments"
            );
        }
        if (binding == PythonBinding.Late && s_commands.Contains(definition.Name))
        {
            Fail(decorator.Line, $"cannot use the @late decorator on function '{definition.Name}'");
        }
        if (binding == PythonBinding.Early && definition.Parameters > 1)
        {
            Undecided(decorator, $"@early on a function of {definition.Parameters} parameters");
        }
        call.Arguments.ForEach(argument => Escape(Evaluate(argument), argument.Line));
    }
}
