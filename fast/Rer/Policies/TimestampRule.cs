using System.Globalization;
using Rer.Versions;

namespace Rer.Policies;

/// <summary>Matches packages released after a time, or up to it. It never matches a package without a time.</summary>
/// <param name="timestamp">The time, in seconds since 1970-01-01 UTC.</param>
/// <param name="family">The family that the rule applies to; null for all.</param>
/// <param name="after">Whether it matches packages released later than the time.</param>
/// <remarks>Corresponds to <c>rez.package_filter.TimestampRule</c>.</remarks>
internal sealed class TimestampRule(long timestamp, string? family, bool after) : FilterRule
{
    /// <inheritdoc/>
    public override string? Family => family;

    /// <summary>Expensive, because rez loads the package to get its time.</summary>
    public override int Cost => 1000;

    /// <summary>Parses <c>time</c> or <c>family:time</c>.</summary>
    /// <exception cref="PolicySyntaxException">The time is not an integer. The message is the name of Python's
    /// exception, a colon, and that exception's text.</exception>
    public static TimestampRule Parse(string text, bool after)
    {
        int colon = text.IndexOf(':');
        string? family = colon < 0 ? null : text[..colon];
        return PythonText.TryReadInteger(text[(colon + 1)..], out long timestamp, out string error)
            ? new(timestamp, family, after)
            : throw new PolicySyntaxException($"ValueError: {error}");
    }

    /// <inheritdoc/>
    public override bool Matches(FilterCandidate package)
    {
        long released = package.Timestamp;
        return released != 0 && released > timestamp == after;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        string prefix = string.IsNullOrEmpty(family) ? "" : $"{family}:";
        return string.Create(CultureInfo.InvariantCulture, $"{(after ? "after" : "before")}({prefix}{timestamp})");
    }
}
