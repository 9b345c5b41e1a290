namespace Rer;

/// <summary>An orderer that is asked about several families at a time and answers with positions: a guest to whom a call
/// costs more than what it is asked.</summary>
internal interface IBatchOrderer : IPackageOrderer
{
    /// <summary>Orders the versions of families, as <see cref="IPackageOrderer.Order"/> does.</summary>
    /// <param name="families">The families.</param>
    /// <param name="listings">The versions of each.</param>
    /// <returns>
    /// For each family the positions of all its versions in its listing, the most preferred first; one family after the
    /// other.
    /// </returns>
    int[] OrderPositions(IReadOnlyList<string> families, IReadOnlyList<IReadOnlyList<string>> listings);
}
