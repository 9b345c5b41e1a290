using Spectre.Console;

namespace Rer.Cli.Rendering;

/// <summary>Shows on a terminal how far work that can be counted has come.</summary>
internal static class ProgressBar
{
    /// <summary>Does the work, with a bar where a person watches.</summary>
    /// <param name="terminal">Where to show it.</param>
    /// <param name="name">What is done.</param>
    /// <param name="total">How many parts it has.</param>
    /// <param name="work">What to do; it is told where to report how many parts are done.</param>
    public static T Run<T>(Terminal terminal, string name, int total, Func<IProgress<int>?, T> work) =>
        terminal.ShowsProgress
            ? terminal
                .ErrorConsole.Progress()
                .AutoClear(true)
                .Start(context => work(new Bar(context.AddTask(Markup.Escape(name), maxValue: total))))
            : work(null);

    /// <summary>Not <see cref="Progress{T}"/>, which reports later, and in any order.</summary>
    private sealed class Bar(ProgressTask task) : IProgress<int>
    {
        public void Report(int value) => task.Value = value;
    }
}
