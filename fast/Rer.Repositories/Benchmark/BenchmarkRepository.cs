using System.Collections.Concurrent;
using System.Formats.Tar;
using System.IO.Compression;

namespace Rer.Repositories;

/// <summary>
/// rez's benchmark packages, read from their archive: <c>packages/FAMILY/VERSION/package.py</c> in a gzipped tar file.
/// The archive is unpacked into memory once. A definition is parsed when it is first read.
/// </summary>
/// <remarks>Safe for concurrent readers. Corresponds to the packages that <c>rez-benchmark</c> unpacks and resolves
/// against.</remarks>
internal sealed class BenchmarkRepository : IPackageRepository
{
    private const string FileName = "package.py";

    private readonly string _archive;
    private readonly Dictionary<string, Dictionary<string, byte[]>> _files;
    private readonly Dictionary<string, string[]> _versions;
    private readonly ConcurrentDictionary<(string Family, string Version), PackageDefinition> _definitions = new();

    private BenchmarkRepository(string archive, Dictionary<string, Dictionary<string, byte[]>> files)
    {
        _archive = archive;
        _files = files;
        _versions = files.ToDictionary(family => family.Key, family => family.Value.Keys.ToArray());
        SearchPaths = [archive];
    }

    /// <inheritdoc />
    public IReadOnlyList<string> SearchPaths { get; }

    /// <summary>Reads the archive.</summary>
    /// <param name="archive">The path of <c>packages.tar.gz</c>.</param>
    /// <exception cref="PackageDataException">The archive cannot be read, or contains something else.</exception>
    public static BenchmarkRepository Open(string archive)
    {
        ArgumentNullException.ThrowIfNull(archive);
        Dictionary<string, Dictionary<string, byte[]>> files = [];
        try
        {
            using FileStream file = File.OpenRead(archive);
            using GZipStream unzipped = new(file, CompressionMode.Decompress);
            using TarReader tar = new(unzipped);
            while (tar.GetNextEntry() is { } entry)
            {
                // The last three parts of the entry's path are family, version and file. Anything before them depends
                // on how the archive was packed.
                string[] parts = entry.Name.Split('/', StringSplitOptions.RemoveEmptyEntries);
                if (IsFile(entry) && parts is [.., var family, var version, FileName])
                {
                    byte[] content = new byte[entry.Length];
                    entry.DataStream?.ReadExactly(content); // an empty file has no stream
                    if (!files.TryGetValue(family, out Dictionary<string, byte[]>? versions))
                    {
                        files.Add(family, versions = []);
                    }
                    versions[version] = content;
                }
            }
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or InvalidDataException or FormatException)
        {
            throw new PackageDataException($"{archive}: cannot read the archive of benchmark packages: {e.Message}", e)
            {
                Path = archive,
            };
        }
        if (files.Count == 0)
        {
            throw new PackageDataException($"{archive}: the archive holds no FAMILY/VERSION/{FileName}")
            {
                Path = archive,
            };
        }
        return new BenchmarkRepository(archive, files);
    }

    private static bool IsFile(TarEntry entry) =>
        entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile;

    /// <inheritdoc />
    public IEnumerable<string> GetFamilies() => _files.Keys;

    /// <inheritdoc />
    public IReadOnlyList<string> GetVersions(string family) =>
        _versions.TryGetValue(family, out string[]? versions) ? versions : [];

    /// <inheritdoc />
    public PackageDefinition GetDefinition(string family, string version) =>
        _definitions.GetOrAdd((family, version), static (key, self) => self.Parse(key.Family, key.Version), this);

    private PackageDefinition Parse(string family, string version) =>
        PackageFile.ParsePython($"{_archive}:{family}/{version}/{FileName}", _files[family][version]).Definition;
}
