using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Rer.Compiling;

/// <summary>Writes the parts of an index: numbers of variable length, and strings as positions in a table.</summary>
internal sealed class FormatWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private readonly Dictionary<string, int> _places;

    /// <summary>Creates a writer with its own strings.</summary>
    public FormatWriter()
    {
        _places = new(StringComparer.Ordinal);
        Strings = [];
    }

    /// <summary>Creates a writer that shares the strings of another.</summary>
    public FormatWriter(FormatWriter other)
    {
        _places = other._places;
        Strings = other.Strings;
    }

    /// <summary>The strings written so far, each once.</summary>
    public List<string> Strings { get; }

    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    public int Length => _buffer.WrittenCount;

    /// <summary>Writes a number that is mostly small and not negative: seven bits per byte, the lowest first.</summary>
    public void WriteNumber(long number)
    {
        ulong rest = (ulong)number;
        for (; rest >= 0x80; rest >>= 7)
        {
            WriteByte((byte)(rest | 0x80));
        }
        WriteByte((byte)rest);
    }

    /// <summary>Writes a signed number that is mostly small.</summary>
    public void WriteSigned(long number) => WriteNumber((number << 1) ^ (number >> 63));

    /// <summary>Writes a number of any size in eight bytes.</summary>
    public void WriteFixed(long number)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_buffer.GetSpan(sizeof(long)), number);
        _buffer.Advance(sizeof(long));
    }

    /// <summary>Writes a number of 31 bits in four bytes: an item of a table that is not read from its start.</summary>
    public void WritePlace(int number)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.GetSpan(sizeof(int)), number);
        _buffer.Advance(sizeof(int));
    }

    /// <summary>Writes a string as its position in <see cref="Strings"/>.</summary>
    public void WriteString(string text) => WriteNumber(PlaceOf(text));

    /// <summary>The position of a string in <see cref="Strings"/>, to which it is added if necessary.</summary>
    public int PlaceOf(string text)
    {
        if (!_places.TryGetValue(text, out int position))
        {
            _places.Add(text, position = Strings.Count);
            Strings.Add(text);
        }
        return position;
    }

    /// <summary>Writes a string itself, preceded by its length.</summary>
    public void WriteText(string text)
    {
        WriteNumber(Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, _buffer);
    }

    public void WriteBytes(ReadOnlySpan<byte> bytes) => _buffer.Write(bytes);

    private void WriteByte(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
    }
}
