using System.Diagnostics.CodeAnalysis;

namespace Rer.Repositories.Disk;

/// <summary>
/// What is to be asked of a disk, spread over its directories: some file systems (FUSE, older NFS) look up one thing at a time
/// in a directory, and a solve reaches one family's versions after the other's. PERF: definitions of rez's benchmark by a FUSE
/// file system that serves ten at a time: two in flight in the order of families, seven when spread.
/// </summary>
/// <remarks>Not safe for concurrent callers.</remarks>
internal sealed class SpreadQueue<T>
{
    private readonly Dictionary<string, Queue<T>> _byDirectory = new(StringComparer.Ordinal);
    private readonly Queue<Queue<T>> _turns = [];

    /// <summary>How many wait.</summary>
    public int Count { get; private set; }

    /// <summary>Adds something.</summary>
    /// <param name="directory">The directory that is looked into.</param>
    /// <param name="item">What is to be done there.</param>
    public void Add(string directory, T item)
    {
        if (!_byDirectory.TryGetValue(directory, out Queue<T>? inDirectory))
        {
            _byDirectory.Add(directory, inDirectory = []);
        }
        if (inDirectory.Count == 0)
        {
            _turns.Enqueue(inDirectory);
        }
        inDirectory.Enqueue(item);
        Count++;
    }

    /// <summary>Takes the next, each directory in its turn; false if there is none.</summary>
    public bool TryTake([MaybeNullWhen(false)] out T item)
    {
        if (!_turns.TryDequeue(out Queue<T>? inDirectory))
        {
            item = default;
            return false;
        }
        item = inDirectory.Dequeue();
        if (inDirectory.Count > 0)
        {
            _turns.Enqueue(inDirectory);
        }
        Count--;
        return true;
    }

    /// <summary>Takes all that wait, in their order.</summary>
    public T[] TakeAll()
    {
        T[] all = new T[Count];
        for (int i = 0; i < all.Length; i++)
        {
            TryTake(out all[i]!);
        }
        return all;
    }
}
