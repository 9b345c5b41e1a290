namespace Rer.Repositories.Disk;

/// <summary>
/// A queue of disk operations, spread over the directories that they read. Some file systems (FUSE, older NFS) look up
/// one entry at a time in a directory, so a second operation there only waits. The fullest directory goes first,
/// because it takes longest. Operations in a directory wait until the directory itself has been found. PERF: when
/// definitions of rez's benchmark are read from a FUSE file system that serves ten at a time, two are in flight in the
/// order of families, and ten in this order (counted by <c>tests/slowfs</c>, 2026-11-29).
/// </summary>
/// <remarks>Not safe for concurrent callers.</remarks>
/// <param name="inDirectory">The initial value of <see cref="InDirectory"/>.</param>
internal sealed class SpreadQueue<T>(int inDirectory)
{
    // Operations that somebody waits for come before those that may be needed later. Operations that find a directory
    // come before both.
    private const int NeededRank = 1 << 24;
    private const int OpeningRank = 1 << 25;

    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);
    private readonly PriorityQueue<(Place Place, int Stamp), int> _ready = new();
    private int _held;

    /// <summary>
    /// The number of operations that may run at a time in one directory while other directories have operations waiting.
    /// </summary>
    public int InDirectory { get; set; } = inDirectory;

    /// <summary>The number of waiting operations.</summary>
    public int Count { get; private set; }

    /// <summary>The number of operations that could start now, and only wait for their turn.</summary>
    public int Free => Count - _held;

    /// <summary>Adds an operation.</summary>
    /// <param name="directory">The directory that it reads.</param>
    /// <param name="item">The operation.</param>
    /// <param name="isSpare">Whether nobody waits for it.</param>
    /// <param name="opens">The directory that it finds; null for none.</param>
    public void Add(string directory, T item, bool isSpare = false, string? opens = null)
    {
        Place place = PlaceOf(directory);
        if (opens is not null)
        {
            Place opened = PlaceOf(opens);
            _held += opened.Openers++ == 0 ? opened.Waiting : 0;
            place.Opening.Add((item, opened));
        }
        else
        {
            (isSpare ? place.Spare : place.Needed).Enqueue(item);
        }
        Count++;
        _held += place.Openers > 0 ? 1 : 0;
        MakeReady(place);
    }

    /// <summary>Adds several operations that somebody waits for.</summary>
    /// <param name="directory">The directory that they read.</param>
    /// <param name="items">The operations.</param>
    public void Add(string directory, IReadOnlyList<T> items)
    {
        Place place = PlaceOf(directory);
        foreach (T item in items)
        {
            place.Needed.Enqueue(item);
        }
        Count += items.Count;
        _held += place.Openers > 0 ? items.Count : 0;
        MakeReady(place);
    }

    /// <summary>
    /// Takes the next operation, which must later be passed to <see cref="Done"/>. False if there is none at the
    /// moment.
    /// </summary>
    /// <param name="taken">The operation.</param>
    /// <param name="alsoSpare">Whether to include operations that nobody waits for.</param>
    public bool TryTake(out Taken taken, bool alsoSpare = true)
    {
        while (_ready.TryPeek(out (Place Place, int Stamp) next, out int rank))
        {
            if (next.Stamp != next.Place.Stamp)
            {
                _ready.Dequeue();
                continue;
            }
            if (!next.Place.IsReady)
            {
                _ready.Dequeue();
                next.Place.Stamp++;
                continue;
            }
            if (!alsoSpare && -rank < NeededRank)
            {
                break;
            }
            _ready.Dequeue();
            taken = Take(next.Place);
            return true;
        }
        // If all operations that are left are in a few directories, more of them may run at once after all.
        Place? full = _held > 0 || _ready.Count > 0 ? null : _places.Values.MaxBy(place => place.Rank);
        if (full is null || full.Rank < (alsoSpare ? 1 : NeededRank))
        {
            taken = default;
            return false;
        }
        taken = Take(full);
        return true;
    }

    /// <summary>Records that an operation is done.</summary>
    public void Done(in Taken taken)
    {
        taken.Place.Running--;
        MakeReady(taken.Place);
        if (taken.Opened is { } opened && --opened.Openers == 0)
        {
            _held -= opened.Waiting;
            MakeReady(opened);
        }
    }

    /// <summary>
    /// Takes all waiting operations, even those that cannot start yet. They need not be passed to <see cref="Done"/>.
    /// </summary>
    public T[] TakeAll()
    {
        List<T> all = new(Count);
        foreach (Place place in _places.Values)
        {
            all.AddRange(place.Opening.Select(opening => opening.Item));
            all.AddRange(place.Needed);
            all.AddRange(place.Spare);
            place.Clear();
        }
        _places.Clear();
        _ready.Clear();
        (Count, _held) = (0, 0);
        return [.. all];
    }

    /// <summary>Drops operations that nobody waits for.</summary>
    public void DropSpare()
    {
        foreach (Place place in _places.Values)
        {
            Count -= place.Spare.Count;
            _held -= place.Openers > 0 ? place.Spare.Count : 0;
            place.Spare.Clear();
            place.Stamp++;
            MakeReady(place);
        }
    }

    private Place PlaceOf(string directory)
    {
        if (!_places.TryGetValue(directory, out Place? place))
        {
            _places.Add(directory, place = new Place(this, directory));
        }
        return place;
    }

    /// <summary>Queues a directory, unless it is already queued about as early.</summary>
    private void MakeReady(Place place)
    {
        if (!place.IsReady)
        {
            return;
        }
        int rank = place.Rank;
        bool isEarlier = rank / NeededRank > place.TurnRank / NeededRank || place.Waiting >= 2 * place.TurnWaiting;
        if (place.Turn != place.Stamp || isEarlier)
        {
            place.Turn = ++place.Stamp;
            (place.TurnRank, place.TurnWaiting) = (rank, place.Waiting);
            _ready.Enqueue((place, place.Stamp), -rank);
        }
    }

    private Taken Take(Place place)
    {
        Taken taken = place.Take();
        Count--;
        place.Stamp++;
        MakeReady(place);
        return taken;
    }

    /// <summary>An operation in progress.</summary>
    internal readonly struct Taken(T item, Place place, Place? opened)
    {
        /// <summary>The operation.</summary>
        public T Item { get; } = item;

        /// <summary>The directory that it reads.</summary>
        public string Directory => Place.Directory;

        /// <summary>Whether it finds a directory.</summary>
        public bool IsOpening => Opened is not null;

        internal Place Place { get; } = place;

        internal Place? Opened { get; } = opened;
    }

    /// <summary>A directory with its operations.</summary>
    internal sealed class Place(SpreadQueue<T> queue, string directory)
    {
        public string Directory => directory;

        public List<(T Item, Place Opened)> Opening { get; } = [];

        public Queue<T> Needed { get; } = [];

        public Queue<T> Spare { get; } = [];

        /// <summary>The number of operations in progress.</summary>
        public int Running { get; set; }

        /// <summary>The number of waiting or running operations that find the directory itself.</summary>
        public int Openers { get; set; }

        /// <summary>The stamp of the latest turn that it was given or lost.</summary>
        public int Stamp { get; set; }

        /// <summary>The stamp of its current turn.</summary>
        public int Turn { get; set; } = -1;

        public int TurnRank { get; set; }

        public int TurnWaiting { get; set; }

        public int Waiting => Opening.Count + Needed.Count + Spare.Count;

        public bool IsReady => Openers == 0 && Running < queue.InDirectory && Waiting > 0;

        public int Rank =>
            Opening.Count > 0 ? OpeningRank + Opening.Count
            : Needed.Count > 0 ? NeededRank + Needed.Count
            : Spare.Count;

        public void Clear()
        {
            Opening.Clear();
            Needed.Clear();
            Spare.Clear();
        }

        public Taken Take()
        {
            Running++;
            if (Opening.Count == 0)
            {
                return new Taken(Needed.TryDequeue(out T? needed) ? needed : Spare.Dequeue(), this, null);
            }
            int first = 0;
            for (int i = 1; i < Opening.Count; i++)
            {
                first = Opening[i].Opened.Waiting > Opening[first].Opened.Waiting ? i : first;
            }
            (T item, Place opened) = Opening[first];
            Opening[first] = Opening[^1];
            Opening.RemoveAt(Opening.Count - 1);
            return new Taken(item, this, opened);
        }
    }
}
