namespace Rer.Repositories.Disk;

/// <summary>
/// Threads that wait for slow disks, which answer many at a time. They are started as they are asked for, stay for the next
/// who asks, and end when nobody has for a while. The thread pool adds threads slowly, and those that wait would starve it.
/// </summary>
internal static class DiskThreads
{
    /// <summary>How many things are waited for at a time, by these threads and the one that asks for them.</summary>
    internal const int MostInFlight = 32;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly object s_gate = new();
    private static readonly Queue<Action> s_asked = [];
    private static int s_threads;
    private static int s_free; // of those, and of them that are about to start

    /// <summary>Has some more threads help with something. Some may come late, when there is nothing left to do.</summary>
    /// <param name="help">Does what is left to do; does not throw.</param>
    /// <param name="threads">How many.</param>
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
                    if (!Monitor.Wait(s_gate, Patience) && s_asked.Count == 0)
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
