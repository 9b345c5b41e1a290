using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Rer.Repositories.Python;

namespace Rer.Repositories.Definitions;

/// <summary>
/// Resolves unquoted scalars of YAML 1.1 with PyYAML's patterns: <c>1.0</c> is a number and <c>yes</c> is a boolean.
/// rez rejects both where it expects a string.
/// </summary>
internal static partial class YamlScalars
{
    // Python does not parse longer decimal numbers.
    private const int MaxDigits = 4300;

    /// <summary>The value of a scalar; null if it looks like a number or a time but is not one.</summary>
    public static PythonValue? Resolve(string text)
    {
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return PythonNone.Instance;
            case "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON":
                return PythonBoolean.True;
            case "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF":
                return PythonBoolean.False;
        }
        if (!(char.IsAsciiDigit(text[0]) || text[0] is '-' or '+' or '.'))
        {
            return new PythonString(text);
        }
        if (IsFloat().IsMatch(text))
        {
            return new PythonFloat(FloatOf(text));
        }
        if (IsInteger().IsMatch(text))
        {
            return IntegerOf(text.Replace("_", "", StringComparison.Ordinal));
        }
        Match time = Time().Match(text);
        return !time.Success ? new PythonString(text)
            : IsValid(time) ? new PythonOther("datetime")
            : null;
    }

    // The only thing that matters about a float is whether it is zero.
    private static double FloatOf(string text) =>
        text.AsSpan().IndexOfAnyInRange('1', '9') < 0 && !text.AsSpan().ContainsAny("iInN") ? 0 : 1;

    /// <summary>Whether the time exists, within the bounds of <c>datetime</c>.</summary>
    private static bool IsValid(Match time)
    {
        int year = Part("year");
        int month = Part("month");
        bool isDate =
            year >= 1
            && month is >= 1 and <= 12
            && Part("day") >= 1
            && Part("day") <= DateTime.DaysInMonth(year, month);
        return isDate
            && Part("hour") < 24
            && Part("minute") < 60
            && Part("second") < 60
            && (Part("zone") * 60) + Part("zoneminute") < 24 * 60;

        int Part(string name) =>
            time.Groups[name] is { Success: true, ValueSpan: var digits }
                ? int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture)
                : 0;
    }

    private static PythonValue? IntegerOf(string text)
    {
        bool negative = text[0] == '-';
        string digits = text.TrimStart('+', '-');
        bool isDecimal = digits is not ['0', ..];
        if (digits is "0b" or "0x" || (isDecimal && digits.Split(':').Any(part => part.Length > MaxDigits)))
        {
            return null;
        }
        if (digits.Length > MaxDigits)
        {
            return new PythonOther("int"); // neither a time nor a text; its value does not matter
        }
        BigInteger value = digits switch
        {
            "0" => BigInteger.Zero,
            _ when digits.Contains(':', StringComparison.Ordinal) => digits
                .Split(':')
                .Aggregate(BigInteger.Zero, (sum, part) => (sum * 60) + Digits(part, 10)),
            ['0', 'b', ..] => Digits(digits[2..], 2),
            ['0', 'x', ..] => Digits(digits[2..], 16),
            ['0', ..] => Digits(digits, 8),
            _ => BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture),
        };
        return new PythonInteger(negative ? -value : value);
    }

    private static BigInteger Digits(string text, int radix) =>
        text.Aggregate(BigInteger.Zero, (value, digit) => (value * radix) + Convert.ToInt32(digit.ToString(), 16));

    [GeneratedRegex(
        @"^(?:[-+]?(?:[0-9][0-9_]*)\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
            + @"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\z"
    )]
    private static partial Regex IsFloat();

    [GeneratedRegex(
        @"^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+"
            + @"|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)\z"
    )]
    private static partial Regex IsInteger();

    [GeneratedRegex(
        @"^(?:(?<year>[0-9]{4})-(?<month>[0-9]{2})-(?<day>[0-9]{2})|(?<year>[0-9]{4})-(?<month>[0-9][0-9]?)"
            + @"-(?<day>[0-9][0-9]?)(?:[Tt]|[ \t]+)(?<hour>[0-9][0-9]?):(?<minute>[0-9]{2}):(?<second>[0-9]{2})"
            + @"(?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+](?<zone>[0-9][0-9]?)(?::(?<zoneminute>[0-9]{2}))?))?)\z"
    )]
    private static partial Regex Time();
}
