namespace Rer;

/// <summary>An orderer that answers with positions in the list that it was given: a guest that would only look up its
/// texts.</summary>
internal interface IPositionOrderer : IPackageOrderer
{
    /// <summary>Orders the versions of a family, as <see cref="IPackageOrderer.Order"/> does.</summary>
    /// <returns>The positions of the versions, the most preferred first.</returns>
    IReadOnlyList<int> OrderPositions(string family, IReadOnlyList<string> versions);
}
