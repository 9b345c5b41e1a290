using System.IO.MemoryMappedFiles;
using System.Numerics;
using System.Runtime.InteropServices;
using Rer.Versions;

namespace Rer.Compiling;

/// <summary>
/// A compiled repository in a file: written once, then mapped by any number of processes. Names are read when
/// the file is opened; a family is copied out of the map when a solve first reaches it.
/// </summary>
/// <remarks>
/// <para>
/// Technique: ready-to-map index. A command that runs once spends its time on parsing and compiling, not on solving;
/// here both were done before.
/// </para>
/// <para>
/// The layout: magic, checksum of all that follows it, length, fingerprint; then the names of the slots,
/// the places of their requirements and families, and these, whose arrays stand as they are in memory. It is read on machines of
/// the same byte order alone, and by the version of the engine that wrote it: anything else counts as damaged.
/// </para>
/// </remarks>
internal sealed unsafe class RepositoryFile : IDisposable
{
    private const ulong Magic = 0x31_58_44_49_52_45_52_00; // "\0RERIDX1", in the machine's byte order
    private const int FormatVersion = 3;
    private const int HeaderLength = 24;

    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _bytes;
    private readonly int _length;
    private readonly int[] _requirementCounts;
    private readonly long[] _requirements;
    private readonly long[] _families;

    private RepositoryFile(MemoryMappedFile map, MemoryMappedViewAccessor view, byte* bytes, int length)
    {
        _map = map;
        _view = view;
        _bytes = bytes;
        _length = length;
        FileReader reader = new(Bytes[HeaderLength..]);
        Fingerprint = reader.Text();
        Names = new string[reader.Int()];
        for (int slot = 0; slot < Names.Length; slot++)
        {
            Names[slot] = reader.Text();
        }

        _requirementCounts = reader.Array<int>();
        _requirements = reader.Array<long>();
        _families = reader.Array<long>();
    }

    /// <summary>What the repository was compiled from, in the words of whoever saved it.</summary>
    internal string Fingerprint { get; }

    /// <summary>The names of the slots, by number.</summary>
    internal string[] Names { get; }

    private ReadOnlySpan<byte> Bytes => new(_bytes, _length);

    /// <summary>Writes a repository of which everything is compiled. Readers see the old file or the new one.</summary>
    internal static void Write(CompiledRepository repository, string path, string fingerprint)
    {
        string temporary = $"{path}.{Environment.ProcessId}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.ReadWrite))
            {
                stream.Position = HeaderLength;
                WriteContent(repository, new FileWriter(stream), stream, fingerprint);
                stream.Flush();
                byte[] content = new byte[stream.Length - HeaderLength];
                stream.Position = HeaderLength;
                stream.ReadExactly(content);
                stream.Position = 0;
                FileWriter header = new(stream);
                header.Long(unchecked((long)Magic));
                header.Int(FormatVersion);
                header.Int((int)Checksum(content));
                header.Long(stream.Length);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Maps a file and verifies it; null if there is none, or it is damaged or of another version.</summary>
    internal static RepositoryFile? Open(string path)
    {
        long length = File.Exists(path) ? new FileInfo(path).Length : 0;
        if (length is < HeaderLength or > int.MaxValue)
        {
            return null;
        }

        MemoryMappedFile map = MemoryMappedFile.CreateFromFile(
            path,
            FileMode.Open,
            null,
            0,
            MemoryMappedFileAccess.Read
        );
        MemoryMappedViewAccessor view = map.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        byte* bytes = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref bytes);
        ReadOnlySpan<byte> content = new(bytes, (int)length);
        FileReader header = new(content);
        bool isSound =
            unchecked((ulong)header.Long()) == Magic
            && header.Int() == FormatVersion
            && (uint)header.Int() == Checksum(content[HeaderLength..])
            && header.Long() == length;
        if (isSound)
        {
            return new RepositoryFile(map, view, bytes, (int)length);
        }

        view.SafeMemoryMappedViewHandle.ReleasePointer();
        view.Dispose();
        map.Dispose();
        return null;
    }

    /// <summary>A requirement as a text that parses to the same, its separator included.</summary>
    internal static string TextOf(Requirement requirement)
    {
        string text = requirement.ToString();
        int end = text.IndexOf(requirement.Name, StringComparison.Ordinal) + requirement.Name.Length;
        return requirement.Range is null || text.AsSpan(end).StartsWith([requirement.Separator])
            ? text
            : string.Concat(text.AsSpan(0, end), [requirement.Separator], text.AsSpan(end));
    }

    /// <summary>How many requirements on a slot there are.</summary>
    internal int RequirementCount(int slot) => _requirementCounts[slot];

    /// <summary>The requirements on a slot, by number, as <see cref="TextOf"/> writes them.</summary>
    internal string[] ReadRequirements(int slot)
    {
        FileReader reader = new(Bytes[(int)_requirements[slot]..]);
        string[] texts = new string[_requirementCounts[slot]];
        for (int local = 0; local < texts.Length; local++)
        {
            texts[local] = reader.Text();
        }

        return texts;
    }

    /// <summary>Copies a family out of the file; one without versions if the repository had none of that name.</summary>
    internal CompiledFamily ReadFamily(FamilySlot slot, CompiledRepository repository)
    {
        long place = slot.Id < _families.Length ? _families[slot.Id] : 0;
        return place == 0
            ? FamilyBuilder.Build(slot, FamilyListing.MakeEmpty(), [], CompilingLimits.Default)
            : FamilyFormat.Read(new FileReader(Bytes[(int)place..]), slot, repository);
    }

    /// <summary>Lets go of the map. Families that were copied out stay.</summary>
    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _map.Dispose();
    }

    private static void WriteContent(
        CompiledRepository repository,
        FileWriter writer,
        FileStream stream,
        string fingerprint
    )
    {
        int slots = repository.SlotCount;
        int[] requirementCounts = new int[slots];
        long[] requirements = new long[slots];
        long[] families = new long[slots];
        writer.Text(fingerprint);
        writer.Int(slots);
        for (int id = 0; id < slots; id++)
        {
            writer.Text(repository.Slot(id).Name);
            requirementCounts[id] = repository.Slot(id).RequirementCount;
        }

        // The places are known once all is written, and then stand before it.
        writer.Array<int>(requirementCounts);
        long places = writer.Position;
        writer.Array<long>(requirements);
        writer.Array<long>(families);
        for (int id = 0; id < slots; id++)
        {
            FamilySlot slot = repository.Slot(id);
            requirements[id] = writer.Position;
            for (int local = 0; local < requirementCounts[id]; local++)
            {
                writer.Text(TextOf(slot.Requirement(local).Value));
            }

            if (slot.Family is { Listing.Count: > 0 } family)
            {
                families[id] = writer.Position;
                FamilyFormat.Write(writer, family);
            }
        }

        stream.Position = places;
        writer.Array<long>(requirements);
        writer.Array<long>(families);
    }

    /// <summary>CRC-32C, eight bytes at a time: one instruction on the processors of today.</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint crc = 0;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words)
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        foreach (byte rest in bytes[(words.Length * sizeof(ulong))..])
        {
            crc = BitOperations.Crc32C(crc, rest);
        }

        return crc;
    }
}
