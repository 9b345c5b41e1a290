namespace Rer.Solving;

/// <summary>
/// Turns the engine's optimisations off, one by one: the same answers come out, later. The corpus and the properties
/// run with each of them off, so that a difference names its optimisation.
/// </summary>
internal sealed record EngineSwitches
{
    internal static EngineSwitches AllOn { get; } = new();

    /// <summary>Sets of at most 64 members are one word in a register (Extraction, Reduction).</summary>
    public bool SingleWord { get; init; } = true;

    /// <summary>A scope of one variant extracts from its own list, not from the family's tables (Extraction).</summary>
    public bool SingleVariantLane { get; init; } = true;

    /// <summary>Only scopes that changed since their last extraction extract again (Extraction).</summary>
    public bool OnlyChangedExtract { get; init; } = true;

    /// <summary>Only scopes that changed are reduced against (Reduction).</summary>
    public bool OnlyChangedReduce { get; init; } = true;

    /// <summary>Scopes of one variant are reduced by their conflict requirements alone (Reduction).</summary>
    public bool SolvedScopesRest { get; init; } = true;

    /// <summary>The search for a scope to split starts where the last one ended (Splitting).</summary>
    public bool FirstUnsolvedHint { get; init; } = true;

    /// <summary>The cut of a split is found on bits, without visiting the variants before it (Splitting).</summary>
    public bool CutOnBits { get; init; } = true;

    /// <summary>The order of a package's variants is remembered during a solve (VariantOrder).</summary>
    public bool RememberVariantOrder { get; init; } = true;

    /// <summary>Requirements of a request that packages have too are not parsed again (RequestReader).</summary>
    public bool KnownRequirements { get; init; } = true;

    /// <summary>A workspace is used for many solves (WorkspacePool).</summary>
    public bool PooledWorkspaces { get; init; } = true;
}
