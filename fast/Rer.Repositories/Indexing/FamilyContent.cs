using Rer.Repositories.Disk;

namespace Rer.Repositories.Indexing;

/// <summary>How a family is stored in a package path.</summary>
internal enum FamilyKind : byte
{
    /// <summary>A directory of versions, or of an unversioned package.</summary>
    Directory,

    /// <summary>A combined family in <c>family.py</c>.</summary>
    Python,

    /// <summary>A combined family in <c>family.yaml</c>.</summary>
    Yaml,
}

/// <summary>What is known about a family. An entry of an index is made from it.</summary>
/// <param name="name">The family's name.</param>
internal sealed class FamilyContent(string name)
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>How it is stored.</summary>
    public FamilyKind Kind { get; init; }

    /// <summary>
    /// Whether <see cref="Versions"/> contains all versions. Otherwise it contains those whose definitions are known.
    /// </summary>
    public bool IsListed { get; init; }

    /// <summary>
    /// Whether an unchanged <see cref="Identity"/> shows that the versions are unchanged. It does not if there are
    /// links.
    /// </summary>
    public bool IsSteady { get; init; }

    /// <summary>The identity of the directory, or of the file of a combined family.</summary>
    public FileIdentity Identity { get; init; }

    /// <summary>When the disk was last looked at, in milliseconds since 1970.</summary>
    public long Seen { get; init; }

    /// <summary>The versions, in the order in which they are listed.</summary>
    public IReadOnlyList<string> Versions { get; init; } = [];

    /// <summary>The known definitions.</summary>
    public Dictionary<string, IndexedDefinition> Definitions { get; init; } = new(StringComparer.Ordinal);
}
