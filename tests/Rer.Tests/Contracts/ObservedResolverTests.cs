using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Rer.Hosting;

namespace Rer.Tests.Contracts;

public sealed class ObservedResolverTests
{
    private static readonly MemoryPackageRepository s_packages = new([
        ("python", "3.11", new()),
        ("maya", "2025", new() { Requires = ["python-3.11"] }),
    ]);

    [Fact]
    public void A_resolve_is_logged_counted_timed_and_traced()
    {
        List<string> seen = [];
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == ObservedResolver.SourceName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>(
            (instrument, count, tags, _) => seen.Add($"{instrument.Name} {count} {tags[0].Value}")
        );
        listener.SetMeasurementEventCallback<double>(
            (instrument, seconds, tags, _) =>
            {
                seconds.ShouldBeGreaterThan(0);
                seen.Add($"{instrument.Name} {tags[0].Value}");
            }
        );
        listener.Start();
        using ActivityListener activities = new()
        {
            ShouldListenTo = source => source.Name == ObservedResolver.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
                seen.Add(
                    $"{activity.OperationName} {string.Join(' ', activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"))}"
                ),
        };
        ActivitySource.AddActivityListener(activities);
        var log = new LogLines();
        var resolver = new ObservedResolver(new FastResolver(), log);

        resolver.Name.ShouldBe("fast");
        resolver.Resolve(["maya"], s_packages).ShouldBeOfType<SolvedResult>();
        resolver.Resolve(["maya", "!python"], s_packages).ShouldBeOfType<FailedResult>();
        resolver.Resolve(["nuke"], s_packages).ShouldBeOfType<ErrorResult>();

        seen.ShouldBe([
            "rer.resolves 1 solved",
            "rer.resolve.duration solved",
            "resolve rer.status=solved rer.request=maya rer.packages=2",
            "rer.resolves 1 failed",
            "rer.resolve.duration failed",
            "resolve rer.status=failed rer.request=maya !python",
            "rer.resolves 1 error",
            "rer.resolve.duration error",
            "resolve rer.status=error rer.request=nuke",
        ]);
        log.Lines.Count.ShouldBe(3);
        log.Lines[0].ShouldStartWith("Debug: Resolved maya to 2 packages in ");
        log.Lines[1].ShouldStartWith("Information: Failed to resolve maya !python: ");
        log.Lines[2].ShouldStartWith("Warning: Cannot resolve nuke: package family not found: nuke (searched: memory)");
    }

    private sealed class LogLines : ILogger<ObservedResolver>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Lines.Add($"{logLevel}: {formatter(state, exception)}");
    }
}
