namespace Rer.Policies;

/// <summary>Versions up to a given one come first, latest first; then the rest, latest first.</summary>
/// <remarks>Corresponds to <c>rez.package_order.VersionSplitPackageOrder</c>.</remarks>
internal sealed class VersionSplitOrder(Version firstVersion) : Orderer
{
    private readonly Basis _basis = new(firstVersion);

    private sealed record Basis(Version FirstVersion);

    /// <inheritdoc/>
    protected override object BasisOf(string family) => _basis;

    /// <inheritdoc/>
    public override SortKey KeyOf(string family, Version version) =>
        SortKey.Tuple(version.CompareTo(firstVersion) <= 0 ? 1 : 0, version, reversed: false);
}
