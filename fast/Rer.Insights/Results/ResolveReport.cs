using Rer.Repositories;

namespace Rer.Insights;

/// <summary>A request and its result. All outputs are made from it.</summary>
/// <param name="Request">The requirements of the request, as written.</param>
/// <param name="ImplicitRequest">The requirements that configuration added.</param>
/// <param name="Result">The result.</param>
/// <param name="Disk">Where packages were read from; null if they were not on disk, or if that is not shown.</param>
public sealed record ResolveReport(
    IReadOnlyList<string> Request,
    IReadOnlyList<string> ImplicitRequest,
    ResolveResult Result,
    DiskReport? Disk = null
);

/// <summary>What a solve read from disk.</summary>
/// <param name="Statistics">How much was read, and how long it took.</param>
/// <param name="Indexes">The indexes that answered, and when they were written.</param>
/// <param name="PlaceOf">Returns where a package of the resolve is.</param>
public sealed record DiskReport(
    RepositoryStatistics Statistics,
    IReadOnlyList<IndexAnswer> Indexes,
    Func<ResolvedPackage, PackagePlace> PlaceOf
);

/// <summary>Where a package is.</summary>
/// <param name="Path">Its directory, or the file that contains its whole family.</param>
/// <param name="IsLocal">Whether it is in rez's <c>local_packages_path</c> (<c>Package.is_local</c>).</param>
public sealed record PackagePlace(string Path, bool IsLocal);
