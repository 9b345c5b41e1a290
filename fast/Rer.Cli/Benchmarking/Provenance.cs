using System.Globalization;
using System.Reflection;

namespace Rer.Cli.Benchmarking;

/// <summary>What a table of times says nothing without: what was timed, when, and on what.</summary>
/// <param name="Workload">What was timed.</param>
/// <param name="Passes">How many passes each engine made after its first.</param>
/// <param name="RezPasses">How many passes rez made in all; null if it was not timed.</param>
/// <param name="Date">The day.</param>
/// <param name="Version">The build of <c>rer</c>, with its commit where it was built in a clone.</param>
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
    /// <summary>That of a run that ends now, by this build, on this machine.</summary>
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

    /// <summary>Such as <c>0.1.0+28ce45df8f9c…</c>, which <c>rer --version</c> shows too.</summary>
    private static string BuildVersion() =>
        typeof(Provenance).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
