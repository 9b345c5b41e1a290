using System.Buffers;

namespace Rer.Books;

/// <summary>
/// Compares the cycles of failures. rez walks its graph in the order of a set. So different runs of rez may enter a
/// cycle at different packages, or find different cycles.
/// </summary>
internal static class CycleComparison
{
    private const string Prefix = "A cyclic dependency was detected: ";
    private const string Arrow = " --> ";
    private static readonly SearchValues<char> s_separators = SearchValues.Create("-@#=<>");

    /// <summary>A cycle rotated to start at its least member.</summary>
    public static IReadOnlyList<string>? Rotated(IReadOnlyList<string>? cycle)
    {
        if (cycle is null or [])
        {
            return cycle;
        }
        int start = Enumerable.Range(0, cycle.Count).MinBy(i => cycle[i], StringComparer.Ordinal);
        return [.. cycle.Skip(start), .. cycle.Take(start)];
    }

    /// <summary>The cycle in a failure's text, rotated. A text of another form is returned as it is.</summary>
    public static IReadOnlyList<string>? OfDescription(string? description)
    {
        if (description is null)
        {
            return null;
        }
        if (!description.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return [description];
        }
        string[] steps = description[Prefix.Length..].Split(Arrow);
        return steps is [var first, .., var last] && first == last ? Rotated(steps[..^1]) : [description];
    }

    /// <summary>
    /// Whether a failure differs only because another cycle of the same resolve was found. All its parts must name the
    /// same cycle, in which each package requires the next. A family in both cycles must have the same version.
    /// </summary>
    public static bool IsAnotherChoice(CaseFailure expected, CaseFailure got, IPackageRepository repository)
    {
        if (expected.Cycle is not { } wanted || got.Cycle is not { Count: > 0 } cycle)
        {
            return false;
        }
        if (Rotated(cycle)!.SequenceEqual(Rotated(wanted)!))
        {
            return false;
        }
        bool consistent =
            Rotated(cycle)!.SequenceEqual(OfDescription(got.Description) ?? [])
            && (expected.Involved is null || cycle.SequenceEqual(got.Involved ?? []));
        return consistent
            && cycle.All(package => wanted.All(other => FamilyOf(other) != FamilyOf(package) || other == package))
            && Enumerable.Range(0, cycle.Count).All(i => Requires(cycle[i], FamilyOf(cycle[(i + 1) % cycle.Count])));

        bool Requires(string package, string family)
        {
            string version =
                package.Length == FamilyOf(package).Length ? "" : package[(FamilyOf(package).Length + 1)..];
            if (!repository.GetVersions(FamilyOf(package)).Contains(version))
            {
                return false;
            }
            PackageDefinition definition = repository.GetDefinition(FamilyOf(package), version);
            return definition
                .Requires.Concat(definition.Variants.SelectMany(variant => variant))
                .Concat(definition.BuildRequires)
                .Any(requirement => FamilyOf(requirement) == family);
        }
    }

    /// <summary>
    /// The family of a package or of a requirement without a prefix. A requirement with a prefix requires nothing.
    /// </summary>
    private static string FamilyOf(string requirement)
    {
        int end = requirement.AsSpan().IndexOfAny(s_separators);
        return end < 0 ? requirement : requirement[..end];
    }
}
