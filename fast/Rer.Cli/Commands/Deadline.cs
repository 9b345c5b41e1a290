namespace Rer.Cli.Commands;

/// <summary>
/// The time that a command may take. rez, and the engines with it, look at the clock between the steps of a solve; a step
/// that is long is cancelled a moment later, and what cannot be cancelled (a file that is read, a filter) is left behind.
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

    /// <summary>Begins to count.</summary>
    /// <param name="limit">The time; null for no limit.</param>
    /// <param name="cancellationToken">Ends the command before.</param>
    public Deadline(TimeSpan? limit, CancellationToken cancellationToken)
    {
        // A timer takes no longer; who waits for longer has other worries.
        _limit = limit is { } time && time < TimeSpan.FromDays(40) ? time : null;
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (_limit is { } counted)
            _source.CancelAfter(counted + s_untilCancelled);
        Cancelled = cancellationToken;
    }

    /// <summary>Cancels what is under way, when the time is over or the command is cancelled.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Whether it was the time that ended the work.</summary>
    public bool IsOver => Token.IsCancellationRequested && !Cancelled.IsCancellationRequested;

    private CancellationToken Cancelled { get; }

    /// <summary>Whether something was left behind, and may still be at work.</summary>
    public bool HasLeftWork { get; private set; }

    /// <summary>Something to be disposed of by the caller, unless work that was left behind still uses it: the end of the
    /// process disposes of both.</summary>
    public IDisposable Owned(IDisposable something) => new Owner(this, something);

    /// <summary>Does something, if there is time for it.</summary>
    /// <exception cref="TimeoutException">There was not.</exception>
    public T Do<T>(Func<T> work)
    {
        if (_limit is not { } limit)
            return work();
        // On a thread of its own, which does not keep the process from ending.
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

    /// <summary>Solves, if there is time for it.</summary>
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
                something.Dispose();
        }
    }
}
