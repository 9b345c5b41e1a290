using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Rer.Cli.Commands;

/// <summary>
/// Technique: memory before it is needed. The system provides memory page by page, when a page is first written, and
/// interrupts the program for each. A solve from an index takes a few milliseconds, and writes to hundreds of new pages.
/// Here, another core gets them just before. PERF: rez's median request from a published index, by the native command on
/// two cores: 8.9 to 7.7 ms of processor time on the main thread.
/// </summary>
/// <remarks>Only for the native command, whose process ends after the solve.</remarks>
internal static partial class FreshMemory
{
    // What rez's median request allocates from an index.
    private const int Length = 5 << 19;

    // The collector takes this much from the system in one call, instead of one for each 64 KB. It collects for the first
    // time after as much, over three times what the largest of rez's 188 requests allocates from an index. More than this takes
    // three times as long to prepare.
    private const int Committed = 24 << 20;

    private const int Step = 128 << 10;

    private static bool s_isPrepared;

    /// <summary>Starts to get memory for a solve. Without a second core, or on other systems, it does nothing.</summary>
    [Conditional("RER_AHEAD_OF_TIME")]
    public static void Prepare()
    {
        if (OperatingSystem.IsLinux() && Environment.ProcessorCount > 1 && !s_isPrepared && TryCommit())
        {
            s_isPrepared = true;
            nuint start = AddressOf(new object()) & ~(nuint)(Environment.SystemPageSize - 1);
            nuint end = start + Length;
            HelperThread.DoInSpareTime(() =>
            {
                bool isDone = !TryFill(start, Step);
                start += Step;
                return !isDone && start < end;
            });
        }
    }

    private static bool TryCommit()
    {
        try
        {
            return GC.TryStartNoGCRegion(Committed);
        }
        catch (ArgumentOutOfRangeException)
        {
            return false; // the heap is limited to less
        }
    }

    /// <summary>Gets the pages of a part of the heap. Their contents stay as they are.</summary>
    private static bool TryFill(nuint start, nuint length)
    {
        const int PopulateWrite = 23; // MADV_POPULATE_WRITE, since Linux 5.14
        return Advise(start, length, PopulateWrite) == 0;
    }

    /// <summary>Where an object is at the moment. What is allocated next comes after it.</summary>
    private static unsafe nuint AddressOf(object fresh) => *(nuint*)Unsafe.AsPointer(ref fresh);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nuint start, nuint length, int advice);
}
