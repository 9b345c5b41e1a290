using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Rer.Repositories.Python;

namespace Rer.Repositories.Definitions;

/// <summary>
/// What an unquoted scalar is in YAML 1.1, by PyYAML's patterns: <c>1.0</c> is a number and <c>yes</c> a boolean, which
/// rez rejects where it expects a string.
/// </summary>
internal static partial class YamlScalars
{
    public static PythonValue Resolve(string text)
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
        return IsFloat().IsMatch(text) ? new PythonFloat(0)
            : IsInteger().IsMatch(text) ? new PythonInteger(IntegerOf(text.Replace("_", "", StringComparison.Ordinal)))
            : IsTime().IsMatch(text) ? new PythonOther("datetime")
            : new PythonString(text);
    }

    private static BigInteger IntegerOf(string text)
    {
        bool negative = text[0] == '-';
        string digits = text.TrimStart('+', '-');
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
        return negative ? -value : value;
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
        @"^(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}-[0-9][0-9]?-[0-9][0-9]?(?:[Tt]|[ \t]+)[0-9][0-9]?"
            + @":[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9][0-9]?(?::[0-9]{2})?))?)\z"
    )]
    private static partial Regex IsTime();
}
