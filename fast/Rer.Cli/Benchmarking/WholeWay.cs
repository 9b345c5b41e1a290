using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Rer.Books;
using Rer.Cli.Input;
using Rer.Repositories;
using Rer.Repositories.Disk;

namespace Rer.Cli.Benchmarking;

/// <summary>
/// Measures the time that requests take for a user: from the start of a process to its answer, with packages read from
/// disk.
/// </summary>
/// <remarks>
/// All measurements run with the files in the system's cache. This program cannot clear that cache, and otherwise the
/// first measurement would pay for files missing from it. The cost of a slow disk is measured with a simulated round
/// trip.
/// </remarks>
internal sealed class WholeWay : IDisposable
{
    private readonly string _paths;
    private readonly double _roundTrip;
    private readonly RezWay? _rez;
    private readonly DirectoryInfo _cache = TemporaryDirectory.Create("rer-bench-cache-");
    private readonly string? _level;
    private readonly DirectoryInfo? _published;
    private readonly FilesystemRepository _repository;
    private readonly IResolver _resolver = Engines.Create(Engines.Fast);
    private readonly List<WayTimes> _cold = [];
    private readonly List<WayTimes> _warm = [];
    private readonly List<WayTimes> _indexed = [];
    private readonly List<WayTimes> _next = [];
    private readonly List<Case> _answers = [];

    /// <summary>The longest round trip, in milliseconds.</summary>
    public const int MostRoundTrip = DiskCalls.MostMilliseconds;

    /// <summary>Prepares a measurement.</summary>
    /// <param name="paths">The packages, as in <c>--paths</c>.</param>
    /// <param name="python">A Python that can import rez, to measure rez as well; null for none.</param>
    /// <param name="roundTrip">The delay added to each disk access, in milliseconds.</param>
    /// <param name="level">How far to trust a published index, which is made for the measurement; null to leave it
    /// out.</param>
    /// <exception cref="BadInputException">The index cannot be made.</exception>
    public WholeWay(string paths, string? python, double roundTrip, string? level)
    {
        (_paths, _roundTrip, _level) = (paths, roundTrip, level);
        _published = level is null ? null : TemporaryDirectory.Create("rer-bench-index-");
        _repository = new FilesystemRepository(
            PackagePaths.Parse(paths),
            new DiskCalls(TimeSpan.FromMilliseconds(roundTrip))
        );
        foreach (string path in _published is null ? [] : _repository.SearchPaths)
        {
            Publish(path, _published!);
        }
        _rez = python is null ? null : new RezWay(python, _repository.SearchPaths, roundTrip);
    }

    /// <summary>The answers, computed in this process.</summary>
    public IReadOnlyList<Case> Answers => _answers;

    /// <summary>rez's answers; empty if rez was not run.</summary>
    public IReadOnlyList<Case> RezAnswers => _rez?.Answers ?? [];

    /// <summary>
    /// The stages of <c>rer</c>: a new process, one with a warm index, one with a published index, the next solve in a
    /// process.
    /// </summary>
    public IReadOnlyList<Stage> Stages =>
        [
            new("rer, first resolve", _cold),
            new("rer, warm index", _warm),
            .. _level is null ? Array.Empty<Stage>() : [new Stage($"rer, index, {_level}", _indexed)],
            new("rer, next in the process", _next),
        ];

    /// <summary>The stages of rez: the resolve step in a new process, and again in that process.</summary>
    public IReadOnlyList<Stage> RezStages => _rez?.Stages ?? [];

    /// <summary>
    /// Measures a request at all stages, one after another, so that other load on the machine affects all of them.
    /// </summary>
    /// <exception cref="BadInputException">A process fails.</exception>
    public void Measure(IReadOnlyList<string> request, CancellationToken cancellationToken)
    {
        string[] alone = ["--index", "off"];
        _ = RunProcess(request, alone); // from here on, the system has the files in its cache
        _cold.Add(RunProcesses(request, alone));
        string[] cached = [.. alone, "--cache", _cache.FullName];
        _ = RunProcess(request, cached); // fills the index
        _warm.Add(RunProcesses(request, cached));
        if (_level is not null)
        {
            _indexed.Add(RunProcesses(request, ["--index", _level, "--index-dir", _published!.FullName]));
        }
        _next.Add(MeasureNext(request, cancellationToken));
        _rez?.Measure(request);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _rez?.Dispose();
        _cache.Delete(recursive: true);
        _published?.Delete(recursive: true);
    }

    private static void Publish(string path, DirectoryInfo directory)
    {
        try
        {
            PublishedIndex.Update(path, new PublishedIndexOptions { Directory = directory.FullName });
        }
        catch (Exception e) when (e is PackageDataException or IOException or UnauthorizedAccessException)
        {
            directory.Delete(recursive: true);
            throw new BadInputException($"{path}: no index can be made of it: {e.Message}", e);
        }
    }

    /// <summary>
    /// Returns the median of several runs. During a single one, the machine may be busy with something else.
    /// </summary>
    private WayTimes RunProcesses(IReadOnlyList<string> request, string[] options)
    {
        const int Processes = 5;
        var runs = Enumerable.Range(0, Processes).Select(_ => RunProcess(request, options));
        return runs.OrderBy(run => run.Total).ElementAt(Processes / 2);
    }

    private WayTimes RunProcess(IReadOnlyList<string> request, string[] options)
    {
        string[] arguments = ["solve", .. request, "--paths", _paths, "--no-implicit", "--json", .. options];
        long start = TimeProvider.System.GetTimestamp();
        using Process process = StartSelf(arguments);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        double total = TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
        if (output.Length == 0)
        {
            throw new BadInputException($"a solve could not be timed: {errors.GetAwaiter().GetResult().Trim()}");
        }

        using JsonDocument document = JsonDocument.Parse(output);
        JsonElement result = document.RootElement;
        JsonElement repository = result.GetProperty("repository");
        double listing = repository.GetProperty("listing_ms").GetDouble();
        double loading = repository.GetProperty("loading_ms").GetDouble();
        double solve = result.GetProperty("solve_ms").GetDouble();
        // Concurrent loading may add up to more time than the solve took.
        return new WayTimes(
            total,
            Math.Max(0, total - solve),
            listing,
            loading,
            Math.Max(0, solve - listing - loading)
        );
    }

    private WayTimes MeasureNext(IReadOnlyList<string> request, CancellationToken cancellationToken)
    {
        ResolveResult first = _resolver.Resolve(request, _repository, null, cancellationToken);
        _answers.Add(CaseRecorder.Record(request, ResolveOptions.Default, first));
        long start = TimeProvider.System.GetTimestamp();
        _ = _resolver.Resolve(request, _repository, null, cancellationToken);
        double total = TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
        return new WayTimes(total, 0, 0, 0, total);
    }

    /// <summary>
    /// Starts this program again: by its executable or, if it is installed as a tool, by its library.
    /// </summary>
    private Process StartSelf(string[] arguments)
    {
        string name = typeof(WholeWay).Assembly.GetName().Name!;
        string executable = Path.Combine(AppContext.BaseDirectory, name + (OperatingSystem.IsWindows() ? ".exe" : ""));
        string library = Path.Combine(AppContext.BaseDirectory, name + ".dll");
        ProcessStartInfo start =
            !File.Exists(library) ? new(Environment.ProcessPath!, arguments)
            : File.Exists(executable) ? new(executable, arguments)
            : new("dotnet", [library, .. arguments]);
        // Only the given options apply, even if the caller's environment sets others.
        foreach (string variable in IndexOptions.Variables)
        {
            start.Environment.Remove(variable);
        }
        start.Environment[DiskCalls.RoundTripVariable] = _roundTrip.ToString(CultureInfo.InvariantCulture);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        return Process.Start(start) ?? throw new BadInputException($"{start.FileName}: cannot be started");
    }
}
