using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Rer.Cli;

/// <summary>
/// Technique: memory at once. A command that runs for some ten milliseconds allocates megabytes and collects nothing; a
/// fifth of its time went into asking the system for that memory, a page of 4 KB at a time. The collector is told not to
/// collect what a solve needs (<c>GCgen0size</c>, in the project file), and the system that it may hand out the memory in
/// pages of 2 MB, where it does so only for those who ask (Linux, <c>transparent_hugepage=madvise</c>).
/// </summary>
/// <remarks>
/// The collector takes its memory in steps of 64 KB out of a stretch that it reserved, each with rights of its own, and no
/// large page goes over a border of rights: the stretch is given the rights of what was taken, before it is. The first large
/// page, of which the start of the process used some, is put together from what is there. All of it is advice: what is not
/// used is not handed out, what needs more collects as usual, and where the system refuses, only time is lost.
/// PERF: on five of rez's 188 from disk, run in turns with a command that has the collector reserve as much by itself
/// (<c>TryStartNoGCRegion</c>), which costs a collection: first resolve ×1.04, with a warm index ×1.07. That in turn was ×1.2
/// and ×1.2 against taking no memory at the start; 3,480 page faults became 580. Taken beside the start of the command,
/// with the second page: ×1.06 and ×1.05 more.
/// </remarks>
internal static partial class StartMemory
{
    private const int HugePage = 2 << 20;

    // Regions of the collector start at multiples of this.
    private const int Region = 4 << 20;

    // The 64 MB before the first collection, and among them the collector's other regions.
    private const int Length = 128 << 20;

    /// <summary>Takes the memory, beside the caller where there is a core for it. Does nothing in a process that compiles as
    /// it goes: it spends its time elsewhere.</summary>
    public static void Take()
    {
        if (RuntimeFeature.IsDynamicCodeSupported || !OperatingSystem.IsLinux())
        {
            return;
        }

        if (Environment.ProcessorCount == 1)
        {
            TakeNow();
        }
        else
        {
            HelperThread.DoInSpareTime(TakeNow);
        }
    }

    private static bool TakeNow()
    {
        object inHeap = new();
        nint here = Unsafe.As<object, nint>(ref inHeap) / HugePage * HugePage;
        nint start = here / Region * Region;
        if (IsReserved(start))
        {
            const int ReadWrite = 3;
            const int InDumps = 17; // MADV_DODUMP
            const int HugePages = 14; // MADV_HUGEPAGE
            const int Collapse = 25; // MADV_COLLAPSE
            const int Populate = 23; // MADV_POPULATE_WRITE
            _ = Protect(start, Length, ReadWrite);
            _ = Advise(start, Length, InDumps);
            _ = Advise(start, Length, HugePages);
            _ = Advise(here, HugePage, Collapse);
            _ = Advise(here + HugePage, HugePage, Populate); // most solves come to the second
        }

        return false; // that was all
    }

    /// <summary>
    /// Whether what follows an address is the collector's: mappings of memory without a gap between them, up to one that is
    /// reserved alone and so long that its end, where another may have been joined to it, is far away.
    /// </summary>
    private static bool IsReserved(nint start)
    {
        try
        {
            using SafeFileHandle file = File.OpenHandle("/proc/self/maps");
            Span<byte> buffer = new byte[32 << 10];
            int length = 0;
            int read;
            while (length < buffer.Length && (read = RandomAccess.Read(file, buffer[length..], length)) > 0)
            {
                length += read;
            }

            return IsReserved(start, buffer[..length]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <inheritdoc cref="IsReserved(nint)" />
    /// <param name="start">The address.</param>
    /// <param name="maps">The process's mappings, in order: <c>from-to rights offset device inode path</c> each.</param>
    internal static bool IsReserved(long start, ReadOnlySpan<byte> maps)
    {
        long at = 0;
        foreach (Range range in maps.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = maps[range];
            if (
                !Utf8Parser.TryParse(line, out long from, out int digits, 'x')
                || digits == line.Length
                || !Utf8Parser.TryParse(line[(digits + 1)..], out long to, out int moreDigits, 'x')
                || to <= start
            )
            {
                continue;
            }

            ReadOnlySpan<byte> rest = line[(digits + 1 + moreDigits)..]; // " rights ..."
            bool follows = at == 0 ? from <= start : from == at;
            if (!follows || rest.IndexOf(" 00:00 0"u8) < 0 || rest[3] == (byte)'x')
            {
                return false;
            }

            if (rest.StartsWith(" ---p"u8) && to >= start + (2L * Length))
            {
                return true;
            }

            at = to;
        }

        return false;
    }

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint address, nint length, int rights);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint address, nint length, int advice);
}
