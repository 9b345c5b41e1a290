namespace Rer.Tests;

/// <summary>What tests do otherwise on a build machine: nothing is skipped there for want of data.</summary>
internal static class ContinuousIntegration
{
    /// <summary>Whether the environment variable <c>CI</c> says so.</summary>
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
