using Spectre.Console;

namespace Rer.Cli.Rendering;

/// <summary>Shows on a terminal how far work that can be counted has come.</summary>
internal static class ProgressBar
{
    /// <summary>Does the work, with a bar where a person watches.</summary>
    /// <param name="terminal">Where to show it.</param>
    /// <param name="name">What is done.</param>
    /// <param name="read">What a report says: how many parts are done, and how many there are.</param>
    /// <param name="work">What to do; it is told where to report.</param>
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

    /// <summary>Not <see cref="Progress{T}"/>, which reports later, and in any order.</summary>
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
