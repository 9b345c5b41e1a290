using Rer.Compiling;
using Rer.Versions;

namespace Rer.Asking;

/// <summary>Provides the families of one solve, and loads more of them.</summary>
/// <param name="catalogue">What is known about the repository.</param>
internal sealed class FamilySource(Catalogue catalogue)
{
    private readonly bool _mayBeWatched = catalogue.Source is ICompiledSource;
    private FamilyLoader _loader = null!;
    private bool _isFiltered;
    private bool _tellsOrderers;

    /// <summary>The question.</summary>
    internal SolveInput Input { get; private set; } = null!;

    /// <summary>
    /// Reads ahead for this solve; null as long as everything that it reached had been loaded before.
    /// </summary>
    internal ReadAhead? ReadAhead { get; private set; }

    /// <summary>What is known about the repository.</summary>
    internal Catalogue Catalogue => catalogue;

    /// <summary>Begins a solve.</summary>
    internal void Begin(SolveInput input)
    {
        Input = input;
        ReadAhead = null;
        _isFiltered = input.Filters is not null;
        _tellsOrderers = input.Orderers.AnyAskedEarly;
        _loader = new FamilyLoader(catalogue.Families, input.Filters);
    }

    /// <summary>Releases everything that the last caller passed in.</summary>
    internal void ForgetQuestion()
    {
        Input = null!;
        ReadAhead = null;
        _loader = null!;
    }

    /// <summary>The slot of a family.</summary>
    internal FamilySlot Slot(FamilyId id) => catalogue.Slots[id];

    /// <summary>The latest compilation of a family.</summary>
    /// <exception cref="PackageDataException">The family cannot be listed.</exception>
    internal CompiledFamily Get(FamilyId id) => catalogue.Families.GetFamily(catalogue.Slots[id]);

    /// <summary>Tells an orderer that needs to know families as the solve reaches them.</summary>
    internal void Reach(CompiledFamily family)
    {
        if (_tellsOrderers)
        {
            Input.Orderers.For(family.Slot.Name).Reach(family.Slot.Name, family.Listing);
        }
    }

    /// <inheritdoc cref="FamilyLoader.IsCareful" />
    internal bool IsCareful(CompiledFamily family) => family.IsPartial || IsWatchful(family);

    /// <inheritdoc cref="FamilyLoader.IsWatchful" />
    internal bool IsWatchful(CompiledFamily family) =>
        _isFiltered || (_mayBeWatched && family.Slot.Origin is { IsWatched: true });

    /// <inheritdoc cref="FamilyLoader.RemoveUnread" />
    internal void RemoveUnread(CompiledFamily family, Span<ulong> versions) => _loader.RemoveUnread(family, versions);

    /// <inheritdoc cref="FamilyLoader.HasVersions" />
    internal bool HasVersions(CompiledFamily family, VersionRange range) => _loader.HasVersions(family, range);

    /// <inheritdoc cref="FamilyLoader.Load" />
    internal CompiledFamily Load(CompiledFamily family, Span<ulong> versions)
    {
        CompiledFamily loaded = _loader.Load(family, versions);
        if (loaded != family)
        {
            _ = ExpectMore();
        }

        return loaded;
    }

    /// <summary>
    /// Begins to read ahead. Something had to be loaded, so what it requires may have to be loaded, too.
    /// </summary>
    internal ReadAhead ExpectMore() => ReadAhead ??= new ReadAhead(catalogue, _isFiltered);
}
