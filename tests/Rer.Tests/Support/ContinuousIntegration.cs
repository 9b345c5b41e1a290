namespace Rer.Tests;

/// <summary>Whether this is a build machine: nothing is left out there for want of data, and no snapshot is accepted.</summary>
internal static class ContinuousIntegration
{
    /// <summary>Whether the environment variable <c>CI</c> is true.</summary>
    public static bool IsOn =>
        string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);
}
