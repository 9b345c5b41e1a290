using System.Numerics;

namespace Rer.Repositories.Python;

/// <summary>Operators and methods on known values. Null means that only Python knows the result.</summary>
internal static class PythonOperators
{
    /// <summary>
    /// The longest text or list that is computed. A package has a longer one only by mistake or as an attack.
    /// </summary>
    public const int MaxSize = 1 << 20;

    /// <summary>The longest number: Python does not write or parse longer decimal ones.</summary>
    public const int MaxBits = 4300 * 3;

    /// <summary>The result of a binary operator or comparison.</summary>
    public static PythonValue? Apply(string symbol, PythonValue left, PythonValue right) =>
        symbol switch
        {
            "+" => Add(left, right),
            "*" => Multiply(left, right) ?? Multiply(right, left),
            "%" when left is PythonString format => PythonFormats.Percent(format.Text, right),
            "-" or "//" or "%" when left is PythonInteger a && right is PythonInteger b => Compute(
                symbol,
                a.Value,
                b.Value
            ),
            "==" => Truth(AreEqual(left, right)),
            "!=" => Truth(!AreEqual(left, right)),
            "in" => Truth(Contains(right, left)),
            "not in" => Truth(!Contains(right, left)),
            "is" when right is PythonNone && IsKnown(left) => PythonBoolean.Of(left is PythonNone),
            "is not" when right is PythonNone && IsKnown(left) => PythonBoolean.Of(left is not PythonNone),
            "<" or "<=" or ">" or ">=" => CompareOf(left, right) is { } order
                ? PythonBoolean.Of(
                    symbol switch
                    {
                        "<" => order < 0,
                        "<=" => order <= 0,
                        ">" => order > 0,
                        _ => order >= 0,
                    }
                )
                : null,
            _ => null,
        };

    private static int? CompareOf(PythonValue left, PythonValue right) =>
        (left, right) switch
        {
            (PythonInteger a, PythonInteger b) => a.Value.CompareTo(b.Value),
            (PythonString a, PythonString b) when IsSimple(a.Text) && IsSimple(b.Text) => string.CompareOrdinal(
                a.Text,
                b.Text
            ),
            _ => null,
        };

    private static PythonInteger? Compute(string symbol, BigInteger left, BigInteger right)
    {
        if (symbol == "-")
        {
            return new PythonInteger(left - right);
        }
        if (right.IsZero)
        {
            return null;
        }
        BigInteger quotient = BigInteger.DivRem(left, right, out BigInteger rest);
        bool isLower = !rest.IsZero && (rest.Sign < 0) != (right.Sign < 0);
        return new PythonInteger(
            symbol == "%" ? (isLower ? rest + right : rest)
            : isLower ? quotient - 1
            : quotient
        );
    }

    private static PythonValue? Multiply(PythonValue left, PythonValue right)
    {
        if (right is not PythonInteger factor)
        {
            return null;
        }
        int times = factor.Value < 0 ? 0 : (int)BigInteger.Min(factor.Value, MaxSize + 1);
        switch (left)
        {
            case PythonInteger a when a.Value.GetBitLength() + factor.Value.GetBitLength() <= MaxBits:
                return new PythonInteger(a.Value * factor.Value);
            case PythonString text when (long)text.Text.Length * times <= MaxSize:
                return new PythonString(string.Concat(Enumerable.Repeat(text.Text, times)));
            case PythonSequence { Changed: null, Kind: not PythonSequenceKind.Set } items
                when (long)items.Items.Count * times <= MaxSize:
                return new PythonSequence(
                    items.Kind,
                    [.. Enumerable.Repeat(items.Items, items.Items.Count == 0 ? 0 : times).SelectMany(item => item)]
                );
            default:
                return null;
        }
    }

    private static PythonValue? Add(PythonValue left, PythonValue right) =>
        (left, right) switch
        {
            (PythonString a, PythonString b) when a.Text.Length + b.Text.Length <= MaxSize => new PythonString(
                a.Text + b.Text
            ),
            (PythonInteger a, PythonInteger b) when a.Value.GetBitLength() <= MaxBits => new PythonInteger(
                a.Value + b.Value
            ),
            (PythonSequence { Changed: null } a, PythonSequence { Changed: null } b)
                when a.Kind == b.Kind && a.Kind != PythonSequenceKind.Set && a.Items.Count + b.Items.Count <= MaxSize =>
                new PythonSequence(a.Kind, [.. a.Items, .. b.Items]),
            _ => null,
        };

    private static PythonBoolean? Truth(bool? value) => value is { } known ? PythonBoolean.Of(known) : null;

    /// <summary>Whether a value is known. The items of a known container may themselves be unknown.</summary>
    public static bool IsKnown(PythonValue value) =>
        value is not (PythonUnknown or PythonNative or PythonContainer { Changed: not null });

    /// <summary>
    /// Whether each character of a text is a single UTF-16 unit, so that Python and .NET see the same characters.
    /// </summary>
    public static bool IsSimple(string text) => !text.AsSpan().ContainsAnyInRange('\ud800', '\udfff');

    /// <summary>How much of <see cref="MaxSize"/> a value uses.</summary>
    public static int SizeOf(PythonValue value) =>
        value switch
        {
            PythonString text => text.Text.Length,
            PythonSequence sequence => sequence.Items.Count,
            PythonInteger { Value: var number } => (int)(number.GetBitLength() / 8),
            _ => 1,
        };

    /// <summary>Whether a value may be in a set or be a dict's key; null if unknown.</summary>
    public static bool? IsHashable(PythonValue value) =>
        value switch
        {
            PythonUnknown => null,
            PythonSequence { Kind: PythonSequenceKind.Tuple } tuple => tuple.Items.Exists(i => IsHashable(i) == false)
                ? false
            : tuple.Items.Exists(i => IsHashable(i) is null) ? null
            : true,
            PythonContainer => false,
            _ => true,
        };

    /// <summary>Sorts texts; null if there is anything else.</summary>
    public static List<PythonValue>? Sorted(List<PythonValue> items) =>
        items.TrueForAll(item => item is PythonString text && IsSimple(text.Text))
            ? [.. items.OrderBy(item => ((PythonString)item).Text, StringComparer.Ordinal)]
            : null;

    /// <summary>Whether two constants are equal; null if unknown.</summary>
    private static bool? AreEqual(PythonValue left, PythonValue right) =>
        (left, right) switch
        {
            (PythonString a, PythonString b) => a.Text == b.Text,
            (PythonInteger a, PythonInteger b) => a.Value == b.Value,
            (PythonBoolean a, PythonBoolean b) => a.Value == b.Value,
            (PythonNone, PythonNone) => true,
            (PythonString or PythonNone, PythonString or PythonInteger or PythonBoolean or PythonNone) => false,
            (PythonInteger or PythonBoolean, PythonString or PythonNone) => false,
            _ => null,
        };

    private static bool? Contains(PythonValue container, PythonValue item)
    {
        if (container is PythonString text)
        {
            return item is PythonString part ? text.Text.Contains(part.Text, StringComparison.Ordinal) : null;
        }
        IEnumerable<PythonValue>? items = container switch
        {
            PythonSequence { Changed: null } sequence => sequence.Items,
            PythonDictionary { Changed: null } dictionary => dictionary.Entries.Select(entry => entry.Key),
            _ => null,
        };
        bool? found = items is null ? null : false;
        foreach (PythonValue candidate in items ?? [])
        {
            switch (AreEqual(candidate, item))
            {
                case true:
                    return true;
                case null:
                    found = null;
                    break;
            }
        }
        return found;
    }

    /// <summary><c>target[index]</c>.</summary>
    public static PythonValue? ItemOf(PythonValue target, PythonValue index)
    {
        switch (target, index)
        {
            case (PythonSequence { Changed: null, Kind: not PythonSequenceKind.Set } items, PythonInteger at):
                BigInteger position = at.Value < 0 ? at.Value + items.Items.Count : at.Value;
                return position >= 0 && position < items.Items.Count ? items.Items[(int)position] : null;
            case (PythonString text, PythonInteger at) when IsSimple(text.Text):
                BigInteger unit = at.Value < 0 ? at.Value + text.Text.Length : at.Value;
                return unit >= 0 && unit < text.Text.Length ? new PythonString(text.Text[(int)unit].ToString()) : null;
            case (PythonDictionary { Changed: null } entries, PythonString):
                // The last of equal keys wins. An unknown key may be equal.
                for (int i = entries.Entries.Count - 1; i >= 0; i--)
                {
                    switch (AreEqual(entries.Entries[i].Key, index))
                    {
                        case true:
                            return entries.Entries[i].Value;
                        case null:
                            return null;
                    }
                }
                return null;
            default:
                return null;
        }
    }

    /// <summary><c>target[start:stop:step]</c>.</summary>
    public static PythonValue? SliceOf(PythonValue target, PythonValue start, PythonValue stop, PythonValue step)
    {
        int? length = target switch
        {
            PythonString text when IsSimple(text.Text) => text.Text.Length,
            PythonSequence { Changed: null, Kind: not PythonSequenceKind.Set } items => items.Items.Count,
            _ => null,
        };
        BigInteger by = step is PythonInteger given ? given.Value : 1;
        if (
            length is not { } count
            || step is not (PythonNone or PythonInteger)
            || by.IsZero
            || PlaceOf(start, count, by, by > 0 ? 0 : count - 1) is not { } from
            || PlaceOf(stop, count, by, by > 0 ? count : -1) is not { } to
        )
        {
            return null;
        }
        List<int> places = [];
        for (BigInteger at = from; by > 0 ? at < to : at > to; at += by)
        {
            places.Add((int)at);
        }
        return target is PythonSequence sequence
            ? new PythonSequence(sequence.Kind, places.ConvertAll(place => sequence.Items[place]))
            : new PythonString(string.Concat(places.Select(place => ((PythonString)target).Text[place])));
    }

    /// <summary>The position of a slice's bound, clamped to the list. Corresponds to <c>slice.indices</c>.</summary>
    private static BigInteger? PlaceOf(PythonValue bound, int count, BigInteger step, int otherwise)
    {
        if (bound is PythonNone)
        {
            return otherwise;
        }
        if (bound is not PythonInteger { Value: var at })
        {
            return null;
        }
        at += at < 0 ? count : 0;
        (int lowest, int highest) = step > 0 ? (0, count) : (-1, count - 1);
        return BigInteger.Max(lowest, BigInteger.Min(at, highest));
    }

    /// <summary>
    /// The entries of a dict in order. A key that is written twice has its first place and its last value.
    /// </summary>
    public static List<KeyValuePair<PythonValue, PythonValue>> EntriesOf(PythonDictionary dictionary)
    {
        List<KeyValuePair<PythonValue, PythonValue>> entries = [];
        Dictionary<string, int> places = [];
        foreach (KeyValuePair<PythonValue, PythonValue> entry in dictionary.Entries)
        {
            if (entry.Key is not PythonString key || places.TryAdd(key.Text, entries.Count))
            {
                entries.Add(entry);
            }
            else
            {
                entries[places[key.Text]] = entry;
            }
        }
        return entries;
    }

    /// <summary>The keys of a dict in order; null if they are not all known texts, or if one occurs twice.</summary>
    public static List<PythonValue>? KeysOf(PythonDictionary dictionary)
    {
        HashSet<string> seen = [];
        return dictionary.Entries.TrueForAll(entry => entry.Key is PythonString key && seen.Add(key.Text))
            ? dictionary.Entries.ConvertAll(entry => entry.Key)
            : null;
    }
}
