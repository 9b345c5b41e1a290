namespace Rer;

/// <summary>Which of a package's variants is preferred: rez's <c>variant_select_mode</c>.</summary>
public enum VariantSelectMode
{
    /// <summary>The variant with the highest versions of requested packages.</summary>
    VersionPriority,

    /// <summary>The variant that shares most packages with the request.</summary>
    IntersectionPriority,
}

/// <summary>
/// Everything beside the request and the repository that a solve depends on. The defaults are rez's.
/// Immutable, lists that it is given are copied; shared freely between solves and threads.
/// </summary>
/// <remarks>Answers to the arguments of <c>rez.solver.Solver</c> and the settings that it reads.</remarks>
public sealed record ResolveOptions
{
    /// <summary>rez's defaults.</summary>
    public static ResolveOptions Default { get; } = new();

    /// <summary>Which of a package's variants is preferred.</summary>
    public VariantSelectMode VariantSelectMode
    {
        get;
        init =>
            field = Enum.IsDefined(value)
                ? value
                : throw new ArgumentOutOfRangeException(nameof(VariantSelectMode), value, "no such mode");
    }

    /// <summary>
    /// Filters that hide packages; a package hidden by any of them is hidden. Answers to
    /// <c>PackageFilterList.from_pod</c>.
    /// </summary>
    public IReadOnlyList<PackageFilter> PackageFilters
    {
        get;
        init => field = InputList.Copy(value);
    } = [];

    /// <summary>
    /// Hides packages released after this time, in seconds since 1970-01-01 UTC; 0 hides none. Answers to the
    /// <c>timestamp</c> of <c>rez.resolver.Resolver</c>, an exclusion <c>after(Timestamp)</c> added to the filters.
    /// </summary>
    public long Timestamp { get; init; }

    /// <summary>The orderers of this solve; null if none were given, which rez tells from an empty list.</summary>
    public IReadOnlyList<PackageOrderer>? PackageOrderers
    {
        get;
        init => field = value is null ? null : InputList.Copy(value);
    }

    /// <summary>
    /// The orderers of rez's configuration. Consulted only while <see cref="PackageOrderers"/> is null, and then
    /// only for the additional families of the variant sort.
    /// </summary>
    public IReadOnlyList<PackageOrderer> ConfiguredOrderers
    {
        get;
        init => field = InputList.Copy(value);
    } = [];

    /// <summary>Whether the packages' build requirements count.</summary>
    public bool Building { get; init; }

    /// <summary>False turns off rez's shortcuts, which never change an answer.</summary>
    public bool Optimised { get; init; } = true;

    /// <summary>
    /// Whether a family that a package requires and no repository has is an error (rez's default), or only fails the
    /// phase that met it. rez's <c>error_on_missing_variant_requires</c>.
    /// </summary>
    public bool ErrorOnMissingVariantRequires { get; init; } = true;

    /// <summary>Whether a failure graph shows only what led to the failure. rez's <c>prune_unfailed</c>.</summary>
    public bool PruneUnfailed { get; init; } = true;

    /// <summary>
    /// Fail with the most recent failure once this many steps have failed; null for no limit. Looked at between
    /// steps, before the other limits. rez's <c>max_fails</c>.
    /// </summary>
    public int? MaxFails { get; init; }

    /// <summary>Stop once this time has passed; null for no limit. rez's <c>time_limit</c>.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>The clock that <see cref="TimeLimit"/> is measured with.</summary>
    public TimeProvider Clock
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Clock));
    } = TimeProvider.System;

    /// <summary>Asked between steps whether to go on; null to always go on.</summary>
    public SolverCallback? Callback { get; init; }

    /// <summary>Called now and then on the thread that solves, within steps too: a guest in another process lets its host
    /// look after signals. Only the fast engine calls it.</summary>
    internal Action? Pulse { get; init; }

    /// <summary>
    /// Where to write the log that rez prints; null for none. Only the reference writes it: the fast engine does
    /// not work step by step as rez does, and ignores it.
    /// </summary>
    public SolveLog? Log { get; init; }
}

/// <summary>The log of a solve as <c>rez-env -v</c> prints it.</summary>
/// <param name="Writer">Where it goes.</param>
/// <param name="Verbosity">1 to 3: what <c>-v</c> to <c>-vvv</c> show.</param>
/// <param name="SuppressPassive">Leave out what had no effect on the solve (at verbosity 3).</param>
/// <remarks>Answers to <c>rez.solver._Printer</c>.</remarks>
public sealed record SolveLog(TextWriter Writer, int Verbosity, bool SuppressPassive = false);
