namespace Rer.Repositories.Python;

// Comprehensions over known lists are evaluated.
internal sealed partial class PythonInterpreter
{
    /// <summary>The variables of the comprehension being evaluated, and of the enclosing ones.</summary>
    private Dictionary<string, PythonValue>? _locals;

    private PythonValue EvaluateComprehension(ComprehensionExpression comprehension)
    {
        if (comprehension.What == "a generator")
        {
            // The rest runs later, but this is evaluated at once.
            PythonValue first = Evaluate(comprehension.Clauses[0].Items);
            ExpectIterable(comprehension, first);
        }
        else if (ItemsOf(comprehension) is { } items)
        {
            return items;
        }
        Touch(comprehension);
        return Unknown(comprehension, $"is computed by {comprehension.What}");
    }

    /// <summary>The items of a comprehension or generator; null if they are not known.</summary>
    private PythonSequence? ItemsOf(ComprehensionExpression comprehension)
    {
        List<PythonValue> items = [];
        Dictionary<string, PythonValue>? outer = _locals;
        _locals = outer is null ? [] : new Dictionary<string, PythonValue>(outer);
        bool isKnown = TryLoop(comprehension, 0, items);
        _locals = outer;
        return isKnown && comprehension.Value is null
            ? new PythonSequence(comprehension.Kind ?? PythonSequenceKind.List, items)
            : null;
    }

    private bool TryLoop(ComprehensionExpression comprehension, int depth, List<PythonValue> items)
    {
        GuardStack(comprehension);
        if (depth == comprehension.Clauses.Count)
        {
            PythonValue item = Evaluate(comprehension.Element);
            if (comprehension.Value is not null || comprehension.Kind == PythonSequenceKind.Set)
            {
                ExpectHashable(comprehension.Element, item);
            }
            if (comprehension.Value is not null)
            {
                Evaluate(comprehension.Value);
            }
            items.Add(item);
            return true;
        }
        ComprehensionClause clause = comprehension.Clauses[depth];
        if (Iterate(comprehension, EvaluateIterable(clause.Items)) is not { } values)
        {
            return false;
        }
        foreach (PythonValue value in values)
        {
            Spend(1, comprehension);
            if (!TryBindLocal(clause.Target, value))
            {
                return false;
            }
            bool? holds = true;
            foreach (PythonExpression condition in clause.Conditions)
            {
                holds = TruthOf(Evaluate(condition));
                if (holds != true)
                {
                    break;
                }
            }
            if (holds is null || (holds == true && !TryLoop(comprehension, depth + 1, items)))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>The items of a loop; null if they are not known.</summary>
    private IEnumerable<PythonValue>? Iterate(PythonNode node, PythonValue value)
    {
        ExpectIterable(node, value);
        return value switch
        {
            PythonSequence { Changed: null, Kind: not PythonSequenceKind.Set } sequence => sequence.Items.ToArray(),
            PythonDictionary { Changed: null } dictionary => PythonOperators.KeysOf(dictionary),
            PythonString text when PythonOperators.IsSimple(text.Text) => text.Text.Select(c => new PythonString(
                c.ToString()
            )),
            _ => null,
        };
    }

    private void ExpectIterable(PythonNode node, PythonValue value)
    {
        if (value is not (PythonUnknown or PythonNative or PythonContainer or PythonString or PythonBytes))
        {
            Undecided(node, $"looping over a {value.TypeName}");
        }
    }

    private bool TryBindLocal(PythonExpression target, PythonValue value)
    {
        switch (target)
        {
            case NameExpression name:
                _locals![name.Name] = value;
                return true;
            case SequenceExpression targets
                when value is PythonSequence { Changed: null, Kind: not PythonSequenceKind.Set } items
                    && items.Items.Count == targets.Items.Count:
                for (int i = 0; i < items.Items.Count; i++)
                {
                    if (!TryBindLocal(targets.Items[i], items.Items[i]))
                    {
                        return false;
                    }
                }
                return true;
            default:
                if (PythonOperators.IsKnown(value))
                {
                    Undecided(target, $"unpacking of a {value.TypeName}");
                }
                return false;
        }
    }
}
