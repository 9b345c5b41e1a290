namespace Rer.Tests;

/// <summary>The real rez that the environment names, for tests that need it.</summary>
internal static class RealRez
{
    /// <summary>The folder of rez's sources, <c>src</c> of a checkout; empty if none is named.</summary>
    public static string Source { get; } = Environment.GetEnvironmentVariable("REZ_SRC") ?? "";

    /// <summary>The Python to run it with; empty if none is named.</summary>
    public static string Python { get; } = Environment.GetEnvironmentVariable("REZ_PYTHON") ?? "";

    /// <summary>Whether there is one.</summary>
    public static bool IsThere => Source.Length > 0 && Python.Length > 0;
}
