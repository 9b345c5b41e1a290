using System.Diagnostics;
using System.Globalization;

namespace Rer.Repositories.Disk;

/// <summary>The kinds of calls that a disk is waited for in.</summary>
internal enum CallKind : byte
{
    /// <summary>Looking at a path. A look at what is open is none: opening it has told.</summary>
    Look,

    /// <summary>Listing a directory.</summary>
    Listing,

    /// <summary>Opening a file or directory.</summary>
    Open,

    /// <summary>Reading from a file.</summary>
    Read,
}

/// <summary>
/// The calls of a repository to the disk: how many there were, and how long they take. They may be made to take a round trip
/// as on a network disk, so that what that costs can be seen on any machine. Safe for concurrent callers.
/// </summary>
/// <param name="roundTrip">How long each call is made to take in addition.</param>
internal sealed class DiskCalls(TimeSpan roundTrip)
{
    /// <summary>The environment variable that says how long round trips are made to take, in milliseconds.</summary>
    internal const string RoundTripVariable = "RER_ROUND_TRIP_MS";

    /// <summary>The longest round trip that can be asked for, in milliseconds.</summary>
    internal const int MostMilliseconds = 10_000;

    private readonly long[] _counts = new long[4];

    /// <summary>How long they take of late.</summary>
    public DiskPace Pace { get; } = new();

    /// <summary>How many calls of a kind there were.</summary>
    public long Count(CallKind kind) => Volatile.Read(ref _counts[(int)kind]);

    /// <summary>Calls with the round trip that the environment asks for, by default none.</summary>
    /// <exception cref="PackageDataException">It asks for none that could be.</exception>
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
                $"{RoundTripVariable}: '{asked}' is no number of milliseconds from 0 to {MostMilliseconds}"
            );
    }

    /// <summary>Calls to a disk that is this machine's own.</summary>
    public static DiskCalls Local() => new(TimeSpan.Zero);

    /// <summary>Notes that a call begins.</summary>
    public static long Begin() => Stopwatch.GetTimestamp();

    /// <summary>Notes that it is over.</summary>
    /// <param name="kind">What it was.</param>
    /// <param name="start">What <see cref="Begin"/> gave.</param>
    /// <param name="tells">Whether it tells how far the disk is: to read much takes long from any.</param>
    public void End(CallKind kind, long start, bool tells = true)
    {
        if (roundTrip > TimeSpan.Zero)
        {
            Wait();
        }
        Interlocked.Increment(ref _counts[(int)kind]);
        if (tells)
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
