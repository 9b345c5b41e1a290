using Rer.Compiling;
using Rer.Solving;
using Rer.Versions;

namespace Rer;

/// <summary>
/// A repository in the form that the fast engine solves on. Versions and requirements are parsed once and represented
/// as numbers and bit sets. It is built once, then shared by any number of solves and threads.
/// </summary>
/// <remarks>
/// <see cref="CompiledRepository(IPackageRepository)"/> compiles families as solves reach them, and loads a definition
/// only when a solve reaches its version, as rez does. <see cref="Compile"/> loads everything at once, which suits a
/// process that solves often. Whatever has been loaded is kept for as long as the object lives.
/// </remarks>
public sealed class CompiledRepository : IPackageRepository
{
    private readonly Lock _gate = new();
    private readonly bool _building;
    private readonly CompilingLimits _limits;
    private CompiledRepository? _forBuilding;

    /// <summary>Prepares a repository for solving. Families are compiled as solves reach them.</summary>
    /// <param name="source">Where packages come from.</param>
    public CompiledRepository(IPackageRepository source)
        : this(source, CompilingLimits.Default) { }

    internal CompiledRepository(IPackageRepository source, CompilingLimits limits, bool building = false)
    {
        ArgumentNullException.ThrowIfNull(source);
        _limits = limits;
        _building = building;
        Catalogue = new Catalogue(source, limits, building);
    }

    /// <summary>The repository that was compiled.</summary>
    public IPackageRepository Source => Catalogue.Source;

    /// <inheritdoc />
    public IReadOnlyList<string> SearchPaths => Source.SearchPaths;

    /// <summary>
    /// The errors of everything that <see cref="Compile"/> could not read. A solve that needs such a package ends in
    /// the same error, as in rez; other solves are not affected. Empty for a repository that is compiled as solves
    /// reach it.
    /// </summary>
    public IReadOnlyList<PackageDataException> Unreadable { get; private set; } = [];

    /// <summary>Everything known about the repository.</summary>
    internal Catalogue Catalogue { get; }

    /// <summary>The idle solvers.</summary>
    internal SolverPool Solvers { get; } = new();

    /// <summary>
    /// Compiles all families of a repository at once, loading every definition. Unreadable packages do not stop it: see
    /// <see cref="Unreadable"/>.
    /// </summary>
    /// <param name="source">Where packages come from.</param>
    /// <exception cref="PackageDataException">The names of the families cannot be listed.</exception>
    public static CompiledRepository Compile(IPackageRepository source)
    {
        CompiledRepository compiled = new(source);
        List<PackageDataException> unreadable = [];
        List<FamilySlot> slots = [];
        foreach (string name in source.GetFamilies().Order(CodePointOrder.Instance))
        {
            FamilySlot slot = compiled.Catalogue.Slots.Get(name);
            try
            {
                compiled.Catalogue.Families.LoadAll(slot, unreadable);
                slots.Add(slot);
            }
            catch (PackageDataException e)
            {
                unreadable.Add(e);
            }
        }

        foreach (FamilySlot slot in slots)
        {
            slot.Family!.GrowRows();
            if (slot.Origin is { IsWatched: true } origin)
            {
                ulong[] all = new ulong[slot.Family.VersionWords];
                Bits.AddRange(all, 0, slot.Family.Listing.Count);
                origin.Use(slot.Family, all);
            }
        }

        compiled.Unreadable = unreadable;
        return compiled;
    }

    /// <inheritdoc />
    public IEnumerable<string> GetFamilies() => Source.GetFamilies();

    /// <inheritdoc />
    public IReadOnlyList<string> GetVersions(string family) => Source.GetVersions(family);

    /// <inheritdoc />
    public PackageDefinition GetDefinition(string family, string version) => Source.GetDefinition(family, version);

    /// <summary>The same repository, with or without build requirements.</summary>
    internal CompiledRepository For(bool building)
    {
        if (building == _building)
        {
            return this;
        }

        lock (_gate)
        {
            return _forBuilding ??= new CompiledRepository(Source, _limits, building: true);
        }
    }
}
