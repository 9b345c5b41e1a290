using System.Diagnostics.CodeAnalysis;

namespace Rer.Versions;

/// <summary>Two requirements that no version satisfies together.</summary>
/// <param name="Existing">The merged requirement so far.</param>
/// <param name="Added">The one that contradicts it.</param>
internal sealed record RequirementConflict(Requirement Existing, Requirement Added)
{
    /// <summary>The two as rez shows them.</summary>
    public override string ToString() => $"{Existing} <--!--> {Added}";
}

/// <summary>Reduces a list of requirements to one for each family.</summary>
/// <remarks>Corresponds to <c>rez.version.RequirementList</c>.</remarks>
internal static class RequirementMerge
{
    // Up to this count, a linear search through the names is faster than hashing them.
    private const int SearchLimit = 64;

    /// <summary>Merges requirements for the same family.</summary>
    /// <param name="requirements">The list.</param>
    /// <param name="merged">One requirement for each family, in the order in which the families first occur. If the
    /// list has a contradiction, this covers only what precedes it.</param>
    /// <param name="conflict">The first contradiction, by the position of its later part in the list.</param>
    /// <returns>Whether the list is free of contradictions.</returns>
    public static bool TryMerge(
        IReadOnlyList<Requirement> requirements,
        out Requirement[] merged,
        [NotNullWhen(false)] out RequirementConflict? conflict
    )
    {
        Requirement[] result = new Requirement[requirements.Count];
        int count = 0;
        Dictionary<string, int>? places = requirements.Count > SearchLimit ? new(StringComparer.Ordinal) : null;
        conflict = null;
        foreach (Requirement requirement in requirements)
        {
            int at = Find(requirement.Name, result.AsSpan(0, count), places);
            if (at < 0)
            {
                places?.Add(requirement.Name, count);
                result[count++] = requirement;
                continue;
            }

            if (result[at].Merged(requirement) is not { } both)
            {
                conflict = new(result[at], requirement);
                break;
            }

            result[at] = both;
        }

        Array.Resize(ref result, count);
        merged = result;
        return conflict is null;
    }

    private static int Find(string name, ReadOnlySpan<Requirement> requirements, Dictionary<string, int>? places)
    {
        if (places is not null)
        {
            return places.GetValueOrDefault(name, -1);
        }

        for (int i = 0; i < requirements.Length; i++)
        {
            if (requirements[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }
}
