using Rer.Repositories.Definitions;

namespace Rer.Repositories.Indexing;

/// <summary>Lists the differences between an index's entry for a family and what was found on disk.</summary>
internal static class IndexDifferences
{
    /// <summary>Adds the differences.</summary>
    /// <param name="known">The entry in the index; null if there is none.</param>
    /// <param name="found">What was found.</param>
    /// <param name="changes">Receives the differences.</param>
    public static void Add(FamilyEntry? known, FamilyContent found, List<IndexChange> changes)
    {
        if (known is null)
        {
            string versions = found.Versions.Count == 1 ? "one version" : $"{found.Versions.Count} versions";
            changes.Add(new IndexChange(IndexChangeKind.Added, found.Name, null, $"a family of {versions}"));
            return;
        }
        foreach (string version in found.Versions.Except(known.Versions))
        {
            changes.Add(new IndexChange(IndexChangeKind.Added, found.Name, version, "a version"));
        }
        foreach (string version in known.Versions.Except(found.Versions))
        {
            changes.Add(new IndexChange(IndexChangeKind.Removed, found.Name, version, "the version is gone"));
        }
        if (known.Kind != found.Kind)
        {
            changes.Add(new IndexChange(IndexChangeKind.Changed, found.Name, null, "the kind of family has changed"));
        }
        foreach ((string version, IndexedDefinition definition) in found.Definitions)
        {
            int place = known.Find(version);
            if (place < 0)
            {
                if (known.Versions.Contains(version))
                {
                    changes.Add(
                        new IndexChange(IndexChangeKind.Changed, found.Name, version, "its definition was not known")
                    );
                }
                continue;
            }
            string[] fields = [.. DifferentFields(known.ReadDefinition(place, static () => []), definition.Definition)];
            if (fields.Length > 0)
            {
                changes.Add(new IndexChange(IndexChangeKind.Changed, found.Name, version, string.Join(", ", fields)));
            }
        }
    }

    private static IEnumerable<string> DifferentFields(PackageDefinition a, PackageDefinition b)
    {
        if (!a.Requires.SequenceEqual(b.Requires))
        {
            yield return "requires";
        }
        if (
            a.Variants.Count != b.Variants.Count
            || a.Variants.Zip(b.Variants).Any(pair => !pair.First.SequenceEqual(pair.Second))
        )
        {
            yield return "variants";
        }
        if (!BuildRequiresOf(a).SequenceEqual(BuildRequiresOf(b)))
        {
            yield return "build_requires";
        }
        if (a.Timestamp != b.Timestamp)
        {
            yield return "timestamp";
        }
    }

    private static IReadOnlyList<string> BuildRequiresOf(PackageDefinition definition) =>
        definition.BuildRequires is DeferredList ? [] : definition.BuildRequires;
}
