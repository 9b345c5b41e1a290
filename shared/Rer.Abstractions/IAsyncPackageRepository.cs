namespace Rer;

/// <summary>
/// A slow source of packages, such as a database or a service. It is the asynchronous form of
/// <see cref="IPackageRepository"/>. A <see cref="PrefetchingRepository"/> turns it into one.
/// </summary>
/// <remarks>Implementations must be safe for concurrent callers. They throw <see cref="PackageDataException"/> if
/// something cannot be read. A solve that needs it then ends in an error with that message.</remarks>
public interface IAsyncPackageRepository
{
    /// <inheritdoc cref="IPackageRepository.SearchPaths" />
    IReadOnlyList<string> SearchPaths { get; }

    /// <inheritdoc cref="IPackageRepository.GetFamilies" />
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<IReadOnlyList<string>> GetFamiliesAsync(CancellationToken cancellationToken);

    /// <inheritdoc cref="IPackageRepository.GetVersions" />
    /// <param name="family">The family.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<IReadOnlyList<string>> GetVersionsAsync(string family, CancellationToken cancellationToken);

    /// <inheritdoc cref="IPackageRepository.GetDefinition" />
    /// <param name="family">The family.</param>
    /// <param name="version">The version.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<PackageDefinition> GetDefinitionAsync(string family, string version, CancellationToken cancellationToken);
}
