namespace Rer;

/// <summary>
/// An orderer that orders several families in one call and returns positions. It is meant for orderers in another
/// language, where the call itself costs more than the work.
/// </summary>
internal interface IBatchOrderer : IPackageOrderer
{
    /// <summary>
    /// Whether swapping the two ranges is known to reverse a comparison, so that this need not be checked.
    /// </summary>
    bool ComparesConsistently => false;

    /// <summary>Orders the versions of several families, as <see cref="IPackageOrderer.Order"/> does for one.</summary>
    /// <param name="families">The families.</param>
    /// <param name="listings">The versions of each family.</param>
    /// <returns>One permutation per family, concatenated: the positions of the family's versions in its listing, the
    /// most preferred first.</returns>
    int[] OrderPositions(IReadOnlyList<string> families, IReadOnlyList<IReadOnlyList<string>> listings);
}
