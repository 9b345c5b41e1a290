using Spectre.Console;

namespace Rer.Cli.Rendering;

/// <summary>Shows the progress of a long operation on a terminal, stage by stage.</summary>
internal static class InsightProgressBar
{
    /// <summary>Runs the operation, with progress bars if a person is watching.</summary>
    /// <param name="terminal">Where to show them.</param>
    /// <param name="work">The operation. It is passed where to report.</param>
    public static T Run<T>(Terminal terminal, Func<IProgress<InsightProgress>?, T> work)
    {
        if (!terminal.ShowsProgress)
        {
            return work(null);
        }
        return terminal.ErrorConsole.Progress().AutoClear(true).Start(context => work(new Bars(context)));
    }

    /// <summary>Not a <see cref="Progress{T}"/>, which reports with a delay and in any order.</summary>
    private sealed class Bars(ProgressContext context) : IProgress<InsightProgress>
    {
        private readonly Dictionary<string, ProgressTask> _bars = [];
        private readonly Lock _lock = new();

        public void Report(InsightProgress value)
        {
            lock (_lock)
            {
                if (!_bars.TryGetValue(value.Stage, out ProgressTask? bar))
                {
                    _bars[value.Stage] = bar = context.AddTask(Markup.Escape(value.Stage));
                }
                bar.MaxValue = Math.Max(1, value.Total);
                // Threads report in any order.
                bar.Value = Math.Max(bar.Value, value.Done);
            }
        }
    }
}
