namespace Rer.Compiling;

/// <summary>A repository that may contain compiled families.</summary>
internal interface ICompiledSource : IPackageRepository
{
    /// <summary>Whether a family has any version here.</summary>
    /// <exception cref="PackageDataException">The family cannot be listed.</exception>
    bool Has(string family);

    /// <summary>The compiled form of a family; null if it has to be listed and compiled.</summary>
    /// <exception cref="PackageDataException">The family cannot be listed.</exception>
    StoredFamily? FindCompiled(string family);

    /// <summary>
    /// Announces which families will be listed next, as <see cref="IPackageRepository.PrepareFamilies"/> does.
    /// </summary>
    /// <param name="families">The names of the families. Some of them may not exist here.</param>
    /// <param name="whenListed">Called with the index of each family that is listed, from any thread, possibly several
    /// at once. The family may have been compiled before. It does not throw.</param>
    void PrepareFamilies(IReadOnlyList<string> families, Action<int> whenListed) => PrepareFamilies(families);

    /// <summary>Announces that a solve is over. What was read ahead for it and not used may be forgotten.</summary>
    void EndSolve() { }
}

/// <summary>A family that was compiled before, without build requirements.</summary>
/// <remarks>Safe for concurrent callers.</remarks>
internal abstract class StoredFamily
{
    /// <summary>Whether <see cref="Use"/> needs to know which versions a solve reaches.</summary>
    public abstract bool IsWatched { get; }

    /// <summary>Creates the compiled family. Some of its versions may not be loaded.</summary>
    public abstract CompiledFamily Read(FamilySlot slot, SlotTable slots, CompilingLimits limits);

    /// <summary>When a loaded version was released; 0 if unknown.</summary>
    /// <param name="position">Its position in the listing.</param>
    public abstract long TimestampOf(int position);

    /// <summary>The definition of a loaded version.</summary>
    public abstract PackageDefinition GetDefinition(string version);

    /// <summary>Reports which versions a solve reaches, among those that <see cref="Read"/> loaded.</summary>
    /// <param name="family">The latest compilation. It may have more versions loaded.</param>
    /// <param name="versions">The versions, by its numbers.</param>
    public abstract void Use(CompiledFamily family, ReadOnlySpan<ulong> versions);
}
