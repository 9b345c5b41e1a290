using Rer.Repositories;

namespace Rer.Cli.Input;

/// <summary>A repository with what keeps it going, which ends with it.</summary>
/// <param name="packages">The packages.</param>
/// <param name="disk">The same, where they are on disk.</param>
/// <param name="python">What evaluates definitions that need it.</param>
/// <param name="cache">What remembers definitions; saved at the end.</param>
internal sealed class OpenRepository(
    IPackageRepository packages,
    FilesystemRepository? disk = null,
    PythonEvaluator? python = null,
    DefinitionCache? cache = null
) : IDisposable
{
    /// <summary>The packages.</summary>
    public IPackageRepository Packages => packages;

    /// <summary>What was read from disk; null where packages are not on disk.</summary>
    public RepositoryStatistics? Statistics => disk?.Statistics;

    /// <inheritdoc cref="DefinitionCache.Outdated" />
    public CancellationToken Outdated => cache?.Outdated ?? CancellationToken.None;

    /// <inheritdoc cref="DefinitionCache.Confirm" />
    public bool Confirm() => cache?.Confirm() ?? true;

    /// <inheritdoc />
    public void Dispose()
    {
        cache?.Dispose();
        python?.Dispose();
    }
}
