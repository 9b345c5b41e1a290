namespace Rer.Cli.Benchmarking;

/// <summary>A way to come to answers, and what each request took on it.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Times">What each request took, in the order of the requests.</param>
internal sealed record Stage(string Name, IReadOnlyList<WayTimes> Times)
{
    /// <summary>All of what each request took, in milliseconds.</summary>
    public double[] Totals => [.. Times.Select(times => times.Total)];

    /// <summary>The median over the requests of a part of their times.</summary>
    public double Median(Func<WayTimes, double> part) => Quantiles.Of([.. Times.Select(part)], 0.5);

    /// <summary>How many times faster this stage is than another: the median of the requests' own ratios.</summary>
    public double TimesSoonerThan(Stage other) =>
        Quantiles.Of([.. Times.Select((times, i) => other.Times[i].Total / times.Total)], 0.5);
}

/// <summary>What one request took, in milliseconds.</summary>
/// <param name="Total">All of it, as a user's clock has it.</param>
/// <param name="Process">Starting the process, reading the command line, printing.</param>
/// <param name="Listing">Listing families.</param>
/// <param name="Loading">Loading definitions.</param>
/// <param name="Solving">The rest of the solve.</param>
internal sealed record WayTimes(double Total, double Process, double Listing, double Loading, double Solving);
