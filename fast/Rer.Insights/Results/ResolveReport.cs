using Rer.Repositories;

namespace Rer.Insights;

/// <summary>A solve and its question: what every rendering of it is made from.</summary>
/// <param name="Request">The requirements that were asked for, as they were written.</param>
/// <param name="ImplicitRequest">The requirements that configuration added to them.</param>
/// <param name="Result">How the solve ended.</param>
/// <param name="Disk">Where packages were read from; null where they were not on disk, or it is not shown.</param>
public sealed record ResolveReport(
    IReadOnlyList<string> Request,
    IReadOnlyList<string> ImplicitRequest,
    ResolveResult Result,
    DiskReport? Disk = null
);

/// <summary>What a solve read from disk.</summary>
/// <param name="Statistics">How much was read, and how long it took.</param>
/// <param name="Indexes">Which indexes of which time have answered.</param>
/// <param name="PlaceOf">Where a package of the resolve is.</param>
public sealed record DiskReport(
    RepositoryStatistics Statistics,
    IReadOnlyList<IndexAnswer> Indexes,
    Func<ResolvedPackage, PackagePlace> PlaceOf
);

/// <summary>Where a package is.</summary>
/// <param name="Path">Its directory, or the file that holds all of its family.</param>
/// <param name="IsLocal">Whether it is in rez's <c>local_packages_path</c> (<c>Package.is_local</c>).</param>
public sealed record PackagePlace(string Path, bool IsLocal);
