namespace Rer.Repositories.Disk;

/// <summary>
/// Threads that wait for slow disks, which can serve many requests at a time. They are started on demand, stay for
/// later work, and end after a while without any. The thread pool adds threads too slowly, and waiting threads would
/// starve it.
/// </summary>
internal static class DiskThreads
{
    /// <summary>
    /// The maximum number of operations that wait at a time, on these threads and on the calling one.
    /// </summary>
    internal const int MostInFlight = 32;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    private static readonly object s_gate = new();
    private static readonly Queue<Action> s_asked = [];
    private static int s_threads;
    private static int s_free; // idle threads, including those that are about to start

    /// <summary>Asks more threads to help with something. Some may arrive late, when nothing is left to do.</summary>
    /// <param name="help">Does what is left to do. It does not throw.</param>
    /// <param name="threads">The number of threads.</param>
    internal static void Ask(Action help, int threads)
    {
        lock (s_gate)
        {
            for (int i = 0; i < threads; i++)
            {
                s_asked.Enqueue(help);
                if (s_asked.Count <= s_free)
                {
                    Monitor.Pulse(s_gate);
                }
                else if (s_threads < MostInFlight - 1)
                {
                    s_threads++;
                    s_free++;
                    new Thread(Run) { IsBackground = true, Name = "rer disk" }.Start();
                }
            }
        }
    }

    private static void Run()
    {
        while (true)
        {
            Action? help;
            lock (s_gate)
            {
                while (!s_asked.TryDequeue(out help))
                {
                    if (!Monitor.Wait(s_gate, s_patience) && s_asked.Count == 0)
                    {
                        s_threads--;
                        s_free--;
                        return;
                    }
                }
                s_free--;
            }
            help();
            lock (s_gate)
            {
                s_free++;
            }
        }
    }
}
