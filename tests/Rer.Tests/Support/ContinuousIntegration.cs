namespace Rer.Tests;

/// <summary>
/// Whether this is a build machine. There, missing data does not cause tests to be left out, and snapshots are not
/// accepted.
/// </summary>
internal static class ContinuousIntegration
{
    /// <summary>Whether the environment variable <c>CI</c> is true.</summary>
    public static bool IsOn =>
        string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);
}
