using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Rer.Hosting;

/// <summary>
/// An engine with logging, metrics and tracing. An <see cref="ILogger"/> gets a line for each resolve, the meter
/// <c>Rer</c> counts and times them, and the activity source <c>Rer</c> records a span for each. The answers are those
/// of the wrapped engine.
/// </summary>
/// <remarks>
/// The instruments are <c>rer.resolves</c> (a counter) and <c>rer.resolve.duration</c> (a histogram, in seconds). Both
/// have the tag <c>rer.status</c>: <c>solved</c>, <c>failed</c>, <c>error</c> or <c>stopped</c>. The span
/// <c>resolve</c> has the tags <c>rer.status</c>, <c>rer.request</c> and, if it was solved, <c>rer.packages</c>, the
/// number of packages. Instruments without a listener cost nothing.
/// </remarks>
public sealed partial class ObservedResolver : IResolver
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string SourceName = "Rer";

    private const string StatusTag = "rer.status";

    private static readonly ActivitySource s_activities = new(SourceName);
    private static readonly Meter s_meter = new(SourceName);
    private static readonly Counter<long> s_resolves = s_meter.CreateCounter<long>(
        "rer.resolves",
        "{resolve}",
        "Requests that were resolved."
    );
    private static readonly Histogram<double> s_durations = s_meter.CreateHistogram<double>(
        "rer.resolve.duration",
        "s",
        "How long a request took to resolve."
    );

    private readonly IResolver _engine;
    private readonly ILogger _logger;

    /// <summary>Wraps an engine.</summary>
    /// <param name="engine">The engine that resolves.</param>
    /// <param name="logger">Receives resolves at <see cref="LogLevel.Debug"/>, failures and limits at
    /// <see cref="LogLevel.Information"/>, errors at <see cref="LogLevel.Warning"/>; null for none.</param>
    public ObservedResolver(IResolver engine, ILogger<ObservedResolver>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(engine);
        _engine = engine;
        _logger = logger ?? NullLogger<ObservedResolver>.Instance;
    }

    /// <inheritdoc />
    public string Name => _engine.Name;

    /// <inheritdoc />
    public ResolveResult Resolve(
        IReadOnlyList<string> request,
        IPackageRepository repository,
        ResolveOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        using Activity? activity = s_activities.StartActivity("resolve");
        long begun = Stopwatch.GetTimestamp();
        ResolveResult result = _engine.Resolve(request, repository, options, cancellationToken);
        TimeSpan taken = Stopwatch.GetElapsedTime(begun);

        string status = StatusOf(result);
        s_resolves.Add(1, new KeyValuePair<string, object?>(StatusTag, status));
        s_durations.Record(taken.TotalSeconds, new KeyValuePair<string, object?>(StatusTag, status));
        if (activity is { IsAllDataRequested: true })
        {
            activity.SetTag(StatusTag, status);
            activity.SetTag("rer.request", string.Join(' ', request));
            if (result is SolvedResult solved)
            {
                activity.SetTag("rer.packages", solved.Packages.Count);
            }
            if (result is ErrorResult error)
            {
                activity.SetStatus(ActivityStatusCode.Error, error.Message);
            }
        }
        Log(result, request, taken);
        return result;
    }

    private void Log(ResolveResult result, IReadOnlyList<string> request, TimeSpan taken)
    {
        LogLevel level = result switch
        {
            SolvedResult => LogLevel.Debug,
            ErrorResult => LogLevel.Warning,
            _ => LogLevel.Information,
        };
        if (!_logger.IsEnabled(level))
        {
            return;
        }
        string asked = string.Join(' ', request);
        switch (result)
        {
            case SolvedResult solved:
                LogSolved(asked, solved.Packages.Count, taken.TotalMilliseconds);
                break;
            case FailedResult failed:
                LogFailed(asked, failed.Failure.Description, taken.TotalMilliseconds);
                break;
            case ErrorResult error:
                LogError(asked, error.Message, taken.TotalMilliseconds);
                break;
            case StoppedResult stopped:
                LogStopped(asked, stopped.Message, taken.TotalMilliseconds);
                break;
        }
    }

    private static string StatusOf(ResolveResult result) =>
        result switch
        {
            SolvedResult => "solved",
            FailedResult => "failed",
            ErrorResult => "error",
            _ => "stopped",
        };

    [LoggerMessage(1, LogLevel.Debug, "Resolved {Request} to {Packages} packages in {Milliseconds:0.00} ms")]
    private partial void LogSolved(string request, int packages, double milliseconds);

    [LoggerMessage(2, LogLevel.Information, "Failed to resolve {Request}: {Description} ({Milliseconds:0.00} ms)")]
    private partial void LogFailed(string request, string description, double milliseconds);

    [LoggerMessage(3, LogLevel.Warning, "Cannot resolve {Request}: {Message} ({Milliseconds:0.00} ms)")]
    private partial void LogError(string request, string message, double milliseconds);

    [LoggerMessage(4, LogLevel.Information, "Stopped resolving {Request}: {Message} ({Milliseconds:0.00} ms)")]
    private partial void LogStopped(string request, string message, double milliseconds);
}
