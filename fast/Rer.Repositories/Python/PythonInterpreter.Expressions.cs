using System.Text;
using Rer.Repositories.Definitions;

namespace Rer.Repositories.Python;

// What expressions come to. An unknown operand makes an unknown result, with the reason of the innermost one.
internal sealed partial class PythonInterpreter
{
    private PythonValue Evaluate(PythonExpression expression)
    {
        GuardStack(expression);
        switch (expression)
        {
            case ConstantExpression constant:
                return constant.Value;
            case NameExpression name:
                return Lookup(name);
            case SequenceExpression sequence:
                return EvaluateSequence(sequence);
            case DictionaryExpression dictionary:
                return EvaluateDictionary(dictionary);
            case FormattedExpression formatted:
                return EvaluateFormatted(formatted);
            case UnaryExpression unary:
                return EvaluateUnary(unary);
            case BinaryExpression { Symbol: "and" or "or" } binary:
                return EvaluateLogic(binary);
            case BinaryExpression binary:
                PythonValue left = Evaluate(binary.Left);
                return Operate(binary, binary.Symbol, left, Evaluate(binary.Right));
            case ConditionalExpression conditional:
                return EvaluateConditional(conditional);
            case SubscriptExpression subscript:
                return EvaluateSubscript(subscript);
            case CallExpression call:
                return EvaluateCall(call, certain: false);
            case AttributeExpression attribute:
                // It may be a method that is called later.
                Escape(Evaluate(attribute.Target), attribute.Line);
                return Unknown(expression, $"uses '.{attribute.Name}', which is not constant");
            case StarredExpression starred:
                return Evaluate(starred.Value);
            default:
                Touch(expression);
                string what = expression is OpaqueExpression opaque ? opaque.What : "code";
                return Unknown(expression, $"is computed by {what}");
        }
    }

    private PythonUnknown Unknown(PythonNode node, string reason)
    {
        TouchEscaped(node.Line);
        return new PythonUnknown(node.Line, reason);
    }

    private PythonValue Lookup(NameExpression name)
    {
        if (_names.TryGetValue(name.Name, out DefinitionField found))
        {
            return found.Value;
        }
        ExpectDefined(name);
        return _anyName ?? Unknown(name, $"uses '{name.Name}', which this file does not assign before");
    }

    /// <summary>Notes that the file fails to load if a name that is not known here is no builtin either.</summary>
    private void ExpectDefined(NameExpression name)
    {
        if (_certain && _anyName is null && !PythonBuiltins.MayDefine(name.Name))
        {
            MayFail ??= new PythonUnknown(name.Line, $"name '{name.Name}' is not defined");
        }
    }

    /// <summary>Evaluates what may not be reached.</summary>
    private PythonValue EvaluateUncertain(PythonExpression expression)
    {
        bool certain = _certain;
        _certain = false;
        PythonValue value = Evaluate(expression);
        _certain = certain;
        return value;
    }

    private PythonSequence EvaluateSequence(SequenceExpression sequence)
    {
        List<PythonValue> items = new(sequence.Items.Count);
        PythonUnknown? unknown = null;
        foreach (PythonExpression item in sequence.Items)
        {
            PythonValue value = Evaluate(item);
            if (item is not StarredExpression)
            {
                items.Add(value);
            }
            else if (value is PythonSequence { Changed: null, Kind: not PythonSequenceKind.Set } more)
            {
                items.AddRange(more.Items);
            }
            else
            {
                Escape(value, item.Line);
                unknown ??= new PythonUnknown(item.Line, "unpacks what is not constant");
            }
        }
        return new PythonSequence(sequence.Kind, items) { Changed = unknown };
    }

    private PythonDictionary EvaluateDictionary(DictionaryExpression dictionary)
    {
        List<KeyValuePair<PythonValue, PythonValue>> entries = new(dictionary.Entries.Count);
        PythonUnknown? unknown = null;
        foreach ((PythonExpression? key, PythonExpression item) in dictionary.Entries)
        {
            PythonValue keyValue = key is null ? PythonNone.Instance : Evaluate(key);
            PythonValue value = Evaluate(item);
            if (key is not null)
            {
                entries.Add(new(keyValue, value));
            }
            else if (value is PythonDictionary { Changed: null } more)
            {
                entries.AddRange(more.Entries);
            }
            else
            {
                Escape(value, item.Line);
                unknown ??= new PythonUnknown(item.Line, "unpacks what is not constant");
            }
        }
        return new PythonDictionary(entries) { Changed = unknown };
    }

    private PythonValue EvaluateFormatted(FormattedExpression formatted)
    {
        StringBuilder text = new();
        foreach (PythonExpression part in formatted.Parts)
        {
            PythonValue value = Evaluate(part);
            if (PythonOperators.TextOf(value) is not { } piece)
            {
                Escape(value, part.Line);
                return value as PythonUnknown ?? Unknown(formatted, "is computed by a formatted string");
            }
            text.Append(piece);
        }
        return new PythonString(text.ToString());
    }

    private PythonValue EvaluateUnary(UnaryExpression unary)
    {
        PythonValue operand = Evaluate(unary.Operand);
        if (unary.Symbol == "not" && TruthOf(operand) is { } truth)
        {
            return PythonBoolean.Of(!truth);
        }
        return (unary.Symbol, operand) switch
        {
            ("-", PythonInteger integer) => new PythonInteger(-integer.Value),
            ("+", PythonInteger) => operand,
            ("-", PythonFloat number) => new PythonFloat(-number.Value),
            (_, PythonUnknown unknown) => unknown,
            _ => Unknown(unary, $"is computed by '{unary.Symbol}'"),
        };
    }

    private PythonValue EvaluateLogic(BinaryExpression binary)
    {
        PythonValue left = Evaluate(binary.Left);
        if (TruthOf(left) is { } truth)
        {
            return truth == (binary.Symbol == "or") ? left : Evaluate(binary.Right);
        }
        return OneOf(binary, left, EvaluateUncertain(binary.Right));
    }

    private PythonValue EvaluateConditional(ConditionalExpression conditional)
    {
        if (TruthOf(Evaluate(conditional.Condition)) is { } truth)
        {
            return Evaluate(truth ? conditional.WhenTrue : conditional.WhenFalse);
        }
        PythonValue whenTrue = EvaluateUncertain(conditional.WhenTrue);
        return OneOf(conditional, whenTrue, EvaluateUncertain(conditional.WhenFalse));
    }

    /// <summary>One of two values, of which it is not known which.</summary>
    private PythonUnknown OneOf(PythonExpression expression, PythonValue first, PythonValue second)
    {
        Escape(first, expression.Line);
        Escape(second, expression.Line);
        return Unknown(expression, "depends on a condition that is not constant");
    }

    private PythonValue EvaluateSubscript(SubscriptExpression subscript)
    {
        PythonValue target = Evaluate(subscript.Target);
        PythonValue index = Evaluate(subscript.Index);
        if (PythonOperators.ItemOf(target, index) is { } item)
        {
            return item;
        }
        Escape(target, subscript.Line);
        Escape(index, subscript.Line);
        return target as PythonUnknown ?? Unknown(subscript, "uses an item that is not constant");
    }

    private PythonValue Operate(PythonNode node, string symbol, PythonValue left, PythonValue right) =>
        PythonOperators.Apply(symbol, left, right)
        ?? left as PythonUnknown
        ?? right as PythonUnknown
        ?? (left as PythonContainer)?.Changed
        ?? (right as PythonContainer)?.Changed
        ?? Unknown(node, $"is computed by '{symbol}'");

    /// <summary>Whether a value is true in a condition; null if that is not known.</summary>
    private static bool? TruthOf(PythonValue value) =>
        value switch
        {
            PythonString text => text.Text.Length > 0,
            PythonInteger integer => !integer.Value.IsZero,
            PythonFloat number => number.Value != 0,
            PythonBoolean boolean => boolean.Value,
            PythonNone => false,
            PythonFunction => true,
            PythonSequence { Changed: null } sequence => sequence.Items.Count > 0,
            PythonDictionary { Changed: null } dictionary => dictionary.Entries.Count > 0,
            _ => null,
        };

    /// <summary>A call: the methods of lists and strings that package files use are followed, others are not.</summary>
    /// <param name="call">The call.</param>
    /// <param name="certain">Whether it is a statement that runs exactly once, so that it may change a list.</param>
    private PythonValue EvaluateCall(CallExpression call, bool certain)
    {
        if (call.Function is AttributeExpression method)
        {
            PythonValue target = Evaluate(method.Target);
            List<PythonValue> arguments = call.Arguments.ConvertAll(Evaluate);
            if (
                certain
                && target is PythonSequence { Kind: PythonSequenceKind.List, Changed: null } list
                && TryChange(list, method.Name, arguments)
            )
            {
                return PythonNone.Instance;
            }
            if (
                target is PythonString text
                && PythonOperators.CallMethod(text.Text, method.Name, arguments) is { } result
            )
            {
                return result;
            }
            Escape(target, call.Line);
        }
        Touch(call);
        return Unknown(call, $"is computed by a call{CalleeOf(call)}");
    }

    private static string CalleeOf(CallExpression call) =>
        call.Function switch
        {
            NameExpression name => $" of '{name.Name}'",
            AttributeExpression attribute => $" of '.{attribute.Name}'",
            _ => "",
        };

    private static bool TryChange(PythonSequence list, string method, List<PythonValue> arguments)
    {
        switch (method, arguments)
        {
            case ("append", [var item]):
                list.Items.Add(item);
                return true;
            case ("extend", [PythonSequence { Changed: null, Kind: not PythonSequenceKind.Set } more]):
                list.Items.AddRange(more.Items.ToArray());
                return true;
            case ("insert", [PythonInteger index, var item]):
                int count = list.Items.Count;
                list.Items.Insert(
                    (int)
                        System.Numerics.BigInteger.Max(
                            0,
                            System.Numerics.BigInteger.Min(index.Value < 0 ? index.Value + count : index.Value, count)
                        ),
                    item
                );
                return true;
            default:
                return false;
        }
    }
}
