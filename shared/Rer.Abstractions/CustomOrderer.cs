namespace Rer;

/// <summary>A caller-supplied orderer.</summary>
/// <param name="Orderer">The orderer to use.</param>
/// <remarks>Corresponds to a user's subclass of <c>rez.package_order.PackageOrder</c>.</remarks>
public sealed record CustomOrderer(IPackageOrderer Orderer) : PackageOrderer
{
    /// <summary>The orderer to use.</summary>
    public IPackageOrderer Orderer
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Orderer));
    } = Orderer ?? throw new ArgumentNullException(nameof(Orderer));

    /// <summary>
    /// Whether the orderer is called for a family as soon as the solve reaches it, even if the order does not matter.
    /// </summary>
    internal bool IsAskedEarly { get; init; }

    /// <summary>
    /// Whether the orderer is given versions in the order in which they are listed. rez's sort is stable, so versions
    /// that compare as equal keep that order.
    /// </summary>
    internal bool IsGivenListing { get; init; }

    /// <summary>
    /// Whether a solve assumes that the orderer returns the same orders as last time. At its end, the solve calls the
    /// orderer once for all families. If an order has changed, the solve is repeated. So an orderer in another language
    /// is usually called only once.
    /// </summary>
    internal bool IsAssumed { get; init; }
}
