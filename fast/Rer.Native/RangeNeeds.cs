using Rer.Versions;

namespace Rer.Native;

/// <summary>
/// The range of each family that a solve may need so far. It is the range in the request if there is one, or else the
/// union of the ranges that the loaded packages require. A family is asked for with that range. If a package loaded
/// later requires more, the solve starts over and the family is asked for again.
/// </summary>
/// <remarks>
/// Scopes only narrow, and a new requirement always comes from a package that was loaded. So a solve never needs a
/// version outside these ranges.
/// </remarks>
internal sealed class RangeNeeds
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, VersionRange> _requested = [];
    private readonly Dictionary<string, VersionRange> _required = [];
    private readonly Dictionary<string, VersionRange> _asked = [];
    private readonly HashSet<string> _known = [];

    /// <summary>Creates the needs of a request.</summary>
    public RangeNeeds(IReadOnlyList<string> request)
    {
        try
        {
            Requirement[] requirements = [.. request.Select(Requirement.Parse)];
            if (RequirementMerge.TryMerge(requirements, out Requirement[] merged, out _))
            {
                foreach (Requirement requirement in merged)
                {
                    if (!requirement.Conflict && requirement.Range is { } range)
                    {
                        _requested[requirement.Name] = range;
                    }
                }
            }
        }
        catch (VersionSyntaxException)
        {
            // The solve will report it.
        }
    }

    /// <summary>The range with which to ask for a family; null for all of it.</summary>
    public string? Ask(string family)
    {
        lock (_gate)
        {
            VersionRange range =
                _requested.GetValueOrDefault(family) ?? _required.GetValueOrDefault(family, VersionRange.Any);
            _asked[family] = range;
            return range.IsAny ? null : range.ToString();
        }
    }

    /// <summary>Records that a whole family was asked for.</summary>
    public void AskedForAll(string family)
    {
        lock (_gate)
        {
            _asked[family] = VersionRange.Any;
        }
    }

    /// <summary>Records the requirements of a package that a solve has reached.</summary>
    /// <exception cref="MoreNeededException">It requires more of a family than was asked for.</exception>
    public void Learn(PackageDefinition package)
    {
        lock (_gate)
        {
            string? grown = null;
            foreach (string text in package.Requires.Concat(package.Variants.SelectMany(variant => variant)))
            {
                grown ??= Learn(text);
            }

            foreach (string text in package.BuildRequires)
            {
                grown ??= Learn(text);
            }

            if (grown is not null)
            {
                _asked.Remove(grown);
                throw new MoreNeededException(grown);
            }
        }
    }

    /// <summary>Records a requirement. Returns the family if too little of it was asked for.</summary>
    private string? Learn(string text)
    {
        if (!_known.Add(text))
        {
            return null;
        }

        Requirement requirement;
        try
        {
            requirement = Requirement.Parse(text);
        }
        catch (VersionSyntaxException)
        {
            return null; // The solve will report it if it reads it.
        }

        if (requirement.Conflict || requirement.Range is not { } range)
        {
            return null;
        }

        string family = requirement.Name;
        VersionRange union = _required.TryGetValue(family, out VersionRange? before) ? before.Union(range) : range;
        _required[family] = union;
        return
            _asked.TryGetValue(family, out VersionRange? asked)
            && !_requested.ContainsKey(family)
            && !asked.IsSupersetOf(range)
            ? family
            : null;
    }
}

/// <summary>A solve needs more of a family than was asked for, and must start over.</summary>
internal sealed class MoreNeededException(string family) : Exception($"more of family '{family}' is needed")
{
    /// <summary>The family.</summary>
    public string Family { get; } = family;
}
