using Rer.Insights.Contexts;

namespace Rer.Insights;

/// <summary>
/// What a context file (<c>.rxt</c>) of rez tells of a resolve: the request, what it was resolved with, and what came of
/// it. Immutable.
/// </summary>
/// <remarks>Answers to <c>rez.resolved_context.ResolvedContext</c>, without what it does to an environment.</remarks>
public sealed class ResolvedContext
{
    internal ResolvedContext() { }

    /// <summary>The request. <c>requested_packages()</c>.</summary>
    public IReadOnlyList<string> PackageRequests { get; internal init; } = [];

    /// <summary>What was added to it. <c>implicit_packages</c>.</summary>
    public IReadOnlyList<string> ImplicitPackages { get; internal init; } = [];

    /// <summary>Where packages were looked for; null in what is no context, but a result of <c>rer solve --json</c>.
    /// <c>package_paths</c>.</summary>
    public IReadOnlyList<string>? PackagePaths { get; internal init; }

    /// <summary>How the resolve ended: <c>solved</c>, <c>failed</c>, <c>aborted</c>. <c>status</c>.</summary>
    public string Status { get; internal init; } = "";

    /// <summary>Why there is no resolve; null where there is one. <c>failure_description</c>.</summary>
    public string? FailureDescription { get; internal init; }

    /// <summary>The packages, in the order of the resolve. <c>resolved_packages</c>.</summary>
    public IReadOnlyList<ResolvedPackage> ResolvedPackages { get; internal init; } = [];

    /// <summary>The ephemerals. <c>resolved_ephemerals</c>.</summary>
    public IReadOnlyList<string> ResolvedEphemerals { get; internal init; } = [];

    /// <summary>Whether build requirements counted. <c>building</c>.</summary>
    public bool Building { get; internal init; }

    /// <summary>The time after which releases were ignored, in seconds since 1970; 0 for none.
    /// <c>requested_timestamp</c>.</summary>
    public long RequestedTimestamp { get; internal init; }

    /// <summary>The filters. <c>package_filter</c>.</summary>
    public IReadOnlyList<PackageFilter> PackageFilters { get; internal init; } = [];

    /// <summary>The orderers; null if there are none. <c>package_orderers</c>.</summary>
    public IReadOnlyList<PackageOrderer>? PackageOrderers { get; internal init; }

    /// <summary>Reads a context file, in JSON, or in YAML as old versions of rez wrote it; or the JSON of
    /// <c>rer solve --json</c>.</summary>
    /// <exception cref="PackageDataException">It cannot be read, or is something else.</exception>
    /// <exception cref="BadInputException">It is neither JSON nor YAML.</exception>
    /// <remarks>Answers to <c>ResolvedContext.load</c>. What a context holds is not looked up on disk.</remarks>
    public static ResolvedContext Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return ContextReader.Read(path);
    }

    /// <summary>Writes a resolve as a context file that rez 3.4.0 loads.</summary>
    /// <param name="report">The resolve, of packages on disk. An error is none: rez has no context of one either.</param>
    /// <param name="packagePaths">Where packages were looked for.</param>
    /// <param name="options">What it was resolved with.</param>
    /// <param name="output">Where to.</param>
    /// <exception cref="ArgumentException">The resolve ended in an error, or its packages are not on disk.</exception>
    /// <remarks>Answers to <c>ResolvedContext.save</c>. Which rez will load it is not known here: <c>rez_path</c> is that of
    /// the rez environment in which this is called, else empty.</remarks>
    public static void Write(
        ResolveReport report,
        IReadOnlyList<string> packagePaths,
        ResolveOptions options,
        Stream output
    )
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(packagePaths);
        ArgumentNullException.ThrowIfNull(options);
        ContextWriter.Write(report, packagePaths, options, output);
    }
}
