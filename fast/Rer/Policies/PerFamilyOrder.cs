using Rer.Compiling;

namespace Rer.Policies;

/// <summary>Applies a different orderer to each family.</summary>
/// <param name="byFamily">The orderers of the families that have one.</param>
/// <param name="others">The orderer of all other families.</param>
/// <remarks>Corresponds to <c>rez.package_order.PerFamilyOrder</c>.</remarks>
internal sealed class PerFamilyOrder(IReadOnlyDictionary<string, Orderer> byFamily, Orderer others) : Orderer
{
    /// <summary>The families that have an orderer.</summary>
    public IEnumerable<string> Families => byFamily.Keys;

    /// <inheritdoc/>
    public override SortKey KeyOf(string family, Version version) => For(family).KeyOf(family, version);

    /// <inheritdoc/>
    public override FamilyOrder OrderOf(string family, FamilyListing listing) => For(family).OrderOf(family, listing);

    /// <inheritdoc/>
    public override FamilyOrder FirstOrderOf(string family, FamilyListing listing) =>
        For(family).FirstOrderOf(family, listing);

    /// <inheritdoc/>
    public override Orderer For(string family) => byFamily.GetValueOrDefault(family, others).For(family);
}
