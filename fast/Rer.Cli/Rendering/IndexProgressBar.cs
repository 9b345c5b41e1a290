using Rer.Repositories;
using Spectre.Console;

namespace Rer.Cli.Rendering;

/// <summary>Shows on a terminal how far the work on an index has come.</summary>
internal static class IndexProgressBar
{
    /// <summary>Does the work, with a bar where a person watches.</summary>
    /// <param name="terminal">Where to show it.</param>
    /// <param name="path">The package path.</param>
    /// <param name="work">What to do; it is told where to report.</param>
    public static T Run<T>(Terminal terminal, string path, Func<IProgress<IndexProgress>?, T> work)
    {
        if (!terminal.ShowsProgress)
        {
            return work(null);
        }
        return terminal
            .ErrorConsole.Progress()
            .AutoClear(true)
            .Start(context =>
            {
                ProgressTask bar = context.AddTask(Markup.Escape(path));
                return work(new Bar(bar));
            });
    }

    /// <summary>Not <see cref="Progress{T}"/>, which reports later, and in any order.</summary>
    private sealed class Bar(ProgressTask task) : IProgress<IndexProgress>
    {
        public void Report(IndexProgress value)
        {
            task.MaxValue = Math.Max(1, value.Total);
            task.Value = value.Done;
        }
    }
}
