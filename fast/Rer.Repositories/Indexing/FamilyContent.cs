using Rer.Repositories.Disk;

namespace Rer.Repositories.Indexing;

/// <summary>How a family stands in a package path.</summary>
internal enum FamilyKind : byte
{
    /// <summary>A directory of versions, or of an unversioned package.</summary>
    Directory,

    /// <summary>A combined family in <c>family.py</c>.</summary>
    Python,

    /// <summary>A combined family in <c>family.yaml</c>.</summary>
    Yaml,
}

/// <summary>What is known of a family: what one entry of an index is made from.</summary>
/// <param name="name">Its name.</param>
internal sealed class FamilyContent(string name)
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>How it stands there.</summary>
    public FamilyKind Kind { get; init; }

    /// <summary>Whether <see cref="Versions"/> are all that there are, or else those whose definitions are known.</summary>
    public bool IsListed { get; init; }

    /// <summary>Whether <see cref="Identity"/> alone tells that the versions are still the same. Links lead elsewhere.</summary>
    public bool IsSteady { get; init; }

    /// <summary>The directory, or the file of a combined family.</summary>
    public FileIdentity Identity { get; init; }

    /// <summary>When the disk was looked at last, in milliseconds since 1970.</summary>
    public long Seen { get; init; }

    /// <summary>The versions, in the order in which they are listed.</summary>
    public IReadOnlyList<string> Versions { get; init; } = [];

    /// <summary>The definitions that are known.</summary>
    public Dictionary<string, IndexedDefinition> Definitions { get; init; } = new(StringComparer.Ordinal);
}
