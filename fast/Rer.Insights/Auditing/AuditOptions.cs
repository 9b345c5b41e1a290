namespace Rer.Insights;

/// <summary>How to audit.</summary>
public sealed record AuditOptions
{
    /// <summary>Whether each variant is resolved by itself, too.</summary>
    public bool Variants { get; init; }

    /// <summary>Filters, orderers and so on of each resolve. Where <see cref="ResolveOptions.MaxFails"/> is not given, a
    /// resolve is given up after <see cref="DefaultMaxFails"/> failed steps.</summary>
    public ResolveOptions Resolve { get; init; } = ResolveOptions.Default;

    /// <summary>What is added to each request, as rez's <c>implicit_packages</c>.</summary>
    public IReadOnlyList<string> ImplicitRequest { get; init; } = [];

    /// <summary>How long cores are looked for, those of the causes of most failures first.</summary>
    public TimeSpan TimeForCores { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Failed steps of a resolve; those of whole repositories take a few hundred.</summary>
    public const int DefaultMaxFails = 2000;
}
