using Rer.Versions;

namespace Rer.Compiling;

/// <summary>
/// A family name that the repository or a requirement mentions, with its number. The slot exists before the family
/// is listed, and whether or not there is such a family.
/// </summary>
internal sealed class FamilySlot(FamilyId id, string name)
{
    // Up to here looking through the requirements is faster than hashing them.
    private const int SearchLimit = 8;

    private readonly Lock _gate = new();
    private Dictionary<Requirement, CompiledRequirement>? _known;
    private CompiledRequirement[] _requirements = [];
    private int _requirementCount;
    private int _editions;

    internal readonly FamilyId Id = id;
    internal readonly string Name = name;

    /// <summary>Ephemerals have no packages: their scopes are ranges alone.</summary>
    internal readonly bool IsEphemeral = name.StartsWith('.');

    /// <summary>Whether rez would take the name in a package.</summary>
    internal readonly bool HasValidName = PackageName.IsValid(name);

    /// <summary>The versions, once they were listed.</summary>
    internal volatile FamilyListing? Listing;

    /// <summary>The definitions loaded one by one, for their times or to be compiled; guarded by the slot.</summary>
    internal CompiledPackage?[]? Loaded;

    /// <summary>Where the family was compiled before; null if it was not. Set before <see cref="Family"/> is.</summary>
    internal StoredFamily? Origin;

    /// <summary>What the definitions compiled so far ask for; guarded by the slot.</summary>
    internal readonly SharedVariants Variants = new();

    /// <summary>The latest compilation of the definitions loaded so far; null before the first is needed.</summary>
    internal volatile CompiledFamily? Family;

    /// <summary>How many distinct requirements on this family are known.</summary>
    internal int RequirementCount => Volatile.Read(ref _requirementCount);

    /// <summary>A known requirement by its row.</summary>
    internal CompiledRequirement Requirement(RowId row) => Volatile.Read(ref _requirements)[row.Number];

    /// <summary>
    /// The number of a requirement on this family. Those that are written the same share one.
    /// </summary>
    internal CompiledRequirement Intern(Requirement requirement)
    {
        lock (_gate)
        {
            return Find(requirement) ?? Add(new CompiledRequirement(this, new RowId(_requirementCount), requirement));
        }
    }

    /// <summary>A number for another compilation of which not all is loaded.</summary>
    internal int NextEdition() => Interlocked.Increment(ref _editions);

    /// <summary>Whether a weak reference without a range is among the known requirements on this family.</summary>
    internal bool HasWeakWithoutRange()
    {
        lock (_gate)
        {
            return Array.Exists(_requirements, requirement => requirement?.IsWeakWithoutRange is true);
        }
    }

    /// <summary>Adds a requirement of which no other has the text.</summary>
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
            // Two that were merged from unlike parts may be alike once they were read from an index: either will do.
            known.TryAdd(_requirements[local].Value, _requirements[local]);
        }

        return known;
    }
}
