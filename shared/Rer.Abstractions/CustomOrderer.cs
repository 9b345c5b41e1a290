namespace Rer;

/// <summary>An orderer of a caller's own.</summary>
/// <param name="Orderer">What orders.</param>
/// <remarks>Answers to a class of a user's that derives from <c>rez.package_order.PackageOrder</c>.</remarks>
public sealed record CustomOrderer(IPackageOrderer Orderer) : PackageOrderer
{
    /// <summary>What orders.</summary>
    public IPackageOrderer Orderer
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Orderer));
    } = Orderer ?? throw new ArgumentNullException(nameof(Orderer));

    /// <summary>Whether it is asked about a family as soon as the solve reaches it, whether or not the order matters.</summary>
    internal bool IsAskedEarly { get; init; }

    /// <summary>Whether it is given versions in the order in which they are listed: rez's sort keeps the order of equals.
    /// </summary>
    internal bool IsGivenListing { get; init; }
}
