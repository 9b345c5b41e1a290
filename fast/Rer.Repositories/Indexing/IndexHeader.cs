using System.Buffers.Binary;
using System.IO.Hashing;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using Rer.Repositories.Disk;

namespace Rer.Repositories.Indexing;

/// <summary>What stands at the beginning of an index.</summary>
/// <param name="Use">Where its identities are valid.</param>
/// <param name="Made">When it was made, in milliseconds since 1970.</param>
/// <param name="IsWhole">Whether every family of the package path is in it, or else those that solves came to.</param>
/// <param name="Root">The package path; nothing if it is not known that it tells which families there are.</param>
/// <param name="Key">Of which package path it is, where it does not lie in that: see <see cref="KeyOf"/>; 0 where it
/// does.</param>
/// <param name="Families">How many families it has.</param>
/// <param name="Length">The length of the file.</param>
internal readonly record struct IndexHeader(
    IdentityUse Use,
    long Made,
    bool IsWhole,
    FileIdentity Root,
    ulong Key,
    int Families,
    long Length
)
{
    /// <summary>How many bytes it takes. Its checksum covers it and the directory of families, which follows it.</summary>
    public const int Size = 80;

    /// <summary>How many bytes each family takes in the directory.</summary>
    public const int DirectorySize = 16;

    private const ulong Magic = 0x58_44_4E_49_52_45_52_00; // "\0RERINDX"

    // Raise it whenever the format, or what is made of a definition, changes.
    private const int Format = 2;

    private const int AfterChecksum = 16;

    /// <summary>Writes a header and seals it with the directory behind it.</summary>
    /// <param name="start">The beginning of the file, directory included.</param>
    public void Write(Span<byte> start)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(start, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(start[8..], Format);
        BinaryPrimitives.WriteInt64LittleEndian(start[16..], Length);
        BinaryPrimitives.WriteInt64LittleEndian(start[24..], Made);
        BinaryPrimitives.WriteInt32LittleEndian(start[32..], Families);
        start[36] = (byte)Use;
        start[37] = IsWhole ? (byte)1 : (byte)0;
        start[38] = (byte)Root.Kind;
        BinaryPrimitives.WriteInt64LittleEndian(start[40..], Root.Modified);
        BinaryPrimitives.WriteInt64LittleEndian(start[48..], Root.Changed);
        BinaryPrimitives.WriteInt64LittleEndian(start[56..], Root.Size);
        BinaryPrimitives.WriteUInt64LittleEndian(start[64..], Key);
        BinaryPrimitives.WriteUInt32LittleEndian(start[12..], Checksum(start[AfterChecksum..]));
    }

    /// <summary>Reads a header; null if it is none, or of another format.</summary>
    /// <param name="start">The beginning of the file, of at least <see cref="Size"/>.</param>
    public static IndexHeader? Read(ReadOnlySpan<byte> start)
    {
        if (
            BinaryPrimitives.ReadUInt64LittleEndian(start) != Magic
            || BinaryPrimitives.ReadInt32LittleEndian(start[8..]) != Format
        )
        {
            return null;
        }
        IdentityUse use = (IdentityUse)start[36];
        FileKind kind = (FileKind)start[38];
        FileIdentity root =
            kind == FileKind.None
                ? default
                : new FileIdentity(
                    use,
                    kind,
                    BinaryPrimitives.ReadInt64LittleEndian(start[56..]),
                    BinaryPrimitives.ReadInt64LittleEndian(start[40..]),
                    BinaryPrimitives.ReadInt64LittleEndian(start[48..]),
                    0,
                    0
                );
        return new IndexHeader(
            use,
            BinaryPrimitives.ReadInt64LittleEndian(start[24..]),
            start[37] != 0,
            root,
            BinaryPrimitives.ReadUInt64LittleEndian(start[64..]),
            BinaryPrimitives.ReadInt32LittleEndian(start[32..]),
            BinaryPrimitives.ReadInt64LittleEndian(start[16..])
        );
    }

    /// <summary>Whether the beginning of a file is as it was written.</summary>
    /// <param name="start">The header and the directory.</param>
    public static bool IsSealed(ReadOnlySpan<byte> start) =>
        BinaryPrimitives.ReadUInt32LittleEndian(start[12..]) == Checksum(start[AfterChecksum..]);

    /// <summary>CRC-32C, eight bytes at a time: one instruction on the processors of today.</summary>
    public static uint Checksum(ReadOnlySpan<byte> data)
    {
        uint sum = uint.MaxValue;
        foreach (ulong word in MemoryMarshal.Cast<byte, ulong>(data))
        {
            sum = BitOperations.Crc32C(
                sum,
                BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word)
            );
        }
        foreach (byte rest in data[(data.Length & ~7)..])
        {
            sum = BitOperations.Crc32C(sum, rest);
        }
        return sum;
    }

    /// <summary>The key of a package path.</summary>
    public static ulong KeyOf(string path) => XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(path));

    /// <summary>What finds a name in the directory: FNV-1a over its UTF-16.</summary>
    public static uint Hash(string name)
    {
        uint hash = 2_166_136_261;
        foreach (char c in name)
        {
            hash = (hash ^ c) * 16_777_619;
        }
        return hash;
    }
}
