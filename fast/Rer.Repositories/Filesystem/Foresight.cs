using System.Collections.Concurrent;
using Rer.Repositories.Disk;
using Rer.Repositories.Layout;
using Rer.Versions;

namespace Rer.Repositories.Filesystem;

/// <summary>
/// Technique: foresight. On a slow disk, what a definition requires is listed and read while the solve waits for something
/// else: a solve comes to most of it some rounds later, and would wait for each round's families, listings and definitions one
/// after the other. PERF: of rez's 188, the median one reads 1,080 definitions in some forty rounds; what is required by
/// what is read are 1,482 in six.
/// </summary>
/// <remarks>
/// Nothing shows: what fails does so when it is asked for. What was read in vain is forgotten when the solve ends, so
/// that the next one of the process sees it as it is then. Safe for concurrent callers.
/// </remarks>
/// <param name="find">Lists a family.</param>
/// <param name="isAtHand">Whether nothing is to be waited for to list a family.</param>
/// <param name="forget">Forgets a family that nobody asked for.</param>
/// <param name="load">Reads a definition.</param>
/// <param name="work">Has it done in spare time.</param>
internal sealed class Foresight(
    Func<string, RepositoryFamily> find,
    Func<string, bool> isAtHand,
    Action<string> forget,
    Action<RepositoryPackage> load,
    SpreadWork work
)
{
    // Of a repository in which everything requires everything, not all is read for a solve that needs little.
    private const int FreeOfCharge = 1_000;
    private const int MostInVain = 2;

    private readonly ConcurrentDictionary<string, byte> _seen = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, RepositoryFamily> _listed = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _asked = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<RepositoryPackage> _read = new();
    private bool _isOn;
    private int _solve;
    private int _needed;
    private int _ahead;

    /// <summary>Has what a definition requires listed and read, if a solve waits.</summary>
    /// <param name="definition">The definition, which was read just now.</param>
    public void Note(PackageDefinition definition)
    {
        if (!Volatile.Read(ref _isOn))
        {
            return;
        }
        NoteAll(definition.Requires);
        foreach (IReadOnlyList<string> variant in definition.Variants)
        {
            NoteAll(variant);
        }
    }

    /// <summary>Takes note that a family is asked for.</summary>
    public void Ask(string family)
    {
        if (Volatile.Read(ref _isOn))
        {
            _asked.TryAdd(family, 0);
        }
    }

    /// <summary>Takes note that a solve waits for definitions.</summary>
    public void CountNeeded(int definitions)
    {
        Interlocked.Add(ref _needed, definitions);
        Volatile.Write(ref _isOn, true);
    }

    /// <summary>Takes note that a solve is over: forgets what was read in vain.</summary>
    public void EndSolve()
    {
        if (!Volatile.Read(ref _isOn))
        {
            return;
        }
        Volatile.Write(ref _isOn, false);
        Interlocked.Increment(ref _solve);
        work.DropSpare();
        while (_read.TryDequeue(out RepositoryPackage? package))
        {
            package.ForgetUnlessUsed();
        }
        foreach (string family in _listed.Keys)
        {
            if (_listed.TryRemove(family, out _) && !_asked.ContainsKey(family))
            {
                forget(family);
            }
        }
        _seen.Clear();
        _asked.Clear();
        (_needed, _ahead) = (0, 0);
    }

    private void NoteAll(IReadOnlyList<string> requirements)
    {
        foreach (string text in requirements)
        {
            if (_seen.TryAdd(text, 0) && Read(text) is { Conflict: false } requirement)
            {
                work.Add(SpreadWork.RootKey, new DiskAction(() => Reach(requirement)), isSpare: true);
            }
        }
    }

    /// <summary>The requirement of a family; null where it is of none, or wrong.</summary>
    private static Requirement? Read(string text)
    {
        try
        {
            Requirement requirement = Requirement.Parse(text);
            return RootListing.IsPackageName(requirement.Name) ? requirement : null;
        }
        catch (VersionSyntaxException)
        {
            return null;
        }
    }

    private void Reach(Requirement requirement)
    {
        if (!MayGoOn() || Find(requirement.Name) is not { IsClaimed: false } family)
        {
            return;
        }
        for (int i = 0; i < family.Packages.Count; i++)
        {
            RepositoryPackage package = family.Packages[i];
            if (!package.IsLoaded && requirement.Range!.Contains(family.Versions.Parsed(i)))
            {
                work.Add(requirement.Name, new DiskAction(() => Load(family, package)), isSpare: true);
            }
        }
    }

    /// <summary>Lists a family that is not at hand; null if it cannot be, which is raised when it is asked for.</summary>
    private RepositoryFamily? Find(string name)
    {
        if (_listed.TryGetValue(name, out RepositoryFamily? known))
        {
            return known;
        }
        if (isAtHand(name))
        {
            return null;
        }
        try
        {
            RepositoryFamily family = find(name);
            _listed.TryAdd(name, family);
            return family;
        }
        catch (PackageDataException)
        {
            forget(name);
            return null;
        }
    }

    private void Load(RepositoryFamily family, RepositoryPackage package)
    {
        // Once a solve has come to a family, it asks for less and less of it.
        if (family.IsClaimed || !MayGoOn())
        {
            return;
        }
        int solve = Volatile.Read(ref _solve);
        Interlocked.Increment(ref _ahead);
        _read.Enqueue(package);
        load(package);
        if (solve != Volatile.Read(ref _solve))
        {
            package.ForgetUnlessUsed();
        }
    }

    private bool MayGoOn() =>
        Volatile.Read(ref _isOn)
        && Volatile.Read(ref _ahead) < FreeOfCharge + ((1 + MostInVain) * Volatile.Read(ref _needed));
}
