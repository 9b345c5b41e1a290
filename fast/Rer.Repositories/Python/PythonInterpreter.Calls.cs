using System.Numerics;

namespace Rer.Repositories.Python;

// Calls. A few builtins and the methods of lists and texts that package files use are followed. Other calls are not.
internal sealed partial class PythonInterpreter
{
    private static bool HasStar(CallExpression call) =>
        call.Arguments.Exists(argument => argument is StarredExpression);

    /// <summary>Evaluates a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="certain">Whether it is a statement that runs exactly once, so that it may change a list.</param>
    private PythonValue EvaluateCall(CallExpression call, bool certain)
    {
        PythonValue? target = call.Function is AttributeExpression method ? Evaluate(method.Target) : null;
        PythonValue? function =
            target is PythonNative native ? MemberOf(call, native, ((AttributeExpression)call.Function).Name)
            : target is not null || IsBuiltin(call.Function) ? null
            : Evaluate(call.Function);
        bool isListed = MakesList(call);
        List<PythonValue> arguments = call.Arguments.ConvertAll(argument =>
            isListed ? EvaluateIterable(argument) : EvaluateArgument(argument)
        );
        List<(string? Name, PythonValue Value)> keywords = call.Keywords.ConvertAll(keyword =>
            (keyword.Name, Evaluate(keyword.Value))
        );
        PythonValue? followed = function switch
        {
            PythonFunction { Binding: not PythonBinding.Class } own => CallFunction(own, arguments, keywords, call),
            PythonNative made when made == PythonListChange.Maker && !HasStar(call) => PythonListChange.Of(
                arguments,
                keywords
            ),
            PythonNative known when call.IsPlain => CallNative(call, known, arguments),
            _ => null,
        };
        if ((followed ?? CallKnown(call, target, arguments, keywords, certain)) is { } result)
        {
            Spend(PythonOperators.SizeOf(result), call);
            return result;
        }
        bool areKnown =
            arguments.TrueForAll(PythonOperators.IsKnown) && keywords.TrueForAll(k => PythonOperators.IsKnown(k.Value));
        bool mayFail =
            target is PythonFunction ? LacksMember(target, CalleeOf(call))
            : target is not null ? PythonOperators.IsKnown(target) && areKnown
            : function is null ? areKnown && !PythonBuiltins.Accepts(call)
            : PythonOperators.IsKnown(function) && function is not PythonFunction;
        if (mayFail)
        {
            Undecided(call, $"a call{CalleeOf(call)}", [.. arguments, target ?? PythonNone.Instance]);
        }
        if (target is not null)
        {
            Escape(target, call.Line);
        }
        if (function is not null)
        {
            Escape(function, call.Line);
        }
        arguments.ForEach(argument => Escape(argument, call.Line));
        keywords.ForEach(keyword => Escape(keyword.Value, call.Line));
        Touch(call);
        return Unknown(call, $"is computed by a call{CalleeOf(call)}");
    }

    private bool IsBuiltin(PythonExpression function) =>
        function is NameExpression name
        && _anyName is null
        && _locals?.ContainsKey(name.Name) != true
        && _frame?.Locals.Contains(name.Name) != true
        && !Names.ContainsKey(name.Name)
        && name.Name != PythonListChange.Maker.Path
        && PythonBuiltins.IsDefined(name.Name);

    /// <summary>Evaluates an argument. A generator is replaced by its items if they are known.</summary>
    private PythonValue EvaluateArgument(PythonExpression argument) =>
        argument is ComprehensionExpression { What: "a generator" } generator && ItemsOf(generator) is { } items
            ? items
            : Evaluate(argument);

    private PythonValue? CallKnown(
        CallExpression call,
        PythonValue? target,
        List<PythonValue> arguments,
        List<(string? Name, PythonValue Value)> keywords,
        bool certain
    )
    {
        string name = call.Function switch
        {
            AttributeExpression attribute => attribute.Name,
            NameExpression builtin => builtin.Name,
            _ => "",
        };
        if (
            target is PythonString format
            && name == "format"
            && !call.Arguments.Exists(a => a is StarredExpression)
            && keywords.TrueForAll(k => k.Name is not null)
        )
        {
            return PythonFormats.Braces(format.Text, arguments, keywords);
        }
        if (!call.IsPlain)
        {
            return null;
        }
        return target switch
        {
            PythonSequence { Kind: PythonSequenceKind.List, Changed: null } list when certain && _certain => TryChange(
                call,
                list,
                name,
                arguments
            )
                ? PythonNone.Instance
                : null,
            PythonSequence { Kind: PythonSequenceKind.List, Changed: null } list
                when name == "copy" && arguments.Count == 0 => new PythonSequence(
                PythonSequenceKind.List,
                [.. list.Items]
            ),
            PythonString text => PythonTexts.CallMethod(text.Text, name, arguments),
            PythonDictionary { Changed: null } dictionary => CallDictionary(dictionary, name, arguments),
            null when IsBuiltin(call.Function) && name is "globals" && arguments.Count == 0 => new PythonNative(
                "globals()"
            ),
            null when IsBuiltin(call.Function) && name is "exit" or "quit" => Ends(call),
            null when IsBuiltin(call.Function) => PythonBuiltins.Call(name, arguments, call.Arguments),
            _ => null,
        };
    }

    /// <summary>Whether a call iterates over its argument at once.</summary>
    private bool MakesList(CallExpression call) =>
        call is { IsPlain: true, Arguments: [CallExpression] }
        && (
            call.Function is AttributeExpression { Name: "join" }
            || (IsBuiltin(call.Function) && ((NameExpression)call.Function).Name is "list" or "tuple" or "sorted")
        );

    private static PythonValue? CallDictionary(PythonDictionary dictionary, string method, List<PythonValue> arguments)
    {
        if (method != "get" || arguments is not ([PythonString] or [PythonString, _]))
        {
            return null;
        }
        return PythonOperators.Apply("in", arguments[0], dictionary) switch
        {
            PythonBoolean { Value: true } => PythonOperators.ItemOf(dictionary, arguments[0]),
            PythonBoolean => arguments.Count == 2 ? arguments[1] : PythonNone.Instance,
            _ => null,
        };
    }

    /// <summary>Whether a value is a function that has no such member unless code adds it.</summary>
    private static bool LacksMember(PythonValue target, string name) =>
        target is PythonFunction { Binding: not PythonBinding.Class } && !name.Contains("__", StringComparison.Ordinal);

    private static string CalleeOf(CallExpression call) =>
        call.Function switch
        {
            NameExpression name => $" of '{name.Name}'",
            AttributeExpression attribute => $" of '.{attribute.Name}'",
            _ => "",
        };

    private bool TryChange(CallExpression call, PythonSequence list, string method, List<PythonValue> arguments)
    {
        List<PythonValue> items = list.Items;
        switch (method, arguments)
        {
            case ("append", [var item]):
                items.Add(item);
                return true;
            case ("extend", [PythonSequence { Changed: null, Kind: not PythonSequenceKind.Set } more]):
                Spend(more.Items.Count, call);
                items.AddRange(more.Items.ToArray());
                return true;
            case ("insert", [PythonInteger index, var item]):
                int count = items.Count;
                BigInteger at = index.Value < 0 ? index.Value + count : index.Value;
                Spend(count, call);
                items.Insert((int)BigInteger.Max(0, BigInteger.Min(at, count)), item);
                return true;
            case ("pop", []) when items.Count > 0:
                items.RemoveAt(items.Count - 1);
                return true;
            case ("pop", []):
                Raises(call, "an IndexError: pop from an empty list");
                return false;
            case ("remove", [PythonString { Text: var text }]) when items.TrueForAll(i => i is PythonString):
                Spend(items.Count, call);
                if (items.FindIndex(i => ((PythonString)i).Text == text) is >= 0 and var found)
                {
                    items.RemoveAt(found);
                    return true;
                }
                Raises(call, $"a ValueError: '{text}' is not in the list that it is removed from");
                return false;
            case ("clear", []):
                items.Clear();
                return true;
            case ("reverse", []):
                Spend(items.Count, call);
                items.Reverse();
                return true;
            case ("sort", []) when PythonOperators.Sorted(items) is { } sorted:
                Spend(items.Count, call);
                items.Clear();
                items.AddRange(sorted);
                return true;
            default:
                return false;
        }
    }

    private PythonValue EvaluateAttribute(AttributeExpression attribute)
    {
        PythonValue target = Evaluate(attribute.Target);
        if (target is PythonNative native && MemberOf(attribute, native, attribute.Name) is { } member)
        {
            return member;
        }
        if (s_openings.Contains(attribute.Name))
        {
            Open(attribute.Name, attribute.Line);
        }
        bool mayFail =
            PythonOperators.IsKnown(target)
            && (target is not PythonFunction || LacksMember(target, attribute.Name))
            && !(target is PythonSequence { Kind: PythonSequenceKind.List } && attribute.Name is "append" or "extend");
        // It may be a method that is called later.
        Escape(target, attribute.Line);
        return mayFail
            ? Undecided(attribute, $"'.{attribute.Name}' of a {target.TypeName}")
            : Unknown(attribute, $"uses '.{attribute.Name}', which is not constant");
    }
}
