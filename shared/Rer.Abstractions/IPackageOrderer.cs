using System.Collections.Immutable;

namespace Rer;

/// <summary>An orderer of your own. Implement it, and pass it to a solve in a <see cref="CustomOrderer"/>.</summary>
/// <remarks>
/// Corresponds to a user's subclass of <c>rez.package_order.PackageOrder</c>. An orderer states a preference. It never
/// decides whether a request resolves, and never brings in a version that a requirement excludes. If it throws or
/// contradicts itself, the solve ends with <see cref="ResolveErrorKind.PackageOrderer"/> and an error that names it. It
/// is called on the solving thread. If several solves share it, it may be called on several threads at once.
/// </remarks>
public interface IPackageOrderer
{
    /// <summary>The orderer's name in error messages.</summary>
    string Name { get; }

    /// <summary>
    /// Whether <see cref="CompareRanges"/> decides between variants that require different versions. If not, variants
    /// are compared as if there were no orderers: higher versions win.
    /// </summary>
    bool RanksRanges => false;

    /// <summary>
    /// Orders the versions of a family. Called at most once per family in a solve, when the order first matters.
    /// </summary>
    /// <param name="family">The family.</param>
    /// <param name="versions">All versions of the family as its packages write them, ascending.</param>
    /// <returns>The versions, the most preferred first. Versions that are left out come last, in the order
    /// given.</returns>
    /// <remarks>
    /// It is fastest to return the same <see cref="ImmutableArray{T}"/> again: it is recognised without being read.
    /// </remarks>
    IReadOnlyList<string> Order(string family, IReadOnlyList<string> versions);

    /// <summary>
    /// Compares two ranges that variants of a package require. Called only if <see cref="RanksRanges"/> is true. The
    /// two ranges may belong to different families, because rez compares the packages that variants add to the request
    /// by position.
    /// </summary>
    /// <param name="family">The family of the first range.</param>
    /// <param name="range">The first range, as rez writes it; empty for any version.</param>
    /// <param name="otherFamily">The family of the second range.</param>
    /// <param name="otherRange">The second range.</param>
    /// <returns>Positive if the first range is preferred, negative if the second is, 0 if they are equal.</returns>
    /// <remarks>Corresponds to comparing the values that <c>PackageOrder.sort_key</c> returns for ranges.</remarks>
    int CompareRanges(string family, string range, string otherFamily, string otherRange) => 0;
}
