using System.Collections.Concurrent;
using System.IO.Hashing;
using System.Text;
using Rer.Repositories.Caching;
using Rer.Repositories.Disk;

namespace Rer.Repositories;

/// <summary>
/// A directory that remembers listings and definitions between runs: one small file for each family. What is in it is
/// used only while the files and directories that it was read from are the same by times, size and inode; damage is
/// ignored; and many processes may read and write it at a time.
/// </summary>
/// <remarks>
/// Safe for concurrent callers. Never needed: without it, or when it cannot be written, answers are the same and come
/// later.
/// </remarks>
/// <param name="directory">Where it is; created when there is something to write.</param>
/// <param name="checkBehind">Whether what is known is handed out at once, and looked at on disk meanwhile. What comes of it
/// counts once <see cref="Confirm"/> says so; if it says no, ask again with a new cache and repository.</param>
public sealed class DefinitionCache(string directory, bool checkBehind = false) : IDisposable
{
    private readonly ChecksBehind? _checks = checkBehind ? new ChecksBehind() : null;
    private readonly string _directory = directory ?? throw new ArgumentNullException(nameof(directory));
    private readonly DirectoryRoot _root = new(directory, DiskCalls.Local());
    private readonly ConcurrentDictionary<(string Location, string Family), CachedFamily> _families = new();

    /// <summary>Why it could not be written the last time; null if it could.</summary>
    public string? SaveError { get; private set; }

    /// <summary>Cancelled once something that was handed out turns out not to hold: what is made of it is not worth
    /// finishing.</summary>
    public CancellationToken Outdated => _checks?.Outdated ?? CancellationToken.None;

    /// <summary>Whether all that was handed out holds, as far as it has not been looked at before. Always, unless it is
    /// checked behind.</summary>
    public bool Confirm() => _checks?.Confirm() ?? true;

    internal CachedFamily Open(string location, string family) =>
        _families.GetOrAdd(
            (location, family),
            static (name, self) =>
            {
                string key = $"{name.Location}\0{name.Family}";
                return new CachedFamily(self._root, self.FileOf(key), key, self._checks);
            },
            this
        );

    /// <summary>Writes what was learnt since the last time. What goes wrong is told by <see cref="SaveError"/>.</summary>
    public void Save()
    {
        SaveError = null;
        foreach (CachedFamily family in _families.Values)
        {
            try
            {
                family.Save();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                SaveError = $"{_directory}: cannot write the cache: {e.Message}";
                return;
            }
        }
    }

    /// <summary>Saves.</summary>
    public void Dispose()
    {
        Save();
        _checks?.Dispose();
    }

    private string FileOf(string key)
    {
        // Whose index it is stands in the index. A cryptographic hash would load a library for itself, which takes as
        // long as many a solve.
        string hash = Convert.ToHexStringLower(XxHash128.Hash(Encoding.UTF8.GetBytes(key)));
        return Path.Join(_directory, hash.AsSpan(0, 2), hash.AsSpan(2));
    }
}
