using System.Globalization;

namespace Rer.Insights;

/// <summary>Times of releases in words.</summary>
internal static class AuditTimes
{
    /// <summary>A time in seconds since 1970-01-01 UTC, to the minute; itself where no calendar has it.</summary>
    public static string Of(long seconds) =>
        seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
            : seconds.ToString(CultureInfo.InvariantCulture);
}
