using System.Globalization;
using Rer.Repositories;
using Spectre.Console;

namespace Rer.Cli.Rendering;

/// <summary>Writes the cost of a solve. It goes to the error stream, because it is not part of the answer.</summary>
internal static class StatisticsText
{
    /// <summary>Writes a table of counts.</summary>
    /// <param name="statistics">The engine's counts.</param>
    /// <param name="repository">What was read from disk; null if nothing was.</param>
    /// <param name="indexes">The indexes that were used.</param>
    /// <param name="terminal">Where to write.</param>
    public static void Write(
        SolveStatistics statistics,
        RepositoryStatistics? repository,
        IReadOnlyList<IndexAnswer> indexes,
        Terminal terminal
    )
    {
        Table table = new Table().Border(TableBorder.None).HideHeaders().AddColumn("").AddColumn("");
        table.Columns[1].RightAligned();
        Count("solve steps", statistics.NumSolves);
        Count("failed steps", statistics.NumFails);
        Count("extractions", statistics.NumExtractions);
        Count("intersections", statistics.NumIntersections);
        Count("reductions", statistics.NumReductions);
        Time("solve time, ms", statistics.SolveTime);
        Time("load time, ms", statistics.LoadTime);
        if (repository is not null)
        {
            Count("families listed", repository.FamiliesListed);
            Count("versions seen", repository.VersionsSeen);
            Count("definitions loaded", repository.DefinitionsLoaded);
            Count("definitions used", repository.DefinitionsUsed);
            Count("definitions evaluated by Python", repository.DefinitionsEvaluated);
            Count("definitions from an index", repository.CacheHits);
            Count("files checked", repository.Looks);
            Count("directories listed", repository.Listings);
            Count("files opened", repository.Opens);
            Count("reads", repository.Reads);
            Time("time listing, ms", repository.ListingTime);
            Time("time loading, ms", repository.LoadingTime);
        }
        terminal.ErrorConsole.Write(table);
        foreach (IndexAnswer index in indexes)
        {
            WriteIndex(index, terminal);
        }

        void Count(string name, long? count)
        {
            if (count is { } value)
            {
                table.AddRow(name, value.ToString("N0", CultureInfo.InvariantCulture));
            }
        }

        void Time(string name, TimeSpan? time)
        {
            if (time is { } value)
            {
                table.AddRow(name, value.TotalMilliseconds.ToString("N3", CultureInfo.InvariantCulture));
            }
        }
    }

    private static void WriteIndex(IndexAnswer index, Terminal terminal)
    {
        string kind = index.IsPublished ? "published index" : "index of this machine";
        string fellBack =
            index.FellBack == 0 ? "" : $"; {index.FellBack} {(index.FellBack == 1 ? "was" : "were")} read from disk";
        terminal.WriteErrorLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{index.PackagePath}: {kind} of {index.Made.ToLocalTime():yyyy-MM-dd HH:mm:ss} ({index.File}), {Names.OfLevel(index.Level)}: used for {Names.Count(index.Families, "family", "families")}{fellBack}"
            )
        );
    }
}
