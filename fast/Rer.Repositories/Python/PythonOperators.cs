using System.Globalization;
using System.Text;

namespace Rer.Repositories.Python;

/// <summary>Operators and methods on known values. Null means: only Python knows.</summary>
internal static class PythonOperators
{
    /// <summary>The result of a binary operator or comparison.</summary>
    public static PythonValue? Apply(string symbol, PythonValue left, PythonValue right) =>
        symbol switch
        {
            "+" => Add(left, right),
            "%" when left is PythonString format => Format(format.Text, right),
            "==" => Truth(AreEqual(left, right)),
            "!=" => Truth(!AreEqual(left, right)),
            "in" => Truth(Contains(right, left)),
            "not in" => Truth(!Contains(right, left)),
            "is" when right is PythonNone && IsKnown(left) => PythonBoolean.Of(left is PythonNone),
            "is not" when right is PythonNone && IsKnown(left) => PythonBoolean.Of(left is not PythonNone),
            "<" or "<=" or ">" or ">=" when left is PythonInteger a && right is PythonInteger b => PythonBoolean.Of(
                symbol switch
                {
                    "<" => a.Value < b.Value,
                    "<=" => a.Value <= b.Value,
                    ">" => a.Value > b.Value,
                    _ => a.Value >= b.Value,
                }
            ),
            _ => null,
        };

    private static PythonValue? Add(PythonValue left, PythonValue right) =>
        (left, right) switch
        {
            (PythonString a, PythonString b) => new PythonString(a.Text + b.Text),
            (PythonInteger a, PythonInteger b) => new PythonInteger(a.Value + b.Value),
            (PythonSequence { Changed: null } a, PythonSequence { Changed: null } b)
                when a.Kind == b.Kind && a.Kind != PythonSequenceKind.Set => new PythonSequence(
                a.Kind,
                [.. a.Items, .. b.Items]
            ),
            _ => null,
        };

    private static PythonBoolean? Truth(bool? value) => value is { } known ? PythonBoolean.Of(known) : null;

    private static bool IsKnown(PythonValue value) => value is not PythonUnknown;

    /// <summary>Whether two constants are equal; null if that is not known.</summary>
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
                System.Numerics.BigInteger position = at.Value < 0 ? at.Value + items.Items.Count : at.Value;
                return position >= 0 && position < items.Items.Count ? items.Items[(int)position] : null;
            case (PythonDictionary { Changed: null } entries, PythonString):
                // The last of equal keys counts; an unknown key may be equal.
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

    /// <summary>How Python's <c>str</c> writes a value.</summary>
    public static string? TextOf(PythonValue value) =>
        value switch
        {
            PythonString text => text.Text,
            PythonInteger integer => integer.Value.ToString(CultureInfo.InvariantCulture),
            PythonBoolean boolean => boolean.Value ? "True" : "False",
            PythonNone => "None",
            _ => null,
        };

    /// <summary><c>format % value</c>, with plain <c>%s</c> and <c>%d</c>.</summary>
    private static PythonString? Format(string format, PythonValue value)
    {
        List<PythonValue> arguments = value switch
        {
            PythonSequence { Kind: PythonSequenceKind.Tuple, Changed: null } tuple => tuple.Items,
            _ => [value],
        };
        StringBuilder text = new();
        int next = 0;
        for (int i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                text.Append(format[i]);
                continue;
            }
            char kind = ++i < format.Length ? format[i] : '\0';
            if (kind == '%')
            {
                text.Append('%');
                continue;
            }
            PythonValue? argument = next < arguments.Count ? arguments[next++] : null;
            string? piece =
                argument is null ? null
                : kind == 's' || (kind == 'd' && argument is PythonInteger) ? TextOf(argument)
                : null;
            if (piece is null)
            {
                return null;
            }
            text.Append(piece);
        }
        return next == arguments.Count ? new PythonString(text.ToString()) : null;
    }

    /// <summary>A method of a string, of those that package files use.</summary>
    public static PythonValue? CallMethod(string text, string method, List<PythonValue> arguments) =>
        (method, arguments) switch
        {
            ("format", _) => FormatBraces(text, arguments),
            ("join", [PythonSequence { Changed: null, Kind: not PythonSequenceKind.Set } items])
                when items.Items.TrueForAll(item => item is PythonString) => new PythonString(
                string.Join(text, items.Items.Select(TextOf))
            ),
            ("split", [PythonString { Text: { Length: > 0 } separator }]) => new PythonSequence(
                PythonSequenceKind.List,
                [.. text.Split(separator).Select(part => new PythonString(part))]
            ),
            _ => null,
        };

    /// <summary><c>str.format</c> with <c>{}</c> and <c>{0}</c>.</summary>
    private static PythonString? FormatBraces(string format, List<PythonValue> arguments)
    {
        StringBuilder text = new();
        int next = 0;
        bool automatic = false;
        bool numbered = false;
        for (int i = 0; i < format.Length; i++)
        {
            char c = format[i];
            if (c is not ('{' or '}'))
            {
                text.Append(c);
                continue;
            }
            if (i + 1 < format.Length && format[i + 1] == c)
            {
                text.Append(c);
                i++;
                continue;
            }
            int close = c == '{' ? format.IndexOf('}', i) : -1;
            if (close < 0)
            {
                return null;
            }
            string field = format[(i + 1)..close];
            automatic |= field.Length == 0;
            numbered |= field.Length > 0;
            int index = field.Length == 0 ? next++ : -1;
            if (
                (index < 0 && !int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out index))
                || index >= arguments.Count
                || (automatic && numbered)
                || TextOf(arguments[index]) is not { } piece
            )
            {
                return null;
            }
            text.Append(piece);
            i = close;
        }
        return new PythonString(text.ToString());
    }
}
