namespace Rer;

/// <summary>
/// Where packages come from that are waited for: a database, a service. It is an <see cref="IPackageRepository"/> whose
/// answers take time; <see cref="PrefetchingRepository"/> makes one of it.
/// </summary>
/// <remarks>Implementations are safe for concurrent callers. They throw <see cref="PackageDataException"/> where something
/// cannot be read: a solve that needs it ends in an error with its text.</remarks>
public interface IAsyncPackageRepository
{
    /// <inheritdoc cref="IPackageRepository.SearchPaths" />
    IReadOnlyList<string> SearchPaths { get; }

    /// <inheritdoc cref="IPackageRepository.GetFamilies" />
    /// <param name="cancellationToken">Ends it.</param>
    Task<IReadOnlyList<string>> GetFamiliesAsync(CancellationToken cancellationToken);

    /// <inheritdoc cref="IPackageRepository.GetVersions" />
    /// <param name="family">The family.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<IReadOnlyList<string>> GetVersionsAsync(string family, CancellationToken cancellationToken);

    /// <inheritdoc cref="IPackageRepository.GetDefinition" />
    /// <param name="family">The family.</param>
    /// <param name="version">The version.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<PackageDefinition> GetDefinitionAsync(string family, string version, CancellationToken cancellationToken);
}
