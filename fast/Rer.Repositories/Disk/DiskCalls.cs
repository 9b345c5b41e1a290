using System.Diagnostics;
using System.Globalization;

namespace Rer.Repositories.Disk;

/// <summary>The kinds of calls that wait for a disk.</summary>
internal enum CallKind : byte
{
    /// <summary>
    /// Looking at a path. Looking at an open file does not count, because opening it has already fetched the
    /// attributes.
    /// </summary>
    Look,

    /// <summary>Listing a directory.</summary>
    Listing,

    /// <summary>Opening a file or directory.</summary>
    Open,

    /// <summary>Reading from a file.</summary>
    Read,
}

/// <summary>
/// Counts and times a repository's calls to the disk. The calls can be delayed by a round trip as on a network disk, so
/// that its cost can be measured on any machine. Safe for concurrent callers.
/// </summary>
/// <param name="roundTrip">The delay added to each call.</param>
internal sealed class DiskCalls(TimeSpan roundTrip)
{
    /// <summary>The environment variable for the delay of each call, in milliseconds.</summary>
    internal const string RoundTripVariable = "RER_ROUND_TRIP_MS";

    /// <summary>The longest delay allowed, in milliseconds.</summary>
    internal const int MostMilliseconds = 10_000;

    private readonly long[] _counts = new long[4];

    /// <summary>How long recent calls took.</summary>
    public DiskPace Pace { get; } = new();

    /// <summary>The number of calls of a kind.</summary>
    public long Count(CallKind kind) => Volatile.Read(ref _counts[(int)kind]);

    /// <summary>Creates calls with the delay that the environment sets, by default none.</summary>
    /// <exception cref="PackageDataException">The delay in the environment is invalid.</exception>
    public static DiskCalls AsAsked()
    {
        if (Environment.GetEnvironmentVariable(RoundTripVariable) is not { Length: > 0 } asked)
        {
            return Local();
        }
        return
            double.TryParse(asked, NumberStyles.Float, CultureInfo.InvariantCulture, out double milliseconds)
            && milliseconds is >= 0 and <= MostMilliseconds
            ? new DiskCalls(TimeSpan.FromMilliseconds(milliseconds))
            : throw new PackageDataException(
                $"{RoundTripVariable}: '{asked}' is not a number of milliseconds from 0 to {MostMilliseconds}"
            );
    }

    /// <summary>Creates calls to a local disk, without a delay.</summary>
    public static DiskCalls Local() => new(TimeSpan.Zero);

    /// <summary>Records the start of a call.</summary>
    public static long Begin() => Stopwatch.GetTimestamp();

    /// <summary>Records the end of a call.</summary>
    /// <param name="kind">The kind of call.</param>
    /// <param name="start">The result of <see cref="Begin"/>.</param>
    /// <param name="showsLatency">Whether its time shows the disk's latency. Reading a lot of data takes long from any
    /// disk.</param>
    public void End(CallKind kind, long start, bool showsLatency = true)
    {
        if (roundTrip > TimeSpan.Zero)
        {
            Wait();
        }
        Interlocked.Increment(ref _counts[(int)kind]);
        if (showsLatency)
        {
            Pace.Note(Stopwatch.GetElapsedTime(start));
        }
    }

    private void Wait()
    {
        if (OperatingSystem.IsLinux())
        {
            LinuxCalls.Wait(roundTrip);
        }
        else
        {
            PortableCalls.Wait(roundTrip);
        }
    }
}
