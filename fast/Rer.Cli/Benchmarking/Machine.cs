using System.Runtime.InteropServices;

namespace Rer.Cli.Benchmarking;

/// <summary>The machine on which times were measured.</summary>
internal sealed record Machine(string Cpu, int Cores, string Os, string Runtime)
{
    /// <summary>This machine.</summary>
    public static Machine Current { get; } =
        new(
            CpuName(),
            Environment.ProcessorCount,
            RuntimeInformation.OSDescription,
            RuntimeInformation.FrameworkDescription
        );

    private static string CpuName()
    {
        const string CpuInfo = "/proc/cpuinfo";
        string? line = File.Exists(CpuInfo)
            ? File.ReadLines(CpuInfo).FirstOrDefault(text => text.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")
            ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
