using System.Collections.Concurrent;
using Rer.Repositories.Disk;
using Rer.Repositories.Indexing;

namespace Rer.Repositories;

/// <summary>
/// What is known of package paths without reading them: listings, definitions, and families as they are compiled. A file for
/// each package path, published in it (see <see cref="PublishedIndex"/>) or kept by this machine, or both.
/// </summary>
/// <remarks>
/// Safe for concurrent callers. Never needed: without it, where it is damaged, refused or cannot be written, answers are
/// the same and come later.
/// </remarks>
/// <param name="options">Where indexes are, and how far they are trusted.</param>
public sealed class PackageIndex(PackageIndexOptions options) : IDisposable
{
    private readonly ConcurrentQueue<LocationIndex> _locations = new();
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly Lazy<DirectoryRoot?> _cache = new(() =>
        options.CacheDirectory is { } directory
            ? new DirectoryRoot(Path.GetFullPath(directory), DiskCalls.Local())
            : null
    );
    private bool _isRefused;
    private bool _cannotBeWritten;

    /// <summary>Where indexes are, and how far they are trusted.</summary>
    public PackageIndexOptions Options { get; } = options ?? throw new ArgumentNullException(nameof(options));

    /// <summary>What is wrong with an index or a directory, so that it is not used or not written: each once.</summary>
    public IReadOnlyList<string> Complaints => [.. _complaints.Distinct()];

    /// <summary>Which indexes have answered so far.</summary>
    public IReadOnlyList<IndexAnswer> Answers => [.. _locations.SelectMany(location => location.Answers())];

    /// <summary>Cancelled once something that was handed out turns out not to hold: what is made of it is not worth
    /// finishing.</summary>
    public CancellationToken Outdated => Checks?.Outdated ?? CancellationToken.None;

    /// <summary>What looks later whether that holds which was handed out; null where that is to be known first.</summary>
    internal ChecksBehind? Checks { get; } = options.ChecksBehind ? new ChecksBehind() : null;

    /// <summary>The directory of this machine's indexes; null if there is none, or it is refused.</summary>
    internal DirectoryRoot? Cache
    {
        get
        {
            if (_cache.Value is not { } root || _isRefused)
            {
                return null;
            }
            if (IndexTrust.ComplaintOfDirectory(root.Look(root.Path)) is not { } complaint)
            {
                return root;
            }
            _isRefused = true;
            Complain($"{Options.CacheDirectory}: the cache is not used: {complaint}");
            return null;
        }
    }

    /// <summary>Whether all that was handed out holds, as far as it has not been looked at before. Always, unless it is
    /// checked behind.</summary>
    public bool Confirm() => Checks?.Confirm() ?? true;

    /// <summary>Writes what was learnt since the last time to this machine's indexes. What goes wrong is told by
    /// <see cref="Complaints"/>, once: it is not tried again.</summary>
    public void Save()
    {
        if (_cannotBeWritten)
        {
            return;
        }
        foreach (LocationIndex location in _locations)
        {
            try
            {
                location.Save();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                _cannotBeWritten = true;
                Complain($"{Options.CacheDirectory}: cannot write the cache: {e.Message}");
                return;
            }
        }
    }

    /// <summary>Saves.</summary>
    public void Dispose()
    {
        Save();
        Checks?.Dispose();
        foreach (LocationIndex location in _locations)
        {
            location.Dispose();
        }
    }

    /// <summary>What is known of a package path, for the repository that has opened it: the same path may be another directory
    /// to the next.</summary>
    internal LocationIndex Open(DirectoryRoot root)
    {
        LocationIndex location = new(root, this);
        _locations.Enqueue(location);
        return location;
    }

    internal void Complain(string complaint) => _complaints.Enqueue(complaint);
}
