namespace Rer.Compiling;

/// <summary>A repository that may have families compiled.</summary>
internal interface ICompiledSource : IPackageRepository
{
    /// <summary>Whether there is a version of a family here.</summary>
    /// <exception cref="PackageDataException">The family cannot be listed.</exception>
    bool Has(string family);

    /// <summary>A family as it was compiled before; null if it has to be listed and compiled.</summary>
    /// <exception cref="PackageDataException">The family cannot be listed.</exception>
    StoredFamily? FindCompiled(string family);

    /// <summary>Told which families will be listed next, as <see cref="IPackageRepository.PrepareFamilies"/> is.</summary>
    /// <param name="families">Names, of which some may be unknown here.</param>
    /// <param name="whenListed">Called with the place of each of them that is listed, from any thread and several at a time: it
    /// may have been compiled before. It does not throw.</param>
    void PrepareFamilies(IReadOnlyList<string> families, Action<int> whenListed) => PrepareFamilies(families);

    /// <summary>Told that a solve is over: what was read ahead for it in vain may be forgotten.</summary>
    void EndSolve() { }
}

/// <summary>A family that was compiled before, not for a build.</summary>
/// <remarks>Safe for concurrent callers.</remarks>
internal abstract class StoredFamily
{
    /// <summary>Whether <see cref="Use"/> wants to know which versions a solve comes to.</summary>
    public abstract bool IsWatched { get; }

    /// <summary>Makes the compiled family, of which some versions may not be loaded.</summary>
    public abstract CompiledFamily Read(FamilySlot slot, SlotTable slots, CompilingLimits limits);

    /// <summary>The definition of a version that is loaded.</summary>
    public abstract PackageDefinition GetDefinition(string version);

    /// <summary>Told which versions a solve comes to, of those that <see cref="Read"/> loaded.</summary>
    /// <param name="family">The latest compilation; it may have more versions loaded.</param>
    /// <param name="versions">The versions, by its numbers.</param>
    public abstract void Use(CompiledFamily family, ReadOnlySpan<ulong> versions);
}
