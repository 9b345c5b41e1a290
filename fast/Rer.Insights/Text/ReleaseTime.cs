using System.Globalization;

namespace Rer.Insights.Text;

/// <summary>Puts release times, which rez counts in seconds since 1970-01-01 UTC, into words.</summary>
internal static class ReleaseTime
{
    /// <summary>A time in UTC to the minute, or the number itself if it is outside the calendar.</summary>
    public static string Of(long seconds) => In("yyyy-MM-dd HH:mm", seconds) ?? Number(seconds);

    /// <summary>A time in UTC to the second, with the number to use in options.</summary>
    public static string Exactly(long seconds) =>
        In("yyyy-MM-dd HH:mm:ss", seconds) is { } text ? $"{text} ({Number(seconds)})" : Number(seconds);

    private static string? In(string format, long seconds) =>
        seconds >= DateTimeOffset.MinValue.ToUnixTimeSeconds() && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds).ToString(format, CultureInfo.InvariantCulture)
            : null;

    private static string Number(long seconds) => seconds.ToString(CultureInfo.InvariantCulture);
}
