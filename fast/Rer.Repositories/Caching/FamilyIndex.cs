using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using Rer.Repositories.Disk;

namespace Rer.Repositories.Caching;

/// <summary>
/// The index of one family as it lies on disk. Read in two steps: what versions it knows at once, a definition and what
/// it is valid for when it is asked for.
/// </summary>
/// <remarks>
/// Magic, checksum and length; then the family's key, so that no other family's index is taken for it; the table of
/// strings; that of contents (what definitions ask for: neighbouring versions mostly share theirs, and then share the
/// lists in memory, by which the engine knows them); what the listing is valid for; the versions in order, each with the
/// offset of its entry; the entries. Numbers are little endian.
/// </remarks>
internal sealed class FamilyIndex
{
    // Raise the last digit whenever the format, or what the parser makes of a file, changes.
    private static ReadOnlySpan<byte> Magic => "rer-def4"u8;

    private const int HeaderLength = 16;

    // What stands for the offset of a version without an entry; offsets count from one.
    private const int NoEntry = 0;

    private readonly byte[] _data;
    private readonly int[] _texts;
    private readonly string?[] _strings;
    private readonly int[] _contents;
    private readonly Content?[] _read;
    private readonly string[] _versions;
    private readonly int[] _entries;
    private readonly int _entriesStart;

    private FamilyIndex(byte[] data, ReadOnlySpan<byte> key)
    {
        _data = data;
        IndexReader reader = new(data, HeaderLength);
        if (!reader.ReadBytes().SequenceEqual(key))
        {
            throw new InvalidDataException();
        }
        _texts = ReadTable(ref reader);
        _strings = new string?[_texts.Length];
        _contents = ReadTable(ref reader);
        _read = new Content?[_contents.Length];
        FileIdentity directory = ReadIdentity(ref reader);
        int count = reader.ReadCount();
        _versions = new string[count];
        _entries = new int[count];
        for (int i = 0; i < count; i++)
        {
            _versions[i] = ReadString(ref reader);
            _entries[i] = (int)reader.ReadNumber();
        }
        Listing = directory.Kind == FileKind.None ? null : new CachedListing(directory, _versions);
        _entriesStart = reader.At;
    }

    /// <summary>The family's versions, in order; null if they were not kept.</summary>
    public CachedListing? Listing { get; }

    /// <summary>The versions whose definitions were kept.</summary>
    public IEnumerable<string> Versions => _versions.Where((_, i) => _entries[i] != NoEntry);

    /// <summary>Makes an index of the bytes of a file; null if they are damaged, or another family's.</summary>
    public static FamilyIndex? Parse(byte[] data, string key)
    {
        try
        {
            return IsIntact(data) ? new FamilyIndex(data, Encoding.UTF8.GetBytes(key)) : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>What the definition of a version is valid for; null if it was not kept, or is damaged.</summary>
    public DefinitionIdentity? FindIdentity(string version)
    {
        try
        {
            return TryFindEntry(version, out IndexReader reader) ? ReadDefinitionIdentity(ref reader) : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>The definition of a version; null if it was not kept, or is damaged.</summary>
    public PackageDefinition? ReadDefinition(string version)
    {
        try
        {
            if (!TryFindEntry(version, out IndexReader reader))
            {
                return null;
            }
            ReadDefinitionIdentity(ref reader);
            Content content = ReadContent(reader.ReadNumber());
            return new PackageDefinition(content.Requires, content.Variants, content.BuildRequires)
            {
                Timestamp = reader.ReadFixed(),
            };
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>The bytes of an index.</summary>
    public static byte[] Write(
        string key,
        CachedListing? listing,
        IReadOnlyDictionary<string, CachedDefinition> definitions
    )
    {
        IndexWriter body = new();
        IndexWriter entries = new();
        ContentTable contents = new(body);
        WriteIdentity(body, listing?.Directory ?? default);
        string[] versions = listing?.Versions ?? [.. definitions.Keys.Order(StringComparer.Ordinal)];
        body.WriteNumber(versions.Length);
        foreach (string version in versions)
        {
            body.WriteString(version);
            if (definitions.TryGetValue(version, out CachedDefinition? definition))
            {
                body.WriteNumber(entries.Length + 1);
                WriteEntry(contents, entries, definition);
            }
            else
            {
                body.WriteNumber(NoEntry);
            }
        }
        IndexWriter index = new();
        index.WriteText(key);
        index.WriteNumber(body.Strings.Count);
        body.Strings.ForEach(index.WriteText);
        contents.WriteTo(index);
        index.WriteBytes(body.Written);
        index.WriteBytes(entries.Written);

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

    private static void WriteEntry(ContentTable contents, IndexWriter entries, CachedDefinition entry)
    {
        WriteIdentity(entries, entry.Identity.File);
        WriteIdentity(entries, entry.Identity.Directory);
        entries.WriteNumber(entry.Identity.IsYaml ? 1 : 0);
        entries.WriteNumber(contents.PlaceOf(entry.Definition));
        entries.WriteFixed(entry.Definition.Timestamp);
    }

    private static void WriteIdentity(IndexWriter writer, FileIdentity identity)
    {
        writer.WriteNumber((long)identity.Kind);
        if (identity.Kind != FileKind.None)
        {
            writer.WriteNumber(identity.Size);
            writer.WriteFixed(identity.Modified);
            writer.WriteFixed(identity.Changed);
            writer.WriteFixed(identity.Device);
            writer.WriteFixed(identity.Number);
        }
    }

    private static FileIdentity ReadIdentity(ref IndexReader reader)
    {
        FileKind kind = (FileKind)reader.ReadNumber();
        return kind == FileKind.None
            ? default
            : new FileIdentity(
                IdentityUse.Local,
                kind,
                reader.ReadNumber(),
                reader.ReadFixed(),
                reader.ReadFixed(),
                reader.ReadFixed(),
                reader.ReadFixed()
            );
    }

    private static DefinitionIdentity ReadDefinitionIdentity(ref IndexReader reader)
    {
        FileIdentity file = ReadIdentity(ref reader);
        FileIdentity directory = ReadIdentity(ref reader);
        return new DefinitionIdentity(file, reader.ReadNumber() != 0, directory);
    }

    private bool TryFindEntry(string version, out IndexReader reader)
    {
        int place = Array.BinarySearch(_versions, version, StringComparer.Ordinal);
        bool found = place >= 0 && _entries[place] != NoEntry;
        reader = found ? new IndexReader(_data, _entriesStart + _entries[place] - 1) : default;
        return found;
    }

    /// <summary>Where the items of a table start, each with its length before it.</summary>
    private static int[] ReadTable(ref IndexReader reader)
    {
        int[] items = new int[reader.ReadCount()];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = reader.At;
            reader.ReadBytes();
        }
        return items;
    }

    private Content ReadContent(long place)
    {
        if ((ulong)place >= (ulong)_contents.Length)
        {
            throw new InvalidDataException();
        }
        // Two threads may read the same; either will do.
        return _read[place] ??= ReadContent(new IndexReader(_data, _contents[place]));
    }

    private Content ReadContent(IndexReader reader)
    {
        reader.ReadCount();
        string[] requires = ReadStrings(ref reader);
        int count = reader.ReadCount();
        string[][] variants = count == 0 ? [] : new string[count][];
        for (int i = 0; i < count; i++)
        {
            variants[i] = ReadStrings(ref reader);
        }
        return new Content(requires, variants, ReadStrings(ref reader));
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

    private string ReadString(ref IndexReader reader)
    {
        long place = reader.ReadNumber();
        if ((ulong)place >= (ulong)_texts.Length)
        {
            throw new InvalidDataException();
        }
        return _strings[place] ??= new IndexReader(_data, _texts[place]).ReadText();
    }

    /// <summary>What definitions ask for.</summary>
    private sealed record Content(string[] Requires, string[][] Variants, string[] BuildRequires);

    /// <summary>The contents of definitions, each once; they name strings by their place in a table.</summary>
    private sealed class ContentTable(IndexWriter strings)
    {
        private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
        private readonly IndexWriter _written = new();

        /// <summary>The place of a definition's content, where it is put if it is not there.</summary>
        public int PlaceOf(PackageDefinition definition)
        {
            IndexWriter content = new();
            WriteList(content, definition.Requires);
            content.WriteNumber(definition.Variants.Count);
            foreach (IReadOnlyList<string> variant in definition.Variants)
            {
                WriteList(content, variant);
            }
            WriteList(content, definition.BuildRequires);
            string key = Encoding.Latin1.GetString(content.Written);
            if (!_places.TryGetValue(key, out int place))
            {
                _places.Add(key, place = _places.Count);
                _written.WriteNumber(content.Length);
                _written.WriteBytes(content.Written);
            }
            return place;
        }

        public void WriteTo(IndexWriter index)
        {
            index.WriteNumber(_places.Count);
            index.WriteBytes(_written.Written);
        }

        private void WriteList(IndexWriter content, IReadOnlyList<string> list)
        {
            content.WriteNumber(list.Count);
            foreach (string text in list)
            {
                content.WriteNumber(strings.PlaceOf(text));
            }
        }
    }
}
