using Rer.Repositories.Disk;
using Rer.Repositories.Indexing;
using Rer.Repositories.Layout;

namespace Rer.Repositories;

/// <summary>
/// The index of a package path, for everyone who resolves against it. It is made after each release, or from time to
/// time. It is in <c>.rer/index</c> inside the package path, which rez does not treat as a package.
/// </summary>
public static class PublishedIndex
{
    /// <summary>Where the index of a package path is.</summary>
    /// <param name="packagePath">The package path.</param>
    /// <param name="directory">A directory for indexes, instead of the package path; null to use the package
    /// path.</param>
    public static string FileOf(string packagePath, string? directory = null) =>
        LocationIndex.PlaceOfPublished(Path.GetFullPath(packagePath), directory).File;

    /// <summary>Makes the index of a package path, or updates it. Unchanged files are looked at but not read.</summary>
    /// <param name="packagePath">The package path.</param>
    /// <param name="options">The options.</param>
    /// <param name="progress">Receives progress, from any thread.</param>
    /// <param name="cancellationToken">Cancels the update. Nothing is written.</param>
    /// <exception cref="PackageDataException">The package path cannot be listed.</exception>
    /// <exception cref="IOException">The index cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The index cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The update was cancelled.</exception>
    public static IndexReport Update(
        string packagePath,
        PublishedIndexOptions? options = null,
        IProgress<IndexProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        options ??= new PublishedIndexOptions();
        DirectoryRoot root = RootOf(packagePath);
        (string file, ulong key) = LocationIndex.PlaceOfPublished(root.Path, options.Directory);
        IndexStore store = new(
            new DirectoryRoot(Path.GetDirectoryName(file)!, DiskCalls.Local()),
            file,
            key,
            IdentityUse.Shared,
            isPrivate: false
        );
        List<IndexChange> changes = [];
        // Check first, so that a missing package path is not created.
        _ = RootListing.Read(root);
        store.Update(
            look => IndexTrust.ComplaintOfPublished(look, root),
            families =>
            {
                changes.Clear();
                return new IndexRevision(root, options, families, changes).Run(progress, cancellationToken);
            }
        );
        return Report(root, options, [.. changes]);
    }

    /// <summary>
    /// Checks whether an index is still valid, by looking at every family and definition without reading any.
    /// </summary>
    /// <inheritdoc cref="Update" path="/param" />
    /// <exception cref="PackageDataException">The package path cannot be listed.</exception>
    /// <exception cref="OperationCanceledException">The check was cancelled.</exception>
    public static IndexReport GetStatus(
        string packagePath,
        PublishedIndexOptions? options = null,
        IProgress<IndexProgress>? progress = null,
        CancellationToken cancellationToken = default
    ) => Inspect(packagePath, options, isThorough: false, progress, cancellationToken);

    /// <summary>Reads every family and definition, and compares them with the index.</summary>
    /// <inheritdoc cref="GetStatus" />
    public static IndexReport Verify(
        string packagePath,
        PublishedIndexOptions? options = null,
        IProgress<IndexProgress>? progress = null,
        CancellationToken cancellationToken = default
    ) => Inspect(packagePath, options, isThorough: true, progress, cancellationToken);

    private static IndexReport Inspect(
        string packagePath,
        PublishedIndexOptions? options,
        bool isThorough,
        IProgress<IndexProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        options ??= new PublishedIndexOptions();
        DirectoryRoot root = RootOf(packagePath);
        using IndexFile? index = Open(root, options, out string? complaint);
        if (index is null)
        {
            return Report(root, options, [], complaint);
        }
        try
        {
            IndexInspection inspection = new(root, index, options.Python, isThorough);
            return Report(root, options, inspection.Run(options.Families, progress, cancellationToken));
        }
        catch (PackageDataException e) when (index.Origin.HasRaised(e))
        {
            return Report(root, options, [], index.Origin.Complaint);
        }
    }

    private static IndexReport Report(
        DirectoryRoot root,
        PublishedIndexOptions options,
        IReadOnlyList<IndexChange> changes,
        string? complaint = null
    )
    {
        string file = LocationIndex.PlaceOfPublished(root.Path, options.Directory).File;
        using IndexFile? index = complaint is null ? Open(root, options, out complaint) : null;
        FamilyEntry[] families = [.. index?.ReadNames()?.Select(index.Find).OfType<FamilyEntry>() ?? []];
        return new IndexReport(
            root.Path,
            file,
            index is null ? null : DateTimeOffset.FromUnixTimeMilliseconds(index.Header.Made),
            families.Length,
            families.Sum(family => family.Versions.Count),
            families.Sum(family => family.KnownDefinitions),
            families.Sum(family => family.EvaluatedDefinitions),
            index?.Header.Length ?? 0,
            // Families are compared concurrently, so the changes are in no order.
            [.. changes.OrderBy(change => change.Family, StringComparer.Ordinal)],
            complaint
        );
    }

    private static IndexFile? Open(DirectoryRoot root, PublishedIndexOptions options, out string? complaint)
    {
        (string file, ulong key) = LocationIndex.PlaceOfPublished(root.Path, options.Directory);
        string? refused = null;
        IndexFile? index = IndexFile.TryOpen(
            new DirectoryRoot(Path.GetDirectoryName(file)!, DiskCalls.Local()),
            file,
            key,
            look => (refused = IndexTrust.ComplaintOfPublished(look, root)) is null
        );
        complaint =
            index is not null || !File.Exists(file)
                ? null
                : refused ?? "it is damaged, or was made by another version of rer";
        return index;
    }

    private static DirectoryRoot RootOf(string packagePath)
    {
        ArgumentException.ThrowIfNullOrEmpty(packagePath);
        return new DirectoryRoot(Path.GetFullPath(packagePath), DiskCalls.AsAsked());
    }
}
