namespace Rer.Tests;

/// <summary>How tests differ on a build machine: nothing is skipped there because data is missing.</summary>
internal static class ContinuousIntegration
{
    /// <summary>Whether the environment variable <c>CI</c> is true.</summary>
    public static bool IsOn =>
        string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Skips the test, or fails it on a build machine.</summary>
    public static void SkipOrFail(string reason)
    {
        if (IsOn)
            Assert.Fail(reason);
        Assert.Skip(reason);
    }
}
