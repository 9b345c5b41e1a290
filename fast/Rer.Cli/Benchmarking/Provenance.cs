using System.Globalization;
using System.Reflection;

namespace Rer.Cli.Benchmarking;

/// <summary>
/// The context without which a table of times means nothing: what was timed, when, and on which machine.
/// </summary>
/// <param name="Workload">The workload.</param>
/// <param name="Passes">The number of passes of each engine after its first.</param>
/// <param name="RezPasses">The total number of rez's passes; null if it was not timed.</param>
/// <param name="Date">The day.</param>
/// <param name="Version">The version of <c>rer</c>, including its commit if it was built in a clone.</param>
/// <param name="Machine">The machine.</param>
internal sealed record Provenance(
    string Workload,
    int Passes,
    int? RezPasses,
    DateOnly Date,
    string Version,
    Machine Machine
)
{
    /// <summary>The context of a run that ends now, of this build on this machine.</summary>
    public static Provenance Now(string workload, int passes, int? rezPasses) =>
        new(
            workload,
            passes,
            rezPasses,
            DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime),
            BuildVersion(),
            Machine.Current
        );

    /// <summary>One line of text.</summary>
    public override string ToString()
    {
        string rez = RezPasses is { } passes ? string.Create(CultureInfo.InvariantCulture, $" (rez {passes})") : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Workload {Workload}, 1 + {Passes} passes{rez}, one thread; {Surroundings}"
        );
    }

    /// <summary>The same without passes.</summary>
    public string What => $"Workload {Workload}; {Surroundings}";

    private string Surroundings =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"rer {Version}; {Date:yyyy-MM-dd}; {Machine.Cpu}, {Machine.Cores} cores, {Machine.Os}, {Machine.Runtime}."
        );

    /// <summary>The version, such as <c>0.1.0+28ce45df8f9c…</c>, as shown by <c>rer --version</c>.</summary>
    private static string BuildVersion() =>
        typeof(Provenance).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
