namespace Rer.Insights;

/// <summary>The options of an audit.</summary>
public sealed record AuditOptions
{
    /// <summary>Whether each variant is also resolved by itself.</summary>
    public bool Variants { get; init; }

    /// <summary>
    /// Filters, orderers and other options of each resolve. If <see cref="ResolveOptions.MaxFails"/> is null, a resolve
    /// is abandoned after <see cref="DefaultMaxFails"/> failed steps.
    /// </summary>
    public ResolveOptions Resolve { get; init; } = ResolveOptions.Default;

    /// <summary>Requirements added to each request: rez's <c>implicit_packages</c>.</summary>
    public IReadOnlyList<string> ImplicitRequest { get; init; } = [];

    /// <summary>The time limit for finding cores. Causes of many failures are searched first.</summary>
    public TimeSpan TimeForCores { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The limit on failed steps in a resolve. Whole repositories need a few hundred.</summary>
    public const int DefaultMaxFails = 2000;
}
