using System.Numerics;

namespace Rer.Repositories.Python;

// Loops over known items are run.
internal sealed partial class PythonInterpreter
{
    // The cost of a loop iteration, or of a call, within the limit of a file.
    private const int LoopCost = 64;

    private const int MaxRange = 100_000;

    /// <summary>Whether a loop, or its current iteration, may already have ended.</summary>
    private bool _mayHaveLeftLoop;

    private void ExecuteFor(ForStatement loop, string? uncertain)
    {
        _viewed.Clear();
        PythonValue source = EvaluateIterable(loop.Items);
        if (source is PythonDictionary looped)
        {
            View(looped);
        }
        (PythonContainer Container, int Count)[] viewed = [.. _viewed];
        // A loop sees changes to its list, so it also iterates over items that are added meanwhile.
        List<PythonValue>? items = uncertain is not null ? null : LoopedOver(source);
        if (items is null)
        {
            ExpectIterable(loop.Items, source);
            RunUncertain(loop.Target, source, loop.Body, loop.Otherwise, "for");
            return;
        }
        bool outer = _mayHaveLeftLoop;
        _mayHaveLeftLoop = false;
        for (int i = 0; i < items.Count && _jump == PythonJump.None; i++)
        {
            Spend(LoopCost, loop);
            _certain = true;
            Bind(loop.Target, items[i], uncertain: null);
            bool mayHaveLeft = RunRound(loop.Body);
            if (Array.Exists(viewed, view => SizeOf(view.Container) != view.Count))
            {
                throw DefinitionError.NeedsPython(
                    _source.Path,
                    loop.Line,
                    "a loop changes the collection that it iterates over"
                );
            }
            if (mayHaveLeft || source is PythonContainer { Changed: not null })
            {
                RunUncertain(loop.Target, source, loop.Body, loop.Otherwise, "for");
                _mayHaveLeftLoop = outer;
                return;
            }
        }
        EndLoop(loop.Otherwise, uncertain, outer);
    }

    /// <summary>
    /// The containers over which the next loop iterates through an iterator or view, with their sizes at its start.
    /// </summary>
    private readonly List<(PythonContainer Container, int Count)> _viewed = new(0);

    private void View(PythonValue value)
    {
        if (value is PythonContainer container)
        {
            _viewed.Add((container, SizeOf(container)));
        }
    }

    private static int SizeOf(PythonContainer container) =>
        container is PythonDictionary dictionary ? dictionary.Entries.Count : ((PythonSequence)container).Items.Count;

    private void ExecuteWhile(WhileStatement loop, string? uncertain)
    {
        bool outer = _mayHaveLeftLoop;
        _mayHaveLeftLoop = false;
        while (_jump == PythonJump.None)
        {
            Spend(LoopCost, loop);
            _certain = uncertain is null;
            bool? holds = TruthOf(Evaluate(loop.Condition));
            if (holds == false)
            {
                break;
            }
            if (holds is null || uncertain is not null || RunRound(loop.Body))
            {
                RunUncertain(null, PythonNone.Instance, loop.Body, loop.Otherwise, "while");
                _mayHaveLeftLoop = outer;
                return;
            }
        }
        EndLoop(loop.Otherwise, uncertain, outer);
    }

    /// <summary>Runs one iteration of a loop. Returns whether another one is no longer certain.</summary>
    private bool RunRound(List<PythonStatement> body)
    {
        Execute(body, uncertain: null);
        if (_jump == PythonJump.Continue)
        {
            _jump = PythonJump.None;
        }
        return _jump == PythonJump.None && MayHaveLeft() is not null;
    }

    private void EndLoop(List<PythonStatement> otherwise, string? uncertain, bool outer)
    {
        if (_jump == PythonJump.Break)
        {
            _jump = PythonJump.None;
        }
        else if (_jump == PythonJump.None)
        {
            Execute(otherwise, uncertain);
        }
        _mayHaveLeftLoop = outer;
    }

    private void RunUncertain(
        PythonExpression? target,
        PythonValue source,
        List<PythonStatement> body,
        List<PythonStatement> otherwise,
        string keyword
    )
    {
        bool outer = _mayHaveLeftLoop;
        string within = $"in a '{keyword}' block";
        IsFollowed = false;
        if (target is not null)
        {
            Escape(source, target.Line);
            Bind(target, Unfollow(target.Line, "is assigned"), within);
        }
        Execute(body, within);
        Execute(otherwise, within);
        _mayHaveLeftLoop = outer;
    }

    private static List<PythonValue>? LoopedOver(PythonValue source) =>
        source switch
        {
            PythonSequence { Changed: null, Kind: not PythonSequenceKind.Set } sequence => sequence.Items,
            PythonDictionary { Changed: null } dictionary => PythonOperators.KeysOf(dictionary),
            PythonString text when PythonOperators.IsSimple(text.Text) =>
            [
                .. text.Text.Select(c => new PythonString(c.ToString())),
            ],
            _ => null,
        };

    /// <summary>
    /// Evaluates an expression that is at once iterated over or turned into a list. Iterators and views of a dict are
    /// followed only here. Elsewhere they may change as they are used, or together with their dict.
    /// </summary>
    private PythonValue EvaluateIterable(PythonExpression expression)
    {
        if (expression is not CallExpression { IsPlain: true } call)
        {
            return Evaluate(expression);
        }
        if (call is { Function: AttributeExpression { Name: "items" or "keys" or "values" } view, Arguments.Count: 0 })
        {
            return EvaluateView(call, view);
        }
        if (
            call.Function is NameExpression { Name: "range" or "enumerate" or "zip" or "reversed" } builtin
            && IsBuiltin(builtin)
        )
        {
            List<PythonValue> arguments = call.Arguments.ConvertAll(EvaluateIterable);
            if (IteratorOf(builtin.Name, arguments) is { } items)
            {
                Spend(items.Count, call);
                arguments.ForEach(View);
                return new PythonSequence(PythonSequenceKind.Tuple, items);
            }
            arguments.ForEach(argument => Escape(argument, call.Line));
            return Unknown(call, $"is computed by a call of '{builtin.Name}'");
        }
        return Evaluate(expression);
    }

    private PythonValue EvaluateView(CallExpression call, AttributeExpression view)
    {
        PythonValue target = Evaluate(view.Target);
        if (target is PythonDictionary { Changed: null } dictionary && PythonOperators.KeysOf(dictionary) is { } keys)
        {
            View(dictionary);
            return new PythonSequence(
                PythonSequenceKind.Tuple,
                view.Name switch
                {
                    "keys" => keys,
                    "values" => dictionary.Entries.ConvertAll(entry => entry.Value),
                    _ => dictionary.Entries.ConvertAll(PairOf),
                }
            );
        }
        Escape(target, call.Line);
        Touch(call);
        return Unknown(call, $"is computed by a call of '.{view.Name}'");
    }

    private static PythonValue PairOf(KeyValuePair<PythonValue, PythonValue> entry) =>
        new PythonSequence(PythonSequenceKind.Tuple, [entry.Key, entry.Value]);

    private static List<PythonValue>? IteratorOf(string name, List<PythonValue> arguments)
    {
        if (name == "range")
        {
            return RangeOf(arguments);
        }
        List<List<PythonValue>?> lists = arguments.ConvertAll(argument => LoopedOver(argument));
        if (lists.Count == 0 || lists.Contains(null))
        {
            return null;
        }
        switch (name, lists)
        {
            case ("reversed", [var only]) when arguments[0] is PythonSequence or PythonString:
                List<PythonValue> reversed = [.. only!];
                reversed.Reverse();
                return reversed;
            case ("enumerate", [var only]):
                return [.. only!.Select((item, i) => TupleOf(new PythonInteger(i), item))];
            case ("zip", _):
                return
                [
                    .. Enumerable
                        .Range(0, lists.Min(list => list!.Count))
                        .Select(i => TupleOf([.. lists.Select(list => list![i])])),
                ];
            default:
                return null;
        }
    }

    private static PythonSequence TupleOf(params PythonValue[] items) => new(PythonSequenceKind.Tuple, [.. items]);

    private static List<PythonValue>? RangeOf(List<PythonValue> arguments)
    {
        if (!arguments.TrueForAll(argument => argument is PythonInteger) || arguments.Count is 0 or > 3)
        {
            return null;
        }
        List<BigInteger> numbers = arguments.ConvertAll(argument => ((PythonInteger)argument).Value);
        BigInteger start = numbers.Count == 1 ? 0 : numbers[0];
        BigInteger stop = numbers.Count == 1 ? numbers[0] : numbers[1];
        BigInteger step = numbers.Count == 3 ? numbers[2] : 1;
        if (step.IsZero || BigInteger.Abs(stop - start) > MaxRange * BigInteger.Abs(step))
        {
            return null;
        }
        List<PythonValue> items = [];
        for (BigInteger at = start; step > 0 ? at < stop : at > stop; at += step)
        {
            items.Add(new PythonInteger(at));
        }
        return items;
    }
}
