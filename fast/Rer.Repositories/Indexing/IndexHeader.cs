using System.Buffers.Binary;
using System.IO.Hashing;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using Rer.Repositories.Disk;

namespace Rer.Repositories.Indexing;

/// <summary>The header of an index.</summary>
/// <param name="Use">Where its identities are valid.</param>
/// <param name="Made">When it was made, in milliseconds since 1970.</param>
/// <param name="IsWhole">Whether it contains every family of the package path. Otherwise it contains those that solves
/// have reached.</param>
/// <param name="Root">The identity of the package path; the default if it is not known to determine which families
/// exist.</param>
/// <param name="Key">The key of its package path if the index is not inside it (see <see cref="KeyOf"/>); otherwise
/// 0.</param>
/// <param name="Families">The number of families in it.</param>
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
    /// <summary>Its size in bytes. Its checksum covers it and the directory of families, which follows it.</summary>
    public const int Size = 80;

    /// <summary>The size in bytes of each family's entry in the directory.</summary>
    public const int DirectorySize = 16;

    private const ulong Magic = 0x58_44_4E_49_52_45_52_00; // "\0RERINDX"

    // Increase this whenever the format, or the interpretation of a definition, changes.
    private const int Format = 3;

    private const int AfterChecksum = 16;

    /// <summary>Writes a header, and its checksum over the directory that follows.</summary>
    /// <param name="start">The start of the file, including the directory.</param>
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

    /// <summary>Reads a header; null if it is not one, or is of another format.</summary>
    /// <param name="start">The start of the file, at least <see cref="Size"/> bytes.</param>
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

    /// <summary>Whether the checksum of the start of a file is correct.</summary>
    /// <param name="start">The header and the directory.</param>
    public static bool IsSealed(ReadOnlySpan<byte> start) =>
        BinaryPrimitives.ReadUInt32LittleEndian(start[12..]) == Checksum(start[AfterChecksum..]);

    /// <summary>CRC-32C, eight bytes at a time, which is one instruction on current processors.</summary>
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

    /// <summary>The hash by which a name is found in the directory: FNV-1a over its UTF-16.</summary>
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
