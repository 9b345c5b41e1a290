namespace Rer.Solving;

/// <summary>
/// Turns the engine's optimisations off, one by one. The answers stay the same and only take longer. The corpus and the
/// properties run with each of them off, so that a difference points to its optimisation.
/// </summary>
/// <remarks>
/// The PERF notes next to the techniques say how many times longer the 188 benchmark requests and the studio book take
/// with the switch off. Steady passes are over requests that were solved before. A first pass is on packages of which
/// nothing is compiled. These are medians of three runs of <c>rer bench --workload rez --passes 12 --without
/// SWITCH</c>, and of the same with <c>--workload studio</c>, all switches in one run, 2026-11-29, at commit 8c1a57e;
/// the steady ones of KnownRequirements at commit c2e661b.
/// PERF: SmallFamilies, steady ×2.37 and ×2.17, first pass ×1.21 and ×1.64. If a switch shows little there, its
/// technique is for families wider than these.
/// </remarks>
internal sealed record EngineSwitches
{
    internal static EngineSwitches AllOn { get; } = new();

    /// <summary>For each switch, by name: all optimisations except that one.</summary>
    internal static IReadOnlyDictionary<string, EngineSwitches> WithoutOne { get; } =
        new Dictionary<string, EngineSwitches>
        {
            [nameof(JoinedTables)] = new() { JoinedTables = false },
            [nameof(JoinLate)] = new() { JoinLate = false },
            [nameof(LiveWindow)] = new() { LiveWindow = false },
            [nameof(SmallFamilies)] = new() { SmallFamilies = false },
            [nameof(NeighbouringRanges)] = new() { NeighbouringRanges = false },
            [nameof(SettledDependencies)] = new() { SettledDependencies = false },
            [nameof(OnlyChangedExtract)] = new() { OnlyChangedExtract = false },
            [nameof(OnlyChangedReduce)] = new() { OnlyChangedReduce = false },
            [nameof(FirstUnsolvedHint)] = new() { FirstUnsolvedHint = false },
            [nameof(CutOnBits)] = new() { CutOnBits = false },
            [nameof(RememberVariantOrder)] = new() { RememberVariantOrder = false },
            [nameof(KnownRequirements)] = new() { KnownRequirements = false },
            [nameof(PooledWorkspaces)] = new() { PooledWorkspaces = false },
        };

    /// <summary>
    /// The tables of small families that are used again are joined with those of the families that they require
    /// (JoinedTables).
    /// </summary>
    public bool JoinedTables { get; init; } = true;

    /// <summary>Tables are not joined before a family is used again (JoinedTables).</summary>
    public bool JoinLate { get; init; } = true;

    /// <summary>Only the words between the first and the last member of a wide slice are examined (LivePart).</summary>
    public bool LiveWindow { get; init; } = true;

    /// <summary>
    /// Families of few words store all sets as words, and families of few ranges examine each (CompilingLimits). It
    /// matters for repositories that the engine compiles itself.
    /// </summary>
    public bool SmallFamilies { get; init; } = true;

    /// <summary>If each version requires the next range, two ranges decide for many (FallingRanges).</summary>
    public bool NeighbouringRanges { get; init; } = true;

    /// <summary>A dependency that can have no more effect is not examined again (Settling).</summary>
    public bool SettledDependencies { get; init; } = true;

    /// <summary>Only scopes that changed since their last extraction extract again (Pending).</summary>
    public bool OnlyChangedExtract { get; init; } = true;

    /// <summary>Only scopes that changed are reduced against (Pending).</summary>
    public bool OnlyChangedReduce { get; init; } = true;

    /// <summary>The search for a scope to split starts where the last one ended (SolveState).</summary>
    public bool FirstUnsolvedHint { get; init; } = true;

    /// <summary>The cut of a split is found on bits, without visiting the variants before it (Splitter).</summary>
    public bool CutOnBits { get; init; } = true;

    /// <summary>The order of a package's variants is remembered: without orderers for all solves, with orderers during
    /// one (VariantOrder).</summary>
    public bool RememberVariantOrder { get; init; } = true;

    /// <summary>Requirements of a request that packages also have are not parsed again (RequestReader).</summary>
    public bool KnownRequirements { get; init; } = true;

    /// <summary>A solver and its buffers are used for many solves (SolverPool).</summary>
    public bool PooledWorkspaces { get; init; } = true;
}
