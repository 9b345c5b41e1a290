namespace Rer.Compiling;

/// <summary>
/// Initial sizes of growing buffers. In debug builds they are tiny, so that every test makes buffers grow.
/// </summary>
internal static class DebugSizes
{
    internal static int Shrink(int size)
    {
#if DEBUG
        return Math.Min(size, 2);
#else
        return size;
#endif
    }
}
