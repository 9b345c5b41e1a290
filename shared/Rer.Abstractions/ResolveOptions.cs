namespace Rer;

/// <summary>Which of a package's variants is preferred: rez's <c>variant_select_mode</c>.</summary>
public enum VariantSelectMode
{
    /// <summary>The variant with the highest versions of requested packages.</summary>
    VersionPriority,

    /// <summary>The variant that has the most packages in common with the request.</summary>
    IntersectionPriority,
}

/// <summary>
/// Everything that a solve depends on besides the request and the repository. The defaults are rez's. Immutable: lists
/// are copied when set. May be shared freely between solves and threads.
/// </summary>
/// <remarks>Corresponds to the arguments of <c>rez.solver.Solver</c> and the settings that it reads.</remarks>
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
    /// Filters that hide packages. A package is hidden if any of them hides it. Corresponds to
    /// <c>PackageFilterList.from_pod</c>.
    /// </summary>
    public IReadOnlyList<PackageFilter> PackageFilters
    {
        get;
        init => field = InputList.Copy(value);
    } = [];

    /// <summary>
    /// Hides packages released after this time, in seconds since 1970-01-01 UTC; 0 hides none. Corresponds to the
    /// <c>timestamp</c> of <c>rez.resolver.Resolver</c>, which adds an exclusion <c>after(Timestamp)</c> to the
    /// filters.
    /// </summary>
    public long Timestamp { get; init; }

    /// <summary>
    /// The orderers of this solve; null if none were given. rez treats null and an empty list differently.
    /// </summary>
    public IReadOnlyList<PackageOrderer>? PackageOrderers
    {
        get;
        init => field = value is null ? null : InputList.Copy(value);
    }

    /// <summary>
    /// The orderers from rez's configuration. They are used only if <see cref="PackageOrderers"/> is null, and then
    /// only to compare variants by the families that they add to the request.
    /// </summary>
    public IReadOnlyList<PackageOrderer> ConfiguredOrderers
    {
        get;
        init => field = InputList.Copy(value);
    } = [];

    /// <summary>Whether the packages' build requirements count.</summary>
    public bool Building { get; init; }

    /// <summary>Whether rez's shortcuts are used. They never change an answer.</summary>
    public bool Optimised { get; init; } = true;

    /// <summary>
    /// Whether a required family that no repository has is an error, which is rez's default. If false, it only fails
    /// the phase that needs it. Corresponds to rez's <c>error_on_missing_variant_requires</c>.
    /// </summary>
    public bool ErrorOnMissingVariantRequires { get; init; } = true;

    /// <summary>
    /// Whether a failure graph shows only what led to the failure. Corresponds to rez's <c>prune_unfailed</c>.
    /// </summary>
    public bool PruneUnfailed { get; init; } = true;

    /// <summary>
    /// Fail with the most recent failure once this many steps have failed; null for no limit. Checked between steps,
    /// before the other limits. Corresponds to rez's <c>max_fails</c>.
    /// </summary>
    public int? MaxFails { get; init; }

    /// <summary>
    /// Stop once this much time has passed; null for no limit. Corresponds to rez's <c>time_limit</c>.
    /// </summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>The clock used for <see cref="TimeLimit"/>.</summary>
    public TimeProvider Clock
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Clock));
    } = TimeProvider.System;

    /// <summary>Called between steps. It decides whether to continue; null to always continue.</summary>
    public SolverCallback? Callback { get; init; }

    /// <summary>
    /// Called from time to time on the solving thread, even within a step. It lets a host language handle signals. Only
    /// the fast engine calls it.
    /// </summary>
    internal Action? Pulse { get; init; }

    /// <summary>
    /// Where to write the log that rez prints; null for none. Only the reference writes it. The fast engine ignores it,
    /// because it does not work step by step as rez does.
    /// </summary>
    public SolveLog? Log { get; init; }
}

/// <summary>The log of a solve as <c>rez-env -v</c> prints it.</summary>
/// <param name="Writer">Where the log is written.</param>
/// <param name="Verbosity">1 to 3, as shown by <c>-v</c> to <c>-vvv</c>.</param>
/// <param name="SuppressPassive">Whether to leave out what had no effect on the solve (at verbosity 3).</param>
/// <remarks>Corresponds to <c>rez.solver._Printer</c>.</remarks>
public sealed record SolveLog(TextWriter Writer, int Verbosity, bool SuppressPassive = false);
