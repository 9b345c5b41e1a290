namespace Rer.Books;

/// <summary>Reads streams that may have no end.</summary>
internal static class BoundedCopy
{
    /// <summary>Copies a stream to its end; false if there is more than the target may have.</summary>
    /// <param name="source">The stream.</param>
    /// <param name="target">Receives the bytes.</param>
    /// <param name="most">The maximum number of bytes.</param>
    internal static bool TryCopy(Stream source, MemoryStream target, long most)
    {
        byte[] buffer = new byte[1 << 16];
        while (source.Read(buffer) is > 0 and int count)
        {
            if (target.Length + count > most)
            {
                return false;
            }
            target.Write(buffer, 0, count);
        }
        return true;
    }
}
