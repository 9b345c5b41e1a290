namespace Rer.Policies;

/// <summary>
/// The order in which versions are listed. All versions are equal, and rez's sort keeps the order of equals.
/// </summary>
/// <remarks>Corresponds to <c>rez.package_order.NullPackageOrder</c>.</remarks>
internal sealed class NoOrder : Orderer
{
    /// <inheritdoc/>
    protected override object BasisOf(string family) => typeof(NoOrder);

    /// <inheritdoc/>
    public override SortKey KeyOf(string family, Version version) => SortKey.Constant(version);
}
