using System.Globalization;
using System.Text;

namespace Rer.Repositories.Python;

/// <summary>Values as text. Null means that only Python knows the result.</summary>
internal static class PythonFormats
{
    /// <summary>The text of a value according to Python's <c>str</c>.</summary>
    public static string? TextOf(PythonValue value) =>
        value switch
        {
            PythonString text => text.Text,
            PythonInteger integer when integer.Value.GetBitLength() <= PythonOperators.MaxBits =>
                integer.Value.ToString(CultureInfo.InvariantCulture),
            PythonBoolean boolean => boolean.Value ? "True" : "False",
            PythonNone => "None",
            _ => null,
        };

    /// <summary>
    /// The text of a value according to Python's <c>repr</c>. Only texts without single quotes and escapes are
    /// supported.
    /// </summary>
    public static string? ReprOf(PythonValue value) =>
        value is not PythonString { Text: var text } ? TextOf(value)
        : text.AsSpan().ContainsAnyExceptInRange(' ', '~') || text.AsSpan().ContainsAny('\'', '\\') ? null
        : $"'{text}'";

    /// <summary><c>format % value</c>, with plain <c>%s</c>, <c>%d</c>, <c>%r</c> and <c>%(name)s</c>.</summary>
    public static PythonString? Percent(string format, PythonValue value)
    {
        List<PythonValue> arguments = value switch
        {
            PythonSequence { Kind: PythonSequenceKind.Tuple, Changed: null } tuple => tuple.Items,
            _ => [value],
        };
        StringBuilder text = new();
        int next = 0;
        bool byName = false;
        for (int i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                text.Append(format[i]);
                continue;
            }
            PythonValue? argument = null;
            if (++i < format.Length && format[i] == '(')
            {
                int close = format.IndexOf(')', i);
                argument =
                    close > 0 && value is PythonDictionary
                        ? PythonOperators.ItemOf(value, new PythonString(format[(i + 1)..close]))
                        : null;
                if (argument is null)
                {
                    return null;
                }
                byName = true;
                i = close + 1;
            }
            char kind = i < format.Length ? format[i] : '\0';
            if (kind == '%' && argument is null)
            {
                text.Append('%');
                continue;
            }
            argument ??= next < arguments.Count ? arguments[next++] : null;
            string? piece =
                argument is null ? null
                : kind == 's' || (kind == 'd' && argument is PythonInteger) ? TextOf(argument)
                : kind == 'r' ? ReprOf(argument)
                : null;
            if (piece is null || text.Length + piece.Length > PythonOperators.MaxSize)
            {
                return null;
            }
            text.Append(piece);
        }
        return (byName ? next == 0 : next == arguments.Count) ? new PythonString(text.ToString()) : null;
    }

    /// <summary><c>str.format</c> with <c>{}</c>, <c>{0}</c> and <c>{name}</c>.</summary>
    public static PythonString? Braces(
        string format,
        List<PythonValue> arguments,
        List<(string? Name, PythonValue Value)> keywords
    )
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
            bool isNamed = field.Length > 0 && !char.IsDigit(field[0]);
            automatic |= field.Length == 0;
            numbered |= field.Length > 0 && !isNamed;
            PythonValue? value =
                isNamed ? keywords.Find(keyword => keyword.Name == field).Value
                : field.Length == 0 ? arguments.ElementAtOrDefault(next++)
                : int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out int index)
                    ? arguments.ElementAtOrDefault(index)
                : null;
            if (
                value is null
                || (automatic && numbered)
                || TextOf(value) is not { } piece
                || text.Length + piece.Length > PythonOperators.MaxSize
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
