using System.Globalization;

namespace Rer.Cli.Input;

/// <summary>Parses times as <c>rez-env --time</c> does.</summary>
internal static class EpochTime
{
    /// <summary>
    /// A time in seconds since 1970-01-01 UTC, given as that number (<c>1393014494</c>), or as how long ago it was
    /// (<c>-10s</c>, <c>-5.4m</c>, <c>-0.5h</c>, <c>-10d</c>, and <c>-2w</c>, which rez does not accept).
    /// </summary>
    /// <remarks>Corresponds to <c>rez.utils.formatting.get_epoch_time_from_str</c>.</remarks>
    /// <exception cref="BadInputException">The text is neither.</exception>
    public static long Parse(string text, TimeProvider clock)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long seconds))
        {
            return seconds;
        }

        const NumberStyles Amount = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (
            text.Length > 2
            && text[0] == '-'
            && SecondsIn(text[^1]) is { } unit
            && double.TryParse(text.AsSpan(1..^1), Amount, CultureInfo.InvariantCulture, out double count)
        )
        {
            return Math.Max(clock.GetUtcNow().ToUnixTimeSeconds() - (long)(count * unit), 0);
        }

        throw new BadInputException(
            $"'{text}' is not a time; give seconds since 1970 (1393014494) or how long ago (-10s, -5m, -0.5h, -10d, "
                + "-2w)"
        );
    }

    private static int? SecondsIn(char unit) =>
        unit switch
        {
            's' => 1,
            'm' => 60,
            'h' => 60 * 60,
            'd' => 24 * 60 * 60,
            'w' => 7 * 24 * 60 * 60,
            _ => null,
        };
}
