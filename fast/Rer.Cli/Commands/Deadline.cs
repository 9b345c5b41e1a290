namespace Rer.Cli.Commands;

/// <summary>
/// The time limit of a command. rez and Rer's engines check the clock between the steps of a solve. A longer step is
/// cancelled a moment later. Work that cannot be cancelled (reading a file, a filter) is left behind.
/// </summary>
internal sealed class Deadline : IDisposable
{
    /// <summary>In rez's words.</summary>
    private const string Message = "time limit exceeded";

    private static readonly TimeSpan s_untilCancelled = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_untilLeft = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _source;
    private readonly TimeSpan? _limit;
    private readonly long _start = TimeProvider.System.GetTimestamp();

    /// <summary>Starts the clock.</summary>
    /// <param name="limit">The time limit; null for none.</param>
    /// <param name="cancellationToken">Ends the command earlier.</param>
    public Deadline(TimeSpan? limit, CancellationToken cancellationToken)
    {
        // A timer does not support a longer time, and a longer limit has no practical effect.
        _limit = limit is { } time && time < TimeSpan.FromDays(40) ? time : null;
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (_limit is { } counted)
        {
            _source.CancelAfter(counted + s_untilCancelled);
        }
        Cancelled = cancellationToken;
    }

    /// <summary>Cancels running work when the time is over or the command is cancelled.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Whether the time limit ended the work.</summary>
    public bool IsOver => Token.IsCancellationRequested && !Cancelled.IsCancellationRequested;

    private CancellationToken Cancelled { get; }

    /// <summary>Whether work was left behind and may still be running.</summary>
    public bool HasLeftWork { get; private set; }

    /// <summary>
    /// Disposes of an object for the caller, unless work that was left behind still uses it. In that case the end of
    /// the process disposes of both.
    /// </summary>
    public IDisposable Owned(IDisposable something) => new Owner(this, something);

    /// <summary>Runs work within the time limit.</summary>
    /// <exception cref="TimeoutException">The time is over.</exception>
    public T Do<T>(Func<T> work)
    {
        if (_limit is not { } limit)
        {
            return work();
        }
        // Runs on its own thread, which does not keep the process alive.
        Task<T> working = Task.Factory.StartNew(
            work,
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        TimeSpan left = limit + s_untilLeft - TimeProvider.System.GetElapsedTime(_start);
        if (Task.WaitAny([working], left > TimeSpan.Zero ? left : TimeSpan.Zero) < 0)
        {
            HasLeftWork = true;
            throw new TimeoutException(Message);
        }
        try
        {
            return working.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (IsOver)
        {
            throw new TimeoutException(Message);
        }
    }

    /// <summary>Solves within the time limit.</summary>
    public ResolveResult Solve(Func<ResolveResult> solve)
    {
        try
        {
            ResolveResult result = Do(solve);
            return result is StoppedResult { Reason: StopReason.Cancelled } && IsOver
                ? Stopped(result.Statistics)
                : result;
        }
        catch (TimeoutException)
        {
            return Stopped(new SolveStatistics(0, 0));
        }
    }

    /// <inheritdoc />
    public void Dispose() => _source.Dispose();

    private static StoppedResult Stopped(SolveStatistics statistics) => new(StopReason.TimeLimit, Message, statistics);

    private sealed class Owner(Deadline deadline, IDisposable something) : IDisposable
    {
        public void Dispose()
        {
            if (!deadline.HasLeftWork)
            {
                something.Dispose();
            }
        }
    }
}
