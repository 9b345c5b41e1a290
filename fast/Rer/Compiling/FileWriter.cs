using System.Runtime.InteropServices;
using System.Text;

namespace Rer.Compiling;

/// <summary>Writes numbers, texts and arrays one behind the other, as <see cref="FileReader"/> reads them.</summary>
internal sealed class FileWriter(Stream stream)
{
    internal long Position => stream.Position;

    internal void Int(int value) => stream.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<int>(ref value)));

    internal void Long(long value) => stream.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<long>(ref value)));

    internal void Text(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Int(bytes.Length);
        stream.Write(bytes);
    }

    internal void Array<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        Int(values.Length);
        stream.Write(MemoryMarshal.AsBytes(values));
    }
}
