using System.Globalization;
using Spectre.Console;

namespace Rer.Cli.Rendering;

/// <summary>What a solve took. It goes beside the answer, as it is not part of it.</summary>
internal static class StatisticsText
{
    /// <summary>Writes a table of what was counted.</summary>
    public static void Write(SolveStatistics statistics, Terminal terminal)
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
        terminal.ErrorConsole.Write(table);

        void Count(string name, int? count)
        {
            if (count is { } value)
                table.AddRow(name, value.ToString("N0", CultureInfo.InvariantCulture));
        }

        void Time(string name, TimeSpan? time)
        {
            if (time is { } value)
                table.AddRow(name, value.TotalMilliseconds.ToString("N3", CultureInfo.InvariantCulture));
        }
    }
}
