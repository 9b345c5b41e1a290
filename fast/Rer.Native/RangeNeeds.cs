using Rer.Versions;

namespace Rer.Native;

/// <summary>
/// What a solve can need of each family, as far as it has come: what its request leaves, or else the union of what the
/// packages loaded so far ask for. A family is asked for with that range; when a package that is loaded later asks for
/// more, the solve begins again, with the family asked for anew.
/// </summary>
/// <remarks>
/// A scope only ever narrows, and what comes in comes from a package that was loaded: no slice of a family reaches
/// beyond these ranges.
/// </remarks>
internal sealed class RangeNeeds
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, VersionRange> _requested = [];
    private readonly Dictionary<string, VersionRange> _required = [];
    private readonly Dictionary<string, VersionRange> _asked = [];
    private readonly HashSet<string> _known = [];

    /// <summary>The needs of a request.</summary>
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
            // The solve will say so.
        }
    }

    /// <summary>The range to ask for a family with; null for all of it.</summary>
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

    /// <summary>Notes that a family was asked for as a whole.</summary>
    public void AskedForAll(string family)
    {
        lock (_gate)
        {
            _asked[family] = VersionRange.Any;
        }
    }

    /// <summary>Notes what a package asks for that a solve has come to.</summary>
    /// <exception cref="MoreNeededException">It asks for more of a family than was asked for.</exception>
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

    /// <summary>Notes a requirement; the family that was asked for with too little.</summary>
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
            return null; // The solve will say so, if it looks at it.
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

/// <summary>A solve needs more of a family than was asked for, and must begin again.</summary>
internal sealed class MoreNeededException(string family) : Exception($"more is needed of family '{family}'")
{
    /// <summary>The family.</summary>
    public string Family { get; } = family;
}
