using Rer.Versions;

namespace Rer.Compiling;

/// <summary>
/// A family name that the repository or a requirement mentions, with its number. The slot exists before the family is
/// listed, and even if there is no such family.
/// </summary>
internal sealed class FamilySlot(FamilyId id, string name)
{
    // Up to this count, a linear search through the requirements is faster than hashing them.
    private const int SearchLimit = 8;

    private readonly Lock _gate = new();
    private Dictionary<Requirement, CompiledRequirement>? _known;
    private CompiledRequirement[] _requirements = [];
    private int _requirementCount;
    private int _editions;

    internal readonly FamilyId Id = id;
    internal readonly string Name = name;

    /// <summary>Ephemerals have no packages, so their scopes are only ranges.</summary>
    internal readonly bool IsEphemeral = name.StartsWith('.');

    /// <summary>Whether rez accepts the name in a package.</summary>
    internal readonly bool HasValidName = PackageName.IsValid(name);

    /// <summary>The versions, once they have been listed.</summary>
    internal volatile FamilyListing? Listing;

    /// <summary>
    /// The definitions loaded one by one, for their timestamps or for compiling. Guarded by the slot.
    /// </summary>
    internal CompiledPackage?[]? Loaded;

    /// <summary>
    /// The source of the compiled family; null if it was not compiled before. Set before <see cref="Family"/>.
    /// </summary>
    internal StoredFamily? Origin;

    /// <summary>The requirements of the definitions compiled so far. Guarded by the slot.</summary>
    internal readonly SharedVariants Variants = new();

    /// <summary>The latest compilation of the definitions loaded so far; null before one is needed.</summary>
    internal volatile CompiledFamily? Family;

    /// <summary>The number of distinct requirements for this family.</summary>
    internal int RequirementCount => Volatile.Read(ref _requirementCount);

    /// <summary>A known requirement by its row.</summary>
    internal CompiledRequirement Requirement(RowId row) => Volatile.Read(ref _requirements)[row.Number];

    /// <summary>A requirement for this family, with its row. Requirements with the same text share one.</summary>
    internal CompiledRequirement Intern(Requirement requirement)
    {
        lock (_gate)
        {
            return Find(requirement) ?? Add(new CompiledRequirement(this, new RowId(_requirementCount), requirement));
        }
    }

    /// <summary>A number for another partly loaded compilation.</summary>
    internal int NextEdition() => Interlocked.Increment(ref _editions);

    /// <summary>Whether a weak reference without a range is among the known requirements for this family.</summary>
    internal bool HasWeakWithoutRange()
    {
        lock (_gate)
        {
            return Array.Exists(_requirements, requirement => requirement?.IsWeakWithoutRange is true);
        }
    }

    /// <summary>Adds a requirement whose text no other requirement has.</summary>
    internal CompiledRequirement Add(string text)
    {
        lock (_gate)
        {
            return Add(new CompiledRequirement(this, new RowId(_requirementCount), text));
        }
    }

    private CompiledRequirement Add(CompiledRequirement added)
    {
        if (_requirementCount == _requirements.Length)
        {
            CompiledRequirement[] larger = new CompiledRequirement[Math.Max(4, _requirementCount * 2)];
            _requirements.CopyTo(larger, 0);
            Volatile.Write(ref _requirements, larger);
        }

        _requirements[_requirementCount] = added;
        _known?.TryAdd(added.Value, added);
        Volatile.Write(ref _requirementCount, _requirementCount + 1);
        return added;
    }

    private CompiledRequirement? Find(Requirement requirement)
    {
        if (_known is null && _requirementCount > SearchLimit)
        {
            _known = KnownByValue();
        }

        if (_known is not null)
        {
            return _known.GetValueOrDefault(requirement);
        }

        for (int local = 0; local < _requirementCount; local++)
        {
            if (RequirementTextComparer.Instance.Equals(_requirements[local].Value, requirement))
            {
                return _requirements[local];
            }
        }

        return null;
    }

    private Dictionary<Requirement, CompiledRequirement> KnownByValue()
    {
        Dictionary<Requirement, CompiledRequirement> known = new(RequirementTextComparer.Instance);
        for (int local = 0; local < _requirementCount; local++)
        {
            // Two that were merged from different parts may become equal once they are read from an index. Either will
            // do.
            known.TryAdd(_requirements[local].Value, _requirements[local]);
        }

        return known;
    }
}
