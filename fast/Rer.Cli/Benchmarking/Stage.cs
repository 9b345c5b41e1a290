namespace Rer.Cli.Benchmarking;

/// <summary>A way to get answers, and its time for each request.</summary>
/// <param name="Name">Its name for users.</param>
/// <param name="Times">The time of each request, in the order of the requests.</param>
internal sealed record Stage(string Name, IReadOnlyList<WayTimes> Times)
{
    /// <summary>The total time of each request, in milliseconds.</summary>
    public double[] Totals => [.. Times.Select(times => times.Total)];

    /// <summary>The median over the requests of one part of their times.</summary>
    public double Median(Func<WayTimes, double> part) => Quantiles.Of([.. Times.Select(part)], 0.5);

    /// <summary>
    /// How many times faster this stage is than another: the median of the ratios of single requests.
    /// </summary>
    public double TimesFasterThan(Stage other) =>
        Quantiles.Of([.. Times.Select((times, i) => other.Times[i].Total / times.Total)], 0.5);
}

/// <summary>The time of one request, in milliseconds.</summary>
/// <param name="Total">The total, in wall-clock time.</param>
/// <param name="Process">Starting the process, parsing the command line and printing.</param>
/// <param name="Listing">Listing families.</param>
/// <param name="Loading">Loading definitions.</param>
/// <param name="Solving">The rest of the solve.</param>
internal sealed record WayTimes(double Total, double Process, double Listing, double Loading, double Solving);
