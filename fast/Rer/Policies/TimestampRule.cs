using Rer.Versions;

namespace Rer.Policies;

/// <summary>Matches packages released after a time, or up to it; never one without a time.</summary>
/// <param name="timestamp">The time, in seconds since 1970-01-01 UTC.</param>
/// <param name="family">The family that it is for; null for all.</param>
/// <param name="after">Whether it matches what was released later.</param>
/// <remarks>Answers to <c>rez.package_filter.TimestampRule</c>.</remarks>
internal sealed class TimestampRule(long timestamp, string? family, bool after) : FilterRule
{
    /// <inheritdoc/>
    public override string? Family => family;

    /// <summary>Dear, because rez loads the package for its time.</summary>
    public override int Cost => 1000;

    /// <summary>Reads <c>time</c> or <c>family:time</c>.</summary>
    /// <exception cref="PolicySyntaxException">
    /// The time is no integer. The message is the name of Python's exception, a colon, and what that says.
    /// </exception>
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
}
