namespace Rer.Compiling;

/// <summary>Everything known about a repository. Solves read it and add to it. Safe for concurrent callers.</summary>
internal sealed class Catalogue
{
    /// <summary>Prepares to compile a repository.</summary>
    /// <param name="source">Where packages come from.</param>
    /// <param name="limits">How small a family must be to store its sets as words.</param>
    /// <param name="building">Whether build requirements count.</param>
    internal Catalogue(IPackageRepository source, CompilingLimits limits, bool building)
    {
        Source = source;
        Requests = new RequestCache(Slots);
        Families = new FamilyStore(source, Slots, limits, building);
    }

    /// <summary>Where packages come from.</summary>
    internal IPackageRepository Source { get; }

    /// <summary>The names of families, and the requirements of packages.</summary>
    internal SlotTable Slots { get; } = new();

    /// <summary>The requirements of requests.</summary>
    internal RequestCache Requests { get; }

    /// <summary>The families.</summary>
    internal FamilyStore Families { get; }
}
