namespace Rer.Native;

/// <summary>A caller's functions for ordering versions and comparing ranges, as in <c>rer.h</c>.</summary>
internal readonly unsafe struct OrdererFunctions(
    delegate* unmanaged[Cdecl]<void*, int, ulong, ulong*, nuint, int*, nuint, int> order,
    delegate* unmanaged[Cdecl]<void*, int, ulong, byte*, nuint, byte*, nuint, byte*, nuint, byte*, nuint, int> compare,
    void* context
)
{
    /// <summary>Whether there is an ordering function.</summary>
    public bool CanOrder => order != null;

    /// <summary>Whether there is a comparing function.</summary>
    public bool CanCompare => compare != null;

    public int Order(int orderer, ulong question, ulong[] listings, int[] positions)
    {
        int none = 0;
        fixed (ulong* asked = listings)
        fixed (int* answer = positions)
        {
            // Families without versions have no answer, but a pointer is still needed.
            int* start = answer == null ? &none : answer;
            return order(context, orderer, question, asked, (nuint)listings.Length, start, (nuint)positions.Length);
        }
    }

    public int Compare(int orderer, ulong question, byte[] family, byte[] range, byte[] otherFamily, byte[] otherRange)
    {
        byte none = 0;
        fixed (
            byte* a = family,
                b = range,
                c = otherFamily,
                d = otherRange
        )
        {
            return compare(
                context,
                orderer,
                question,
                a,
                (nuint)family.Length,
                b == null ? &none : b,
                (nuint)range.Length,
                c,
                (nuint)otherFamily.Length,
                d == null ? &none : d,
                (nuint)otherRange.Length
            );
        }
    }
}
