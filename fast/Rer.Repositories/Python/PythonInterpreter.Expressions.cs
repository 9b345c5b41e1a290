using System.Text;

namespace Rer.Repositories.Python;

// Evaluates expressions. An unknown operand makes the result unknown, with the reason of the innermost operand.
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
            case ComparisonChain chain:
                return EvaluateChain(chain);
            case ConditionalExpression conditional:
                return EvaluateConditional(conditional);
            case SubscriptExpression subscript:
                return EvaluateSubscript(subscript);
            case CallExpression call:
                return EvaluateCall(call, certain: false);
            case AttributeExpression attribute:
                return EvaluateAttribute(attribute);
            case NamedExpression named:
                return EvaluateNamed(named);
            case ComprehensionExpression comprehension:
                return EvaluateComprehension(comprehension);
            case LambdaExpression lambda:
                lambda.Defaults.ForEach(value => Escape(Evaluate(value), lambda.Line));
                Touch(lambda);
                return Unknown(lambda, "is computed by a lambda");
            case StarredExpression starred:
                return Evaluate(starred.Value);
            case OpaqueExpression { What: "a complex number" or "'...'" } constant:
                return new PythonOther(constant.What == "'...'" ? "ellipsis" : "complex");
            case OpaqueExpression { What: "a character's name" }:
                return Unknown(expression, "contains a character by its name");
            default:
                Touch(expression);
                string what = expression is OpaqueExpression opaque ? opaque.What : "code";
                return Unknown(expression, $"is computed by {what}");
        }
    }

    private PythonUnknown Unknown(PythonNode node, string reason)
    {
        TouchEscaped(node.Line);
        return Unfollow(node.Line, reason);
    }

    /// <summary>A value that is unknown because code is not followed. That code may also fail.</summary>
    private PythonUnknown Unfollow(int line, string reason)
    {
        IsFollowed = false;
        return new PythonUnknown(line, reason);
    }

    /// <summary>
    /// The result of an operation on known values that is not computed here. It may fail, and then rez loads nothing.
    /// Only Python can tell.
    /// </summary>
    /// <param name="node">The operation.</param>
    /// <param name="what">Its name.</param>
    /// <param name="operands">Its operands.</param>
    private PythonUnknown Undecided(PythonNode node, string what, params ReadOnlySpan<PythonValue> operands)
    {
        long size = 0;
        foreach (PythonValue operand in operands)
        {
            size += PythonOperators.SizeOf(operand);
        }
        if (size > PythonOperators.MaxSize / 4)
        {
            what = $"{what}, of more than {PythonOperators.MaxSize / 4} characters and items,";
        }
        if (_certain && _frame is null)
        {
            MayFail ??= new PythonUnknown(node.Line, $"{what} may fail");
        }
        return Unknown(node, $"is computed by {what}");
    }

    /// <summary>Evaluates an expression that may not be reached.</summary>
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
                Spend(more.Items.Count, item);
                items.AddRange(more.Items);
            }
            else
            {
                unknown ??= NotUnpacked(item, value);
            }
        }
        if (sequence.Kind == PythonSequenceKind.Set)
        {
            items.ForEach(item => ExpectHashable(sequence, item));
        }
        return new PythonSequence(sequence.Kind, items) { Changed = unknown };
    }

    private PythonUnknown NotUnpacked(PythonExpression item, PythonValue value)
    {
        PythonUnknown unpacked = PythonOperators.IsKnown(value)
            ? Undecided(item, $"unpacking of a {value.TypeName}")
            : Unfollow(item.Line, "unpacks a value that is not constant");
        Escape(value, item.Line);
        return unpacked;
    }

    private void ExpectHashable(PythonExpression node, PythonValue key)
    {
        if (PythonOperators.IsHashable(key) == false)
        {
            Undecided(node, $"hashing a {key.TypeName}");
        }
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
                ExpectHashable(key, keyValue);
                entries.Add(new(keyValue, value));
            }
            else if (value is PythonDictionary { Changed: null } more)
            {
                Spend(more.Entries.Count, item);
                entries.AddRange(more.Entries);
            }
            else
            {
                unknown ??= NotUnpacked(item, value);
            }
        }
        return new PythonDictionary(entries) { Changed = unknown };
    }

    private PythonValue EvaluateFormatted(FormattedExpression formatted)
    {
        StringBuilder text = new();
        PythonUnknown? unknown = null;
        foreach (PythonExpression part in formatted.Parts)
        {
            PythonValue value = Evaluate(part);
            string? piece = PythonFormats.TextOf(value);
            if (piece is not null && formatted.IsPlain)
            {
                Spend(piece.Length, part);
                text.Append(piece);
                continue;
            }
            Escape(value, part.Line);
            unknown ??= FirstUnknown(value);
            if (piece is null && unknown is null && formatted.IsPlain)
            {
                unknown =
                    value is PythonInteger
                        ? Undecided(formatted, "writing a very long number")
                        : Unknown(formatted, "is computed by a formatted string");
            }
        }
        if (!formatted.IsPlain)
        {
            return unknown ?? Undecided(formatted, "a formatted string");
        }
        return unknown ?? (PythonValue)new PythonString(text.ToString());
    }

    private PythonValue EvaluateUnary(UnaryExpression unary)
    {
        PythonValue operand = Evaluate(unary.Operand);
        if (unary.Symbol == "not")
        {
            return TruthOf(operand) is { } truth
                ? PythonBoolean.Of(!truth)
                : operand as PythonUnknown ?? Unknown(unary, "is computed by 'not'");
        }
        return (unary.Symbol, operand) switch
        {
            ("-", PythonInteger integer) => new PythonInteger(-integer.Value),
            ("+", PythonInteger or PythonFloat) => operand,
            ("~", PythonInteger integer) => new PythonInteger(-integer.Value - 1),
            ("-", PythonFloat number) => new PythonFloat(-number.Value),
            (_, PythonUnknown unknown) => unknown,
            _ => Undecided(unary, $"'{unary.Symbol}'"),
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

    private PythonValue EvaluateChain(ComparisonChain chain)
    {
        PythonValue left = Evaluate(chain.First);
        PythonValue result = left;
        foreach ((string symbol, PythonExpression operand) in chain.Others)
        {
            PythonValue right = Evaluate(operand);
            result = Operate(chain, symbol, left, right);
            switch (TruthOf(result))
            {
                case false:
                    return result;
                case null:
                    Touch(chain);
                    return Unknown(chain, "is computed by a chain of comparisons");
            }
            left = right;
        }
        return result;
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

    /// <summary>The result if it is one of two values, and it is not known which.</summary>
    private PythonUnknown OneOf(PythonExpression expression, PythonValue first, PythonValue second)
    {
        Escape(first, expression.Line);
        Escape(second, expression.Line);
        return Unknown(expression, "depends on a condition that is not constant");
    }

    private PythonValue EvaluateNamed(NamedExpression named)
    {
        PythonValue value = Evaluate(named.Value);
        if (_certain)
        {
            Set(named.Name, value, named.Line);
            return value;
        }
        Escape(value, named.Line);
        Unset(named.Name, named.Line, "is assigned where it may not be reached");
        return value;
    }

    private static PythonUnknown? FirstUnknown(params ReadOnlySpan<PythonValue> values)
    {
        foreach (PythonValue value in values)
        {
            if ((value as PythonUnknown ?? (value as PythonContainer)?.Changed) is { } unknown)
            {
                return unknown;
            }
        }
        return null;
    }

    private PythonValue Operate(PythonNode node, string symbol, PythonValue left, PythonValue right)
    {
        if (
            symbol is "in" or "not in"
            && right is PythonNative { Path: "os.environ" }
            && left is PythonString name
            && Variable(name.Text) is { } variable
        )
        {
            return PythonBoolean.Of(variable is PythonNone == (symbol == "not in"));
        }
        if (PythonOperators.Apply(symbol, left, right) is { } result)
        {
            Spend(PythonOperators.SizeOf(result), node);
            return result;
        }
        return FirstUnknown(left, right)
            ?? (
                symbol is "==" or "!=" or "is" or "is not"
                    ? Unknown(node, $"is computed by '{symbol}'")
                    : Undecided(node, $"'{symbol}' of a {left.TypeName} and a {right.TypeName}", left, right)
            );
    }

    /// <summary>Whether a value counts as true in a condition; null if unknown.</summary>
    public static bool? TruthOf(PythonValue value) =>
        value switch
        {
            PythonString text => text.Text.Length > 0,
            PythonBytes bytes => !bytes.IsEmpty,
            PythonInteger integer => !integer.Value.IsZero,
            PythonFloat number => number.Value != 0,
            PythonBoolean boolean => boolean.Value,
            PythonNone => false,
            PythonFunction => true,
            PythonSequence { Changed: null } sequence => sequence.Items.Count > 0,
            PythonDictionary { Changed: null } dictionary => dictionary.Entries.Count > 0,
            _ => null,
        };
}
