using Rer.Versions;

namespace Rer.Compiling;

/// <summary>
/// A family name that the repository or a requirement mentions, with its number. The slot exists before the family
/// is listed, and whether or not there is such a family.
/// </summary>
internal sealed class FamilySlot(int id, string name)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, CompiledRequirement> _byText = [];
    private CompiledRequirement[] _requirements = [];
    private int _requirementCount;

    internal readonly int Id = id;
    internal readonly string Name = name;

    /// <summary>Ephemerals have no packages: their scopes are ranges alone.</summary>
    internal readonly bool IsEphemeral = name.StartsWith('.');

    /// <summary>The versions, once they were listed.</summary>
    internal volatile FamilyListing? Listing;

    /// <summary>The latest compilation of the definitions loaded so far; null before the first is needed.</summary>
    internal volatile CompiledFamily? Family;

    /// <summary>How many distinct requirements on this family are known.</summary>
    internal int RequirementCount => Volatile.Read(ref _requirementCount);

    /// <summary>A known requirement by its number.</summary>
    internal CompiledRequirement Requirement(int local) => Volatile.Read(ref _requirements)[local];

    /// <summary>The number of a requirement on this family; equal texts share one.</summary>
    internal CompiledRequirement Intern(Requirement requirement)
    {
        string text = requirement.ToString();
        lock (_gate)
        {
            if (_byText.TryGetValue(text, out CompiledRequirement? known))
            {
                return known;
            }

            if (_requirementCount == _requirements.Length)
            {
                CompiledRequirement[] larger = new CompiledRequirement[Math.Max(4, _requirementCount * 2)];
                _requirements.CopyTo(larger, 0);
                Volatile.Write(ref _requirements, larger);
            }

            CompiledRequirement added = new(this, _requirementCount, requirement);
            _requirements[_requirementCount] = added;
            _byText.Add(text, added);
            Volatile.Write(ref _requirementCount, _requirementCount + 1);
            return added;
        }
    }
}
