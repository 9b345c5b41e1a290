using Rer.Repositories.Disk;
using Rer.Repositories.Filesystem;

namespace Rer.Repositories.Caching;

/// <summary>
/// What the cache knows of one family: its index on disk, read when first asked, and what was learnt since. Safe for
/// concurrent callers.
/// </summary>
/// <param name="root">The directory of the cache.</param>
/// <param name="file">Where its index lies.</param>
/// <param name="key">What names the family in the index.</param>
/// <param name="checks">What looks later whether it still holds; null where that is to be known first.</param>
internal sealed class CachedFamily(DirectoryRoot root, string file, string key, ChecksBehind? checks)
{
    private readonly Lock _lock = new();
    private readonly Lazy<FamilyIndex?> _index = new(() => ReadIndex(root, file, key));
    private Dictionary<string, CachedDefinition>? _learnt;
    private CachedListing? _listing;

    /// <summary>The versions in a directory; null if they are not known, or the directory has changed.</summary>
    /// <param name="location">The package path.</param>
    /// <param name="directory">The family's directory; looked at only if its versions are known.</param>
    public string[]? FindListing(DirectoryRoot location, string directory)
    {
        if (_index.Value?.Listing is not { } listing)
        {
            return null;
        }
        if (checks is null)
        {
            return ListingHolds(location, directory) ? listing.Versions : null;
        }
        checks.Add(new Check(this, Version: null, location, directory));
        return listing.Versions;
    }

    /// <summary>Keeps the versions in a directory.</summary>
    public void KeepListing(in FileLook directory, string[] versions)
    {
        if (directory.IsSettled)
        {
            lock (_lock)
            {
                _listing = new CachedListing(FileIdentity.Of(directory, IdentityUse.Local), versions);
            }
        }
    }

    /// <summary>The definition of a version; null if it is not known, or what it was read from has changed.</summary>
    /// <param name="version">The version.</param>
    /// <param name="location">The package path.</param>
    /// <param name="directory">The family's directory; looked into only if the index has the version.</param>
    public PackageDefinition? Find(string version, DirectoryRoot location, string directory)
    {
        if (checks is null && !DefinitionHolds(version, location, directory))
        {
            return null;
        }
        PackageDefinition? definition = _index.Value?.ReadDefinition(version);
        if (definition is not null)
        {
            checks?.Add(new Check(this, version, location, directory));
        }
        return definition;
    }

    private bool ListingHolds(DirectoryRoot location, string directory) =>
        _index.Value?.Listing is { } listing && listing.Directory.Holds(location.Look(directory));

    private bool DefinitionHolds(string version, DirectoryRoot location, string directory)
    {
        if (_index.Value?.FindIdentity(version) is not { } kept)
        {
            return false;
        }
        string inFamily = Path.Join(directory, version);
        (string name, FileLook found) = DefinitionFile.FindIn(location, inFamily);
        return kept.File.Holds(found)
            && kept.IsYaml == DefinitionFile.IsYaml(name)
            && (kept.Directory.Kind == FileKind.None || kept.Directory.Holds(location.Look(inFamily)));
    }

    /// <summary>Keeps a definition.</summary>
    public void Keep(string version, DefinitionIdentity identity, PackageDefinition definition)
    {
        lock (_lock)
        {
            _learnt ??= [];
            _learnt[version] = new CachedDefinition(identity, definition);
        }
    }

    /// <summary>Writes what was learnt, with what the index holds by now: another process may have written it.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be written.</exception>
    public void Save()
    {
        lock (_lock)
        {
            if (_learnt is null && _listing is null)
            {
                return;
            }
            FamilyIndex? current = ReadIndex(root, file, key);
            CachedListing? listing = _listing ?? current?.Listing;
            if (listing is not null && _learnt?.Keys.Except(listing.Versions).Any() == true)
            {
                listing = null; // from before there were these
            }
            HashSet<string>? listed = listing is null ? null : [.. listing.Versions];
            Dictionary<string, CachedDefinition> entries = _learnt is null ? [] : new(_learnt);
            foreach (string version in current?.Versions ?? [])
            {
                // Versions that are gone are dropped: an index does not grow for ever.
                if (
                    (listed is null || listed.Contains(version))
                    && !entries.ContainsKey(version)
                    && current!.ReadDefinition(version) is { } definition
                )
                {
                    entries.Add(version, new CachedDefinition(current.FindIdentity(version)!.Value, definition));
                }
            }
            WriteWhole(file, FamilyIndex.Write(key, listing, entries));
            _learnt = null;
            _listing = null;
        }
    }

    private static FamilyIndex? ReadIndex(DirectoryRoot root, string file, string key)
    {
        const int MaxLength = 64 << 20;
        using FileContent content = root.Read(Path.GetDirectoryName(file)!, Path.GetFileName(file), MaxLength);
        return content.Status == ReadStatus.Read ? FamilyIndex.Parse(content.Bytes.ToArray(), key) : null;
    }

    /// <summary>Puts a file in place at once: whoever reads it sees the old one or the new one.</summary>
    private static void WriteWhole(string file, byte[] data)
    {
        string part = $"{file}.{Guid.NewGuid():N}.part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(part, data);
            File.Move(part, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Delete(part);
            throw;
        }
    }

    /// <summary>Whether what was handed out holds: a definition, or the listing where there is no version.</summary>
    private sealed record Check(CachedFamily Family, string? Version, DirectoryRoot Location, string Directory) : ICheck
    {
        public bool Holds() =>
            Version is null
                ? Family.ListingHolds(Location, Directory)
                : Family.DefinitionHolds(Version, Location, Directory);
    }
}
