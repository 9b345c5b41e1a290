using System.Collections.Concurrent;
using Rer.Repositories.Disk;
using Rer.Repositories.Indexing;

namespace Rer.Repositories;

/// <summary>
/// What is known about package paths without reading them: listings, definitions, and compiled families. Each package
/// path has one file. It is published in the path (see <see cref="PublishedIndex"/>), or this machine keeps it, or
/// there are both.
/// </summary>
/// <remarks>
/// Safe for concurrent callers. An index is never required. If it is missing, damaged or rejected, or cannot be
/// written, the answers are the same, but take longer.
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

    /// <summary>
    /// Problems with an index or a directory, because of which it is not used or not written. Each is listed once.
    /// </summary>
    public IReadOnlyList<string> Complaints => [.. _complaints.Distinct()];

    /// <summary>The indexes that have answered so far.</summary>
    public IReadOnlyList<IndexAnswer> Answers => [.. _locations.SelectMany(location => location.Answers())];

    /// <summary>
    /// Cancelled once something that was handed out turns out to be outdated. A solve that uses it can stop.
    /// </summary>
    public CancellationToken Outdated => Checks?.Outdated ?? CancellationToken.None;

    /// <summary>Checks what was handed out, in the background; null if everything is checked beforehand.</summary>
    internal ChecksBehind? Checks { get; } = options.ChecksBehind ? new ChecksBehind() : null;

    /// <summary>The directory of this machine's indexes; null if there is none, or if it is rejected.</summary>
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

    /// <summary>
    /// Checks everything that was handed out and has not been checked yet, and returns whether all of it is still
    /// valid. Always true without <see cref="PackageIndexOptions.ChecksBehind"/>.
    /// </summary>
    public bool Confirm() => Checks?.Confirm() ?? true;

    /// <summary>
    /// Writes what has been learnt to this machine's indexes. An error is reported once in <see cref="Complaints"/>,
    /// and writing is not tried again.
    /// </summary>
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
                string why = File.Exists(Options.CacheDirectory) ? "it is a file, not a directory" : e.Message;
                Complain($"{Options.CacheDirectory}: cannot write the cache: {why}");
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

    /// <summary>
    /// What is known about a package path, for the repository that has opened it. When the next repository opens the
    /// same path, it may be another directory.
    /// </summary>
    internal LocationIndex Open(DirectoryRoot root)
    {
        LocationIndex location = new(root, this);
        _locations.Enqueue(location);
        return location;
    }

    internal void Complain(string complaint) => _complaints.Enqueue(complaint);
}
