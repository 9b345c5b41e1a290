using Spectre.Console;

namespace Rer.Cli.Rendering;

/// <summary>Shows the progress of countable work on a terminal.</summary>
internal static class ProgressBar
{
    /// <summary>Runs the work, with a progress bar if a person is watching.</summary>
    /// <param name="terminal">Where to show it.</param>
    /// <param name="name">What is done.</param>
    /// <param name="read">Reads a report: the number of parts done, and their total.</param>
    /// <param name="work">The work. It is passed where to report.</param>
    public static T Run<TReport, T>(
        Terminal terminal,
        string name,
        Func<TReport, (int Done, int Total)> read,
        Func<IProgress<TReport>?, T> work
    ) =>
        terminal.ShowsProgress
            ? terminal
                .ErrorConsole.Progress()
                .AutoClear(true)
                .Start(context => work(new Bar<TReport>(context.AddTask(Markup.Escape(name)), read)))
            : work(null);

    /// <summary>Not a <see cref="Progress{T}"/>, which reports with a delay and in any order.</summary>
    private sealed class Bar<TReport>(ProgressTask task, Func<TReport, (int Done, int Total)> read) : IProgress<TReport>
    {
        public void Report(TReport value)
        {
            (int done, int total) = read(value);
            task.MaxValue = Math.Max(1, total);
            task.Value = done;
        }
    }
}
