using System.Globalization;
using Rer.Repositories;
using Spectre.Console;

namespace Rer.Cli.Rendering;

/// <summary>Shows a person that a solve is running, once it takes longer than a moment. Never in a pipe.</summary>
internal static class SolveProgress
{
    private static readonly TimeSpan s_moment = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs a solve, with progress on a terminal.</summary>
    /// <param name="terminal">Where to show it.</param>
    /// <param name="options">The options of the solve. If it has a log, no progress is shown, because the two would
    /// mix.</param>
    /// <param name="repository">What is read from disk along the way; null for nothing.</param>
    /// <param name="solve">The solve.</param>
    public static ResolveResult Run(
        Terminal terminal,
        ResolveOptions options,
        RepositoryStatistics? repository,
        Func<ResolveOptions, ResolveResult> solve
    )
    {
        if (!terminal.ShowsProgress || options.Log is not null)
        {
            return solve(options);
        }

        (int Solves, int Fails) steps = (0, 0);
        ResolveOptions watched = options with
        {
            Callback = state =>
            {
                steps = (state.NumSolves, state.NumFails);
                return (SolverCallbackReturn.KeepGoing, "");
            },
        };
        Task<ResolveResult> solving = Task.Run(() => solve(watched));
        if (Task.WaitAny([solving], s_moment) < 0)
        {
            terminal.ErrorConsole.Status().Start(Describe(), status => Watch(solving, status, Describe));
        }
        return solving.GetAwaiter().GetResult();

        string Describe()
        {
            string loaded = repository is null
                ? ""
                : string.Create(CultureInfo.InvariantCulture, $", {repository.DefinitionsLoaded} packages loaded");
            return string.Create(
                CultureInfo.InvariantCulture,
                $"solving: {steps.Solves} steps, {steps.Fails} failed{loaded}"
            );
        }
    }

    private static void Watch(Task solving, StatusContext status, Func<string> describe)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (Task.WaitAny([solving], 100) < 0)
        {
            double seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
            status.Status = string.Create(CultureInfo.InvariantCulture, $"{describe()}, {seconds:F1} s");
        }
    }
}
