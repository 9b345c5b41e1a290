using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using Rer.Repositories.Filesystem;

namespace Rer.Repositories.Caching;

/// <summary>
/// The index of one family as it lies on disk. Read in two steps: what versions it knows and what they are valid for at
/// once, a definition when it is asked for.
/// </summary>
/// <remarks>
/// Magic, checksum and length; then the family's key, so that no other family's index is taken for it; the table of
/// strings; the listing; the entries, each with the offset of its definition; the definitions. Numbers are little
/// endian.
/// </remarks>
internal sealed class FamilyIndex
{
    // Raise the last digit whenever the format, or what the parser makes of a file, changes.
    private static ReadOnlySpan<byte> Magic => "rer-def1"u8;

    private const int HeaderLength = 16;

    private readonly byte[] _data;
    private readonly Range[] _texts;
    private readonly string?[] _strings;
    private readonly Dictionary<string, (DefinitionIdentity Identity, int Offset)> _entries = [];

    private FamilyIndex(byte[] data, string key)
    {
        _data = data;
        IndexReader reader = new(data, HeaderLength);
        if (reader.ReadText() != key)
        {
            throw new InvalidDataException();
        }
        _texts = new Range[reader.ReadCount()];
        _strings = new string?[_texts.Length];
        for (int i = 0; i < _texts.Length; i++)
        {
            _texts[i] = reader.SkipText();
        }
        Listing = ReadListing(ref reader);
        int count = reader.ReadCount();
        for (int i = 0; i < count; i++)
        {
            string version = ReadString(ref reader);
            _entries[version] = (ReadDefinitionIdentity(ref reader), (int)reader.ReadNumber());
        }
        DefinitionsStart = reader.At;
    }

    /// <summary>The family's versions; null if they were not kept.</summary>
    public CachedListing? Listing { get; }

    /// <summary>The versions whose definitions were kept.</summary>
    public IEnumerable<string> Versions => _entries.Keys;

    private int DefinitionsStart { get; }

    /// <summary>Makes an index of the bytes of a file; null if they are damaged, or another family's.</summary>
    public static FamilyIndex? Parse(byte[] data, string key)
    {
        try
        {
            return IsIntact(data) ? new FamilyIndex(data, key) : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>What the definition of a version is valid for; null if it was not kept.</summary>
    public DefinitionIdentity? FindIdentity(string version) =>
        _entries.TryGetValue(version, out (DefinitionIdentity Identity, int Offset) entry) ? entry.Identity : null;

    /// <summary>The definition of one of <see cref="Versions"/>; null if it is damaged.</summary>
    public PackageDefinition? ReadDefinition(string version)
    {
        try
        {
            IndexReader reader = new(_data, checked(DefinitionsStart + _entries[version].Offset));
            return new PackageDefinition
            {
                Requires = ReadStrings(ref reader),
                Variants = ReadVariants(ref reader),
                BuildRequires = ReadStrings(ref reader),
                Timestamp = reader.ReadFixed(),
            };
        }
        catch (Exception e) when (e is InvalidDataException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>The bytes of an index.</summary>
    public static byte[] Write(
        string key,
        CachedListing? listing,
        IReadOnlyDictionary<string, CachedDefinition> entries
    )
    {
        IndexWriter body = new();
        IndexWriter definitions = new();
        WriteListing(body, listing);
        body.WriteNumber(entries.Count);
        foreach ((string version, CachedDefinition entry) in entries)
        {
            body.WriteString(version);
            WriteIdentity(body, entry.Identity.File);
            WriteIdentity(body, entry.Identity.Directory);
            body.WriteNumber(entry.Identity.IsYaml ? 1 : 0);
            body.WriteNumber(definitions.Length);
            WriteDefinition(body, definitions, entry.Definition);
        }
        IndexWriter index = new();
        index.WriteText(key);
        index.WriteNumber(body.Strings.Count);
        body.Strings.ForEach(index.WriteText);
        index.WriteBytes(body.Written);
        index.WriteBytes(definitions.Written);

        byte[] data = new byte[HeaderLength + index.Length];
        Magic.CopyTo(data);
        index.Written.CopyTo(data.AsSpan(HeaderLength));
        MemoryMarshal.Write(data.AsSpan(8), Checksum(index.Written));
        MemoryMarshal.Write(data.AsSpan(12), index.Length);
        return data;
    }

    private static bool IsIntact(ReadOnlySpan<byte> data) =>
        data.Length >= HeaderLength
        && data.StartsWith(Magic)
        && MemoryMarshal.Read<int>(data[12..]) == data.Length - HeaderLength
        && MemoryMarshal.Read<uint>(data[8..]) == Checksum(data[HeaderLength..]);

    private static uint Checksum(ReadOnlySpan<byte> data)
    {
        uint sum = uint.MaxValue;
        foreach (ulong word in MemoryMarshal.Cast<byte, ulong>(data))
        {
            sum = BitOperations.Crc32C(sum, word);
        }
        foreach (byte rest in data[(data.Length & ~7)..])
        {
            sum = BitOperations.Crc32C(sum, rest);
        }
        return sum;
    }

    private static void WriteDefinition(IndexWriter strings, IndexWriter definitions, PackageDefinition definition)
    {
        Copy(definition.Requires);
        definitions.WriteNumber(definition.Variants.Count);
        foreach (IReadOnlyList<string> variant in definition.Variants)
        {
            Copy(variant);
        }
        Copy(definition.BuildRequires);
        definitions.WriteFixed(definition.Timestamp);

        // Both parts name strings by their place in one table.
        void Copy(IReadOnlyList<string> list)
        {
            definitions.WriteNumber(list.Count);
            foreach (string text in list)
            {
                definitions.WriteNumber(strings.PlaceOf(text));
            }
        }
    }

    private static void WriteListing(IndexWriter writer, CachedListing? listing)
    {
        writer.WriteNumber(listing is null ? 0 : 1);
        if (listing is not null)
        {
            WriteIdentity(writer, listing.Directory);
            writer.WriteNumber(listing.Versions.Length);
            Array.ForEach(listing.Versions, writer.WriteString);
        }
    }

    private static void WriteIdentity(IndexWriter writer, FileIdentity identity)
    {
        writer.WriteNumber((long)identity.Kind);
        if (identity.Kind != FileKind.None)
        {
            writer.WriteNumber(identity.Size);
            writer.WriteFixed(identity.Modified);
            writer.WriteNumber(identity.Inode);
        }
    }

    private static FileIdentity ReadIdentity(ref IndexReader reader)
    {
        FileKind kind = (FileKind)reader.ReadNumber();
        return kind == FileKind.None
            ? default
            : new FileIdentity(kind, reader.ReadNumber(), reader.ReadFixed(), reader.ReadNumber());
    }

    private static DefinitionIdentity ReadDefinitionIdentity(ref IndexReader reader)
    {
        FileIdentity file = ReadIdentity(ref reader);
        FileIdentity directory = ReadIdentity(ref reader);
        return new DefinitionIdentity(file, reader.ReadNumber() != 0, directory);
    }

    private CachedListing? ReadListing(ref IndexReader reader)
    {
        if (reader.ReadNumber() == 0)
        {
            return null;
        }
        FileIdentity directory = ReadIdentity(ref reader);
        return new CachedListing(directory, ReadStrings(ref reader));
    }

    private string[] ReadStrings(ref IndexReader reader)
    {
        int count = reader.ReadCount();
        string[] strings = count == 0 ? [] : new string[count];
        for (int i = 0; i < count; i++)
        {
            strings[i] = ReadString(ref reader);
        }
        return strings;
    }

    private string[][] ReadVariants(ref IndexReader reader)
    {
        int count = reader.ReadCount();
        string[][] variants = count == 0 ? [] : new string[count][];
        for (int i = 0; i < count; i++)
        {
            variants[i] = ReadStrings(ref reader);
        }
        return variants;
    }

    private string ReadString(ref IndexReader reader)
    {
        long place = reader.ReadNumber();
        if ((ulong)place >= (ulong)_texts.Length)
        {
            throw new InvalidDataException();
        }
        // Two threads may make the same string; either will do.
        return _strings[place] ??= Encoding.UTF8.GetString(_data.AsSpan(_texts[place]));
    }
}
