namespace Rer.Solving;

/// <summary>
/// Turns the engine's optimisations off, one by one: the same answers come out, later. The corpus and the properties
/// run with each of them off, so that a difference names its optimisation.
/// </summary>
/// <remarks>
/// The PERF notes beside the techniques say how many times as long the 188 benchmark requests and the studio book take
/// with the switch off: sums of each request's best of 30 passes, all switches in turn in one process, steady state, one
/// thread, .NET 10, 2026-11-23. Where a switch tells little there, its technique serves what is not joined: first solves,
/// and families wider than these.
/// </remarks>
internal sealed record EngineSwitches
{
    internal static EngineSwitches AllOn { get; } = new();

    /// <summary>The tables of small families that are used again are joined with those of the families that they require
    /// (Joining).</summary>
    public bool JoinedTables { get; init; } = true;

    /// <summary>Tables are not joined before a family is used again (Joining).</summary>
    public bool JoinLate { get; init; } = true;

    /// <summary>Of a wide slice only the words between its first and its last member are looked at (Extraction,
    /// Reduction).</summary>
    public bool LiveWindow { get; init; } = true;

    /// <summary>Families of few words keep all sets as words, of few ranges look at each (CompilingLimits). Tells for
    /// repositories that the engine compiles itself.</summary>
    public bool SmallFamilies { get; init; } = true;

    /// <summary>Where each version requires the next range, many ranges are decided by two (FallingRanges).</summary>
    public bool NeighbouringRanges { get; init; } = true;

    /// <summary>A dependency that can have no more effect is not looked at again (Settling).</summary>
    public bool SettledDependencies { get; init; } = true;

    /// <summary>Only scopes that changed since their last extraction extract again (Extraction).</summary>
    public bool OnlyChangedExtract { get; init; } = true;

    /// <summary>Only scopes that changed are reduced against (Reduction).</summary>
    public bool OnlyChangedReduce { get; init; } = true;

    /// <summary>The search for a scope to split starts where the last one ended (Splitting).</summary>
    public bool FirstUnsolvedHint { get; init; } = true;

    /// <summary>The cut of a split is found on bits, without visiting the variants before it (Splitting).</summary>
    public bool CutOnBits { get; init; } = true;

    /// <summary>The order of a package's variants is remembered: without orderers for all solves, with orderers during one
    /// (VariantOrder).</summary>
    public bool RememberVariantOrder { get; init; } = true;

    /// <summary>Requirements of a request that packages have too are not parsed again (RequestReader).</summary>
    public bool KnownRequirements { get; init; } = true;

    /// <summary>A solver, with its buffers, is used for many solves (SolverPool).</summary>
    public bool PooledWorkspaces { get; init; } = true;
}
