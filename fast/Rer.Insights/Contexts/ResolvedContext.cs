using Rer.Insights.Contexts;

namespace Rer.Insights;

/// <summary>
/// A resolve as saved in a rez context file (<c>.rxt</c>): the request, its options and its result. Immutable.
/// </summary>
/// <remarks>Corresponds to <c>rez.resolved_context.ResolvedContext</c>, without its effects on an
/// environment.</remarks>
public sealed class ResolvedContext
{
    internal ResolvedContext() { }

    /// <summary>The request. Corresponds to <c>requested_packages()</c>.</summary>
    public IReadOnlyList<string> PackageRequests { get; internal init; } = [];

    /// <summary>The requirements added to the request. Corresponds to <c>implicit_packages</c>.</summary>
    public IReadOnlyList<string> ImplicitPackages { get; internal init; } = [];

    /// <summary>
    /// Where packages were searched for; null if this is a result of <c>rer solve --json</c> instead of a context.
    /// Corresponds to <c>package_paths</c>.
    /// </summary>
    public IReadOnlyList<string>? PackagePaths { get; internal init; }

    /// <summary>
    /// How the resolve ended: <c>solved</c>, <c>failed</c> or <c>aborted</c>. Corresponds to <c>status</c>.
    /// </summary>
    public string Status { get; internal init; } = "";

    /// <summary>Why there is no resolve; null if there is one. Corresponds to <c>failure_description</c>.</summary>
    public string? FailureDescription { get; internal init; }

    /// <summary>The packages, in the order of the resolve. Corresponds to <c>resolved_packages</c>.</summary>
    public IReadOnlyList<ResolvedPackage> ResolvedPackages { get; internal init; } = [];

    /// <summary>The ephemerals. Corresponds to <c>resolved_ephemerals</c>.</summary>
    public IReadOnlyList<string> ResolvedEphemerals { get; internal init; } = [];

    /// <summary>Whether build requirements counted. Corresponds to <c>building</c>.</summary>
    public bool Building { get; internal init; }

    /// <summary>
    /// The time after which releases were ignored, in seconds since 1970-01-01 UTC; 0 for none. Corresponds to
    /// <c>requested_timestamp</c>.
    /// </summary>
    public long RequestedTimestamp { get; internal init; }

    /// <summary>The filters. Corresponds to <c>package_filter</c>.</summary>
    public IReadOnlyList<PackageFilter> PackageFilters { get; internal init; } = [];

    /// <summary>The orderers; null if there are none. Corresponds to <c>package_orderers</c>.</summary>
    public IReadOnlyList<PackageOrderer>? PackageOrderers { get; internal init; }

    /// <summary>
    /// Reads a context file in JSON, or in YAML as written by old versions of rez. Also reads the output of
    /// <c>rer solve --json</c>.
    /// </summary>
    /// <exception cref="PackageDataException">The file cannot be read, or is something else.</exception>
    /// <exception cref="BadInputException">The file is neither JSON nor YAML.</exception>
    /// <remarks>Corresponds to <c>ResolvedContext.load</c>. The packages of a context are not looked up on
    /// disk.</remarks>
    public static ResolvedContext Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return ContextReader.Read(path);
    }

    /// <summary>Writes a resolve as a context file that rez 3.4.0 can load.</summary>
    /// <param name="report">The resolve, of packages on disk. It must not be an error, because rez has no context for
    /// one either.</param>
    /// <param name="packagePaths">Where packages were searched for.</param>
    /// <param name="options">The options of the resolve.</param>
    /// <param name="output">Where to write.</param>
    /// <exception cref="ArgumentException">The resolve ended in an error, or its packages are not on disk.</exception>
    /// <remarks>
    /// Corresponds to <c>ResolvedContext.save</c>. <c>rez_path</c> is that of the rez environment in which this is
    /// called, and is empty outside of one. Another rez may load the file.
    /// </remarks>
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
