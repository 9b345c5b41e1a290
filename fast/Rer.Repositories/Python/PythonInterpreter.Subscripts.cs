namespace Rer.Repositories.Python;

// Evaluates subscripts and slices.
internal sealed partial class PythonInterpreter
{
    private PythonValue EvaluateSubscript(SubscriptExpression subscript)
    {
        PythonValue target = Evaluate(subscript.Target);
        if (subscript.Index is SliceExpression slice)
        {
            return EvaluateSlice(subscript, target, slice);
        }
        PythonValue index = Evaluate(subscript.Index);
        if (PythonOperators.ItemOf(target, index) is { } item)
        {
            return item;
        }
        if (target is PythonNative native && ItemOf(subscript, native, index) is { } known)
        {
            return known;
        }
        if (IsMissing(target, index))
        {
            Raises(subscript, $"an exception: a {target.TypeName} has no such item");
        }
        if (
            _certain
            && subscript.Target is SequenceExpression { Kind: PythonSequenceKind.List }
            && index is PythonString or PythonSequence
        )
        {
            Fail(subscript.Line, $"a list cannot be indexed by a {index.TypeName}: is a comma missing?");
        }
        PythonUnknown result =
            FirstUnknown(target)
            ?? (
                index is PythonUnknown
                    ? Unknown(subscript, "uses an item that is not constant")
                    : Undecided(subscript, $"an item of a {target.TypeName}")
            );
        Escape(target, subscript.Line);
        Escape(index, subscript.Line);
        return result;
    }

    /// <summary>Whether a list, tuple, text or dict certainly has no item with an index.</summary>
    private static bool IsMissing(PythonValue target, PythonValue index)
    {
        if (target is PythonDictionary && index is PythonString)
        {
            return PythonOperators.Apply("in", index, target) is PythonBoolean { Value: false };
        }
        int? count = target switch
        {
            PythonSequence { Changed: null, Kind: not PythonSequenceKind.Set } sequence => sequence.Items.Count,
            PythonString text when PythonOperators.IsSimple(text.Text) => text.Text.Length,
            _ => null,
        };
        return index is PythonInteger { Value: var at } && count is { } length && (at >= length || at < -length);
    }

    private PythonValue EvaluateSlice(SubscriptExpression subscript, PythonValue target, SliceExpression slice)
    {
        PythonValue start = slice.Start is null ? PythonNone.Instance : Evaluate(slice.Start);
        PythonValue stop = slice.Stop is null ? PythonNone.Instance : Evaluate(slice.Stop);
        PythonValue step = slice.Step is null ? PythonNone.Instance : Evaluate(slice.Step);
        if (PythonOperators.SliceOf(target, start, stop, step) is { } part)
        {
            Spend(PythonOperators.SizeOf(part), subscript);
            return part;
        }
        PythonUnknown result =
            FirstUnknown(target, start, stop, step) ?? Undecided(subscript, $"a slice of a {target.TypeName}");
        Escape(target, subscript.Line);
        return result;
    }
}
