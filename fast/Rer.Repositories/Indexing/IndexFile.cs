using System.Buffers.Binary;
using Rer.Compiling;
using Rer.Repositories.Disk;

namespace Rer.Repositories.Indexing;

/// <summary>
/// The index of a package path in a file: a header, a directory of families by the hash of their names, the families,
/// and their names. A family is read when a solve asks for it. Each part has its own checksum.
/// </summary>
/// <remarks>
/// The file is read, not mapped into memory. If a file is replaced on a server, the old file is gone, and a process
/// that touches a mapped page of it is killed. Safe for concurrent callers. A file that is damaged, truncated, or of
/// another format counts as missing.
/// </remarks>
internal sealed class IndexFile : IDisposable
{
    private readonly OpenFile _file;
    private readonly byte[] _directory;

    private IndexFile(OpenFile file, string path, IndexHeader header, byte[] directory)
    {
        (_file, Header, _directory) = (file, header, directory);
        string remedy =
            header.Use == IdentityUse.Shared ? "'rer index update' rebuilds it" : "delete it, and it is rebuilt";
        Origin = new FormatOrigin(path, $"it is damaged, although its checksums are right; {remedy}");
    }

    /// <summary>Its header.</summary>
    public IndexHeader Header { get; }

    /// <summary>The file, in errors.</summary>
    public FormatOrigin Origin { get; }

    /// <summary>The state of the file when it was opened.</summary>
    public FileLook Look => _file.Look;

    /// <summary>Opens an index; null if there is none, or if it is damaged or of another format.</summary>
    /// <param name="root">A directory that contains it.</param>
    /// <param name="path">Its full path.</param>
    /// <param name="key">The key of the package path that it must be for; see <see cref="IndexHeader.Key"/>.</param>
    /// <param name="trusts">Whether a file may be trusted; called before it is read.</param>
    public static IndexFile? TryOpen(DirectoryRoot root, string path, ulong key, Func<FileLook, bool> trusts)
    {
        const long Most = 1L << 30;
        OpenFile? file = root.OpenFile(Path.GetDirectoryName(path)!, Path.GetFileName(path));
        IndexFile? index =
            file is null || file.Look.Size is < IndexHeader.Size or > Most || !trusts(file.Look)
                ? null
                : Read(file, path, key);
        if (index is null)
        {
            file?.Dispose();
        }
        return index;
    }

    private static IndexFile? Read(OpenFile file, string path, ulong key)
    {
        byte[] start = new byte[IndexHeader.Size];
        if (
            !file.TryRead(0, start)
            || IndexHeader.Read(start) is not { } header
            || header.Length != file.Look.Size
            || header.Key != key
            || (ulong)header.Families > (ulong)(file.Look.Size / IndexHeader.DirectorySize)
        )
        {
            return null;
        }
        byte[] whole = new byte[IndexHeader.Size + (header.Families * IndexHeader.DirectorySize) + NamesPlaceSize];
        return file.TryRead(0, whole) && IndexHeader.IsSealed(whole) ? new IndexFile(file, path, header, whole) : null;
    }

    /// <summary>After the directory: where the names are, their length and checksum.</summary>
    private const int NamesPlaceSize = 16;

    /// <summary>A family by name; null if it is not in the index, or is damaged.</summary>
    public FamilyEntry? Find(string name)
    {
        uint hash = IndexHeader.Hash(name);
        for (int place = FirstOf(hash); place < Header.Families && HashAt(place) == hash; place++)
        {
            if (
                FindBytes(place) is { } bytes
                && FamilyEntry.Parse(bytes, Header.Use) is { } family
                && family.Name == name
            )
            {
                return family;
            }
        }
        return null;
    }

    /// <summary>
    /// Whether a family may be in the index, damaged or not. If false, it is certainly not in the index.
    /// </summary>
    public bool MayHave(string name)
    {
        int place = FirstOf(IndexHeader.Hash(name));
        return place < Header.Families && HashAt(place) == IndexHeader.Hash(name);
    }

    /// <summary>The stored bytes of a family; null if they are damaged.</summary>
    public byte[]? ReadBytes(string name)
    {
        uint hash = IndexHeader.Hash(name);
        for (int place = FirstOf(hash); place < Header.Families && HashAt(place) == hash; place++)
        {
            if (FindBytes(place) is { } bytes && FamilyEntry.Parse(bytes, Header.Use)?.Name == name)
            {
                return [.. bytes.Data];
            }
        }
        return null;
    }

    /// <summary>The names of all families; null if they are damaged.</summary>
    public string[]? ReadNames()
    {
        ReadOnlySpan<byte> place = _directory.AsSpan(^NamesPlaceSize);
        int length = BinaryPrimitives.ReadInt32LittleEndian(place[8..]);
        if (length < 0 || length > Header.Length)
        {
            return null;
        }
        byte[] data = new byte[length];
        if (
            !_file.TryRead(BinaryPrimitives.ReadInt64LittleEndian(place), data)
            || IndexHeader.Checksum(data) != BinaryPrimitives.ReadUInt32LittleEndian(place[12..])
        )
        {
            return null;
        }
        try
        {
            FormatReader reader = new(new FormatBytes(data, Origin), 0);
            string[] names = new string[Header.Families];
            for (int i = 0; i < names.Length; i++)
            {
                names[i] = reader.ReadText();
            }
            return names;
        }
        catch (PackageDataException)
        {
            return null;
        }
    }

    /// <summary>The bytes of an index.</summary>
    /// <param name="header">Its header. The number of families and the length are filled in.</param>
    /// <param name="families">The name and bytes of each family.</param>
    public static byte[] Write(IndexHeader header, IReadOnlyDictionary<string, byte[]> families)
    {
        string[] names = [.. families.Keys.OrderBy(IndexHeader.Hash).ThenBy(name => name, StringComparer.Ordinal)];
        FormatWriter texts = new();
        Array.ForEach(names, texts.WriteText);
        int at = IndexHeader.Size + (names.Length * IndexHeader.DirectorySize) + NamesPlaceSize;
        int startLength = at;
        byte[] data = new byte[checked(at + families.Values.Sum(family => (long)family.Length) + texts.Length)];
        Span<byte> directory = data.AsSpan(IndexHeader.Size);
        foreach (string name in names)
        {
            byte[] family = families[name];
            BinaryPrimitives.WriteUInt32LittleEndian(directory, IndexHeader.Hash(name));
            BinaryPrimitives.WriteUInt32LittleEndian(directory[4..], IndexHeader.Checksum(family));
            BinaryPrimitives.WriteInt32LittleEndian(directory[8..], at);
            BinaryPrimitives.WriteInt32LittleEndian(directory[12..], family.Length);
            directory = directory[IndexHeader.DirectorySize..];
            family.CopyTo(data, at);
            at += family.Length;
        }
        BinaryPrimitives.WriteInt64LittleEndian(directory, at);
        BinaryPrimitives.WriteInt32LittleEndian(directory[8..], texts.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(directory[12..], IndexHeader.Checksum(texts.Written));
        texts.Written.CopyTo(data.AsSpan(at));
        (header with { Families = names.Length, Length = data.Length }).Write(data.AsSpan(0, startLength));
        return data;
    }

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();

    private ReadOnlySpan<byte> PlaceOf(int family) =>
        _directory.AsSpan(IndexHeader.Size + (family * IndexHeader.DirectorySize), IndexHeader.DirectorySize);

    private uint HashAt(int family) => BinaryPrimitives.ReadUInt32LittleEndian(PlaceOf(family));

    private int FirstOf(uint hash)
    {
        int low = 0;
        int high = Header.Families;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (HashAt(middle) < hash)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }
        return low;
    }

    private FormatBytes? FindBytes(int family)
    {
        ReadOnlySpan<byte> place = PlaceOf(family);
        int at = BinaryPrimitives.ReadInt32LittleEndian(place[8..]);
        int length = BinaryPrimitives.ReadInt32LittleEndian(place[12..]);
        if (at < 0 || length < 0 || (long)at + length > Header.Length)
        {
            return default;
        }
        return
            _file.Find(at, length) is { } data
            && IndexHeader.Checksum(data) == BinaryPrimitives.ReadUInt32LittleEndian(place[4..])
            ? new FormatBytes(data, Origin)
            : default(FormatBytes?);
    }
}
