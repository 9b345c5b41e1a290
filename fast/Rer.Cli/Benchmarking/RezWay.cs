using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Rer.Books;

namespace Rer.Cli.Benchmarking;

/// <summary>Times the resolve step of <c>rez-env</c>, in a new Python process for each request.</summary>
/// <remarks>This favours rez: its process has started and imported its modules before the clock starts.</remarks>
internal sealed class RezWay : IDisposable
{
    private const string Script = "rez_way.py";

    private readonly DirectoryInfo _directory = TemporaryDirectory.Create("rer-bench-");
    private readonly string _python;
    private readonly string _paths;
    private readonly string _roundTrip;
    private readonly List<WayTimes> _first = [];
    private readonly List<WayTimes> _next = [];
    private readonly List<Case> _answers = [];

    /// <summary>Prepares a measurement.</summary>
    /// <param name="python">A Python that can import rez.</param>
    /// <param name="paths">The directories of packages.</param>
    /// <param name="roundTrip">The delay added to each disk access, in milliseconds.</param>
    public RezWay(string python, IReadOnlyList<string> paths, double roundTrip)
    {
        (_python, _paths) = (python, string.Join(Path.PathSeparator, paths));
        _roundTrip = roundTrip.ToString(CultureInfo.InvariantCulture);
        RezClock.Unpack(Script, _directory);
    }

    /// <summary>rez's answers.</summary>
    public IReadOnlyList<Case> Answers => _answers;

    /// <summary>The first resolve in a process, and a second one that uses what rez then has in memory.</summary>
    public IReadOnlyList<Stage> Stages => [new("rez, first resolve", _first), new("rez, its caches filled", _next)];

    /// <summary>Measures a request.</summary>
    /// <exception cref="BadInputException">rez cannot be run, or raises an exception.</exception>
    public void Measure(IReadOnlyList<string> request)
    {
        string script = Path.Combine(_directory.FullName, Script);
        using Process process = RezClock.Start(_python, [script, _paths, _roundTrip, .. request]);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            string message = RezClock.LastLine(errors.GetAwaiter().GetResult());
            throw new BadInputException($"{_python}: rez could not be timed: {message}");
        }
        using JsonDocument document = JsonDocument.Parse(output);
        JsonElement result = document.RootElement;
        _first.Add(Times("first_ms"));
        _next.Add(Times("next_ms"));
        bool solved = result.GetProperty("status").GetString() == "solved";
        _answers.Add(
            new Case
            {
                Request = request,
                Status = solved ? CaseStatus.Solved : CaseStatus.Failed,
                Resolved = solved ? [.. result.GetProperty("resolved").EnumerateArray().Select(ReadPackage)] : null,
            }
        );

        WayTimes Times(string name)
        {
            double total = result.GetProperty(name).GetDouble();
            return new WayTimes(total, 0, 0, 0, total);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _directory.Delete(recursive: true);

    private static ResolvedPackage ReadPackage(JsonElement package) =>
        new(
            package[0].GetString()!,
            package[1].GetString()!,
            package[2].ValueKind == JsonValueKind.Null ? null : package[2].GetInt32()
        );
}
