using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Rer;

/// <summary>
/// Adapts an <see cref="IAsyncPackageRepository"/> for the engines. Each family and each definition is read once, and
/// kept for as long as the object lives.
/// </summary>
/// <remarks>
/// A solve does not wait for anything that <see cref="PrefetchAllAsync"/> has read. While it waits for the rest, it
/// blocks its thread. But it does not wait for one answer after another: the engine announces which families and
/// versions come next, and these are requested concurrently.
/// </remarks>
[SuppressMessage(
    "Design",
    "CA1001",
    Justification = "A semaphore has nothing to dispose of unless its wait handle was used."
)]
public sealed class PrefetchingRepository : IPackageRepository
{
    private readonly IAsyncPackageRepository _source;
    private readonly SemaphoreSlim _room;
    private readonly CancellationToken _lifetime;
    private readonly Lazy<Task<IReadOnlyList<string>>> _families;
    private readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlyList<string>>>> _versions = new();
    private readonly ConcurrentDictionary<(string, string), Lazy<Task<PackageDefinition>>> _definitions = new();

    /// <summary>Wraps a repository. Nothing is read yet.</summary>
    /// <param name="source">Where packages come from.</param>
    /// <param name="maxConcurrency">The maximum number of requests in flight.</param>
    /// <param name="lifetime">Cancels every request to the source, whenever it is made.</param>
    public PrefetchingRepository(
        IAsyncPackageRepository source,
        int maxConcurrency = 16,
        CancellationToken lifetime = default
    )
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxConcurrency, 1);
        _source = source;
        _room = new SemaphoreSlim(maxConcurrency);
        _lifetime = lifetime;
        _families = new(() => Send(() => source.GetFamiliesAsync(lifetime)));
    }

    /// <inheritdoc />
    public IReadOnlyList<string> SearchPaths => _source.SearchPaths;

    /// <summary>Reads everything that compiling the whole repository needs.</summary>
    /// <param name="cancellationToken">Ends the wait. Requests already sent continue.</param>
    /// <exception cref="PackageDataException">The names of the families cannot be listed. Other errors appear when a
    /// solve needs the family or the definition.</exception>
    public async Task PrefetchAllAsync(CancellationToken cancellationToken = default) =>
        await PrefetchAsync(await _families.Value.WaitAsync(cancellationToken).ConfigureAwait(false), cancellationToken)
            .ConfigureAwait(false);

    /// <summary>Reads all versions of some families.</summary>
    /// <param name="families">The names of the families. Some of them may not exist.</param>
    /// <param name="cancellationToken">Ends the wait. Requests already sent continue.</param>
    public Task PrefetchAsync(IEnumerable<string> families, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(families);
        return Task.WhenAll(families.Select(PrefetchFamily).ToArray()).WaitAsync(cancellationToken);
    }

    /// <inheritdoc />
    public IEnumerable<string> GetFamilies() => _families.Value.GetAwaiter().GetResult();

    /// <inheritdoc />
    public IReadOnlyList<string> GetVersions(string family) => VersionsOf(family).GetAwaiter().GetResult();

    /// <inheritdoc />
    public PackageDefinition GetDefinition(string family, string version) =>
        DefinitionOf(family, version).GetAwaiter().GetResult();

    /// <inheritdoc />
    public void PrepareFamilies(IReadOnlyList<string> families)
    {
        ArgumentNullException.ThrowIfNull(families);
        foreach (string family in families)
        {
            _ = VersionsOf(family);
        }
    }

    /// <inheritdoc />
    public void Prepare(IReadOnlyList<(string Family, string Version)> packages, Action<int>? whenReady = null)
    {
        ArgumentNullException.ThrowIfNull(packages);
        for (int i = 0; i < packages.Count; i++)
        {
            if (DefinitionOf(packages[i].Family, packages[i].Version).IsCompleted)
            {
                whenReady?.Invoke(i);
            }
        }
    }

    private async Task PrefetchFamily(string family)
    {
        IReadOnlyList<string> versions;
        try
        {
            versions = await VersionsOf(family).ConfigureAwait(false);
        }
        catch (PackageDataException)
        {
            return; // the solve that needs it gets the error
        }
        await Task.WhenAll(versions.Select(version => WithoutError(DefinitionOf(family, version))))
            .ConfigureAwait(false);
    }

    private static async Task WithoutError(Task<PackageDefinition> definition)
    {
        try
        {
            _ = await definition.ConfigureAwait(false);
        }
        catch (PackageDataException)
        {
            // The solve that needs it gets the error.
        }
    }

    private Task<IReadOnlyList<string>> VersionsOf(string family) =>
        _versions.GetOrAdd(family, name => new(() => Send(() => _source.GetVersionsAsync(name, _lifetime)))).Value;

    private Task<PackageDefinition> DefinitionOf(string family, string version) =>
        _definitions
            .GetOrAdd(
                (family, version),
                package => new(() => Send(() => _source.GetDefinitionAsync(package.Item1, package.Item2, _lifetime)))
            )
            .Value;

    /// <summary>
    /// Sends a request when there is room. It does not run on the caller's thread, which may be about to block on the
    /// result.
    /// </summary>
    private Task<T> Send<T>(Func<Task<T>> request) =>
        Task.Run(
            async () =>
            {
                await _room.WaitAsync(_lifetime).ConfigureAwait(false);
                try
                {
                    return await request().ConfigureAwait(false);
                }
                finally
                {
                    _room.Release();
                }
            },
            _lifetime
        );
}
