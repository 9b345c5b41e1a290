namespace Rer.Native;

/// <summary>Runs long work that the caller can interrupt.</summary>
internal static class PulsedWork
{
    /// <summary>How often the caller can handle signals, in milliseconds.</summary>
    private const int PulseEvery = 50;

    /// <summary>Runs the work on another thread while this thread calls back.</summary>
    /// <param name="work">The work.</param>
    /// <param name="pulse">Called on this thread from time to time; true ends the work. Null for none.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
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
