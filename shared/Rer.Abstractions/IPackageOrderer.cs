namespace Rer;

/// <summary>An orderer of your own: implement it, and give it to a solve in a <see cref="CustomOrderer"/>.</summary>
/// <remarks>
/// Answers to a class of a user's that derives from <c>rez.package_order.PackageOrder</c>. It states a preference: it
/// never decides whether there is a resolve, and brings in nothing that a requirement excludes. One that throws, or
/// contradicts itself, ends the solve with <see cref="ResolveErrorKind.PackageOrderer"/> and its name. It is called on
/// the thread that solves: on several at a time, if it is given to several solves.
/// </remarks>
public interface IPackageOrderer
{
    /// <summary>What errors call it.</summary>
    string Name { get; }

    /// <summary>
    /// Whether <see cref="CompareRanges"/> decides between variants that ask for different versions. If not, these are
    /// compared as without orderers: the higher versions win.
    /// </summary>
    bool RanksRanges => false;

    /// <summary>Orders the versions of a family. Asked once for a family in a solve, when the order first matters.</summary>
    /// <param name="family">The family.</param>
    /// <param name="versions">All its versions as their packages write them, ascending.</param>
    /// <returns>The versions, the most preferred first. Those left out follow, as they were given.</returns>
    IReadOnlyList<string> Order(string family, IReadOnlyList<string> versions);

    /// <summary>
    /// Compares two ranges that variants of a package ask for, if <see cref="RanksRanges"/>. The two may be of
    /// different families: rez compares the packages that variants add to a request by their place, whatever they are.
    /// </summary>
    /// <param name="family">The family of the first.</param>
    /// <param name="range">The first, as rez writes it; empty for any version.</param>
    /// <param name="otherFamily">The family of the second.</param>
    /// <param name="otherRange">The second.</param>
    /// <returns>Positive if the first is preferred, negative if the second is, 0 if they are equal.</returns>
    /// <remarks>Answers to comparing what <c>PackageOrder.sort_key</c> makes of ranges.</remarks>
    int CompareRanges(string family, string range, string otherFamily, string otherRange) => 0;
}
