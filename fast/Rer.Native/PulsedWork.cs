namespace Rer.Native;

/// <summary>Long work that the caller may look in on, to end it.</summary>
internal static class PulsedWork
{
    /// <summary>How often the caller may look after signals, in milliseconds.</summary>
    private const int PulseEvery = 50;

    /// <summary>Does the work on another thread, while this one looks after the caller.</summary>
    /// <param name="work">The work.</param>
    /// <param name="pulse">Called on this thread now and then; true ends the work. Null if nobody wants to be.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static T Run<T>(Func<CancellationToken, T> work, Func<bool>? pulse, CancellationToken cancellationToken)
    {
        if (pulse is null)
        {
            return work(cancellationToken);
        }

        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<T> working = Task.Run(() => work(linked.Token), CancellationToken.None);
        while (Task.WaitAny([working], PulseEvery, CancellationToken.None) < 0)
        {
            if (pulse())
            {
                linked.Cancel();
            }
        }

        return working.GetAwaiter().GetResult();
    }
}
