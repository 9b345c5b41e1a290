using System.Buffers.Binary;
using System.Text;

namespace Rer.Compiling;

/// <summary>
/// Reads what <see cref="FormatWriter"/> wrote. Anything invalid is an error of <see cref="Origin"/>.
/// </summary>
/// <param name="bytes">The bytes.</param>
/// <param name="at">Where to start.</param>
internal ref struct FormatReader(FormatBytes bytes, int at)
{
    private readonly ReadOnlySpan<byte> _data = bytes.Data;

    /// <summary>Where the bytes come from.</summary>
    public FormatOrigin Origin { get; } = bytes.Origin;

    /// <summary>Where the next read starts.</summary>
    public int At { get; private set; } = at;

    /// <summary>The number of bytes that are left.</summary>
    public readonly int Left => _data.Length - At;

    public long ReadNumber()
    {
        // Most numbers take one byte.
        if ((uint)At < (uint)_data.Length && _data[At] < 0x80)
        {
            return _data[At++];
        }
        ulong number = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte part = Take(1)[0];
            number |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return (long)number;
            }
        }
        throw Origin.Damaged();
    }

    /// <summary>A count of items that take at least one byte each.</summary>
    public int ReadCount()
    {
        long count = ReadNumber();
        return (ulong)count <= (ulong)Left ? (int)count : throw Origin.Damaged();
    }

    /// <summary>A number of 31 bits.</summary>
    public int ReadInt()
    {
        long number = ReadNumber();
        return number is >= 0 and <= int.MaxValue ? (int)number : throw Origin.Damaged();
    }

    /// <summary>A signed number that is short if its absolute value is small.</summary>
    public long ReadSigned()
    {
        ulong number = (ulong)ReadNumber();
        return (long)(number >> 1) ^ -(long)(number & 1);
    }

    /// <summary>A number of four bytes: an item of a table that is not read from its start.</summary>
    public int ReadPlace() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public long ReadFixed() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public string ReadText() => Encoding.UTF8.GetString(ReadBytes());

    /// <summary>The bytes of a text.</summary>
    public ReadOnlySpan<byte> ReadBytes() => Take(ReadCount());

    /// <summary>Skips some bytes.</summary>
    public void Skip(int length) => Take(length);

    /// <summary>Skips numbers that <see cref="ReadPlace"/> reads.</summary>
    public void SkipPlaces(int count) => Take(count <= Left / sizeof(int) ? count * sizeof(int) : int.MaxValue);

    private ReadOnlySpan<byte> Take(int length)
    {
        if ((uint)At > (uint)_data.Length || (uint)length > (uint)Left)
        {
            throw Origin.Damaged();
        }
        ReadOnlySpan<byte> taken = _data.Slice(At, length);
        At += length;
        return taken;
    }
}
