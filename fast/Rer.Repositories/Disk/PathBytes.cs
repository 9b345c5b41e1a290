namespace Rer.Repositories.Disk;

/// <summary>A path as calls of the system take it: bytes, with a zero at their end.</summary>
internal readonly ref struct PathBytes
{
    /// <summary>How much room to give it; what is longer takes its own.</summary>
    internal const int Room = 512;

    private const int MostPerCharacter = 3;

    /// <summary>Writes a path.</summary>
    /// <param name="room">Where to.</param>
    /// <param name="directory">The path of a directory, or of the file itself.</param>
    /// <param name="name">A name in the directory; empty if <paramref name="directory"/> is the file.</param>
    internal PathBytes(Span<byte> room, ReadOnlySpan<char> directory, ReadOnlySpan<char> name)
    {
        int most = ((directory.Length + name.Length) * MostPerCharacter) + 2;
        Span<byte> bytes = most <= room.Length ? room : new byte[most];
        int length = ByteText.Encode(directory, bytes);
        if (name.Length > 0)
        {
            if (length > 0)
            {
                bytes[length++] = (byte)'/';
            }
            length += ByteText.Encode(name, bytes[length..]);
        }
        if (length == 0)
        {
            bytes[length++] = (byte)'.';
        }
        bytes[length] = 0;
        Bytes = bytes[..(length + 1)];
    }

    /// <summary>The path, with its zero.</summary>
    internal ReadOnlySpan<byte> Bytes { get; }
}
