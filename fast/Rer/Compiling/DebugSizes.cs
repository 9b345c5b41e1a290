namespace Rer.Compiling;

/// <summary>
/// First sizes of growing buffers. In debug builds they are tiny, so that growth happens in every test.
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
