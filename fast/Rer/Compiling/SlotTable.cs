using System.Collections.Concurrent;
using Rer.Versions;

namespace Rer.Compiling;

/// <summary>
/// The family names that a repository or a requirement mentions, numbered in the order in which they are met, and the
/// requirements of packages. Each text is parsed once.
/// </summary>
/// <remarks>Safe for concurrent callers.</remarks>
internal sealed class SlotTable
{
    private readonly Lock _gate = new();

    // Large from the start: growing them takes as long as all additions.
    private readonly ConcurrentDictionary<string, FamilySlot> _byName = new(concurrencyLevel: -1, capacity: 512);
    private readonly ConcurrentDictionary<string, CompiledRequirement> _requirements = new(
        concurrencyLevel: -1,
        capacity: 2048
    );
    private FamilySlot[] _slots = new FamilySlot[64];
    private int _count;
    private int[] _nameRanks = [];

    /// <summary>The number of known names, from families or from requirements.</summary>
    internal int Count => Volatile.Read(ref _count);

    /// <summary>Whether anything read so far names an ephemeral.</summary>
    internal bool KnowsEphemerals { get; private set; }

    /// <summary>A slot by its number.</summary>
    internal FamilySlot this[FamilyId id] => Volatile.Read(ref _slots)[id.Number];

    /// <summary>The slot of a name, existing or new.</summary>
    internal FamilySlot Get(string name)
    {
        if (_byName.TryGetValue(name, out FamilySlot? slot))
        {
            return slot;
        }

        lock (_gate)
        {
            if (_byName.TryGetValue(name, out slot))
            {
                return slot;
            }

            if (_count == _slots.Length)
            {
                FamilySlot[] larger = new FamilySlot[_count * 2];
                _slots.CopyTo(larger, 0);
                Volatile.Write(ref _slots, larger);
            }

            slot = new FamilySlot(new FamilyId(_count), name);
            KnowsEphemerals |= slot.IsEphemeral;
            _slots[_count] = slot;
            Volatile.Write(ref _count, _count + 1);
            _byName[name] = slot;
            return slot;
        }
    }

    /// <summary>A package's requirement. Each text is parsed once.</summary>
    /// <exception cref="VersionSyntaxException">It cannot be parsed.</exception>
    internal CompiledRequirement GetRequirement(string text)
    {
        if (FindRequirement(text) is { } known)
        {
            return known;
        }

        CompiledRequirement parsed = Intern(Requirement.Parse(text));
        _requirements[text] = parsed;
        return parsed;
    }

    /// <summary>A package's requirement that was compiled before. It is parsed on first use.</summary>
    internal CompiledRequirement GetStoredRequirement(string text, FamilySlot slot)
    {
        if (FindRequirement(text) is { } known)
        {
            return known;
        }

        CompiledRequirement added = slot.Add(text);
        return _requirements.TryAdd(text, added) ? added : _requirements[text];
    }

    /// <summary>A requirement that a package has; null if there is none.</summary>
    internal CompiledRequirement? FindRequirement(string text) =>
        _requirements.TryGetValue(text, out CompiledRequirement? known) ? known : null;

    /// <summary>A requirement, with its row in the required family.</summary>
    internal CompiledRequirement Intern(Requirement requirement) => Get(requirement.Name).Intern(requirement);

    /// <summary>
    /// The rank of each family's name by code point. It decides the order of packages that nothing else decides.
    /// </summary>
    internal NameRanks GetNameRanks() => new(GetRanks());

    private int[] GetRanks()
    {
        int[] ranks = Volatile.Read(ref _nameRanks);
        if (ranks.Length == Count)
        {
            return ranks;
        }

        lock (_gate)
        {
            int[] ids = [.. Enumerable.Range(0, _count)];
            Array.Sort(ids, (a, b) => CodePointOrder.Instance.Compare(_slots[a].Name, _slots[b].Name));
            ranks = new int[ids.Length];
            for (int rank = 0; rank < ids.Length; rank++)
            {
                ranks[ids[rank]] = rank;
            }

            Volatile.Write(ref _nameRanks, ranks);
            return ranks;
        }
    }
}

/// <summary>The positions of names among all names, by code point.</summary>
/// <param name="ranks">Indexed by the number of the family.</param>
internal readonly struct NameRanks(int[] ranks)
{
    /// <summary>The number of names.</summary>
    internal int Count => ranks.Length;

    /// <summary>The position of a family's name.</summary>
    internal int this[FamilyId family] => ranks[family.Number];
}
