namespace Rer.Repositories.Disk;

/// <summary>A path in the form of system calls: bytes with a terminating zero.</summary>
internal readonly ref struct PathBytes
{
    /// <summary>The size of buffer to pass. A longer path allocates its own.</summary>
    internal const int Room = 512;

    private const int MostPerCharacter = 3;

    /// <summary>Writes a path.</summary>
    /// <param name="room">The buffer to write to.</param>
    /// <param name="directory">The path of a directory, or of the file itself.</param>
    /// <param name="inner">The name of a directory in it; empty for none.</param>
    /// <param name="name">A name in the directory; empty for none.</param>
    internal PathBytes(Span<byte> room, ReadOnlySpan<char> directory, ReadOnlySpan<char> inner, ReadOnlySpan<char> name)
    {
        int most = ((directory.Length + inner.Length + name.Length) * MostPerCharacter) + 3;
        Span<byte> bytes = most <= room.Length ? room : new byte[most];
        int length = ByteText.Encode(directory, bytes);
        length = Append(bytes, length, inner);
        length = Append(bytes, length, name);
        if (length == 0)
        {
            bytes[length++] = (byte)'.';
        }
        bytes[length] = 0;
        Bytes = bytes[..(length + 1)];
    }

    /// <summary>The path, including the terminating zero.</summary>
    internal ReadOnlySpan<byte> Bytes { get; }

    private static int Append(Span<byte> bytes, int length, ReadOnlySpan<char> name)
    {
        if (name.Length == 0)
        {
            return length;
        }
        if (length > 0)
        {
            bytes[length++] = (byte)'/';
        }
        return length + ByteText.Encode(name, bytes[length..]);
    }
}
