using System.Runtime.InteropServices;
using System.Text;

namespace Rer.Compiling;

/// <summary>Reads what <see cref="FileWriter"/> wrote. The bytes were verified before: lengths are trusted.</summary>
internal ref struct FileReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    internal int Int() => MemoryMarshal.Read<int>(Take(sizeof(int)));

    internal long Long() => MemoryMarshal.Read<long>(Take(sizeof(long)));

    internal string Text() => Encoding.UTF8.GetString(Take(Int()));

    internal T[] Array<T>()
        where T : unmanaged
    {
        T[] values = new T[Int()];
        Span<byte> bytes = MemoryMarshal.AsBytes(values.AsSpan());
        Take(bytes.Length).CopyTo(bytes);
        return values;
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        ReadOnlySpan<byte> taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
