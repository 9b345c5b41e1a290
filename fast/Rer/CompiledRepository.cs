using System.Collections.Concurrent;
using Rer.Compiling;
using Rer.Solving;
using Rer.Versions;

namespace Rer;

/// <summary>
/// A repository in the form that the fast engine solves on: versions and requirements parsed once, and everything a
/// number or a set of bits. Built once, then shared by any number of solves and threads.
/// </summary>
/// <remarks>
/// <see cref="CompiledRepository(IPackageRepository)"/> compiles families as solves reach them and loads a definition
/// only when a solve reaches its version, which is rez's promise. <see cref="Compile"/> loads everything at once: the
/// right thing for a process that solves often. What is once loaded is kept for as long as the object lives.
/// </remarks>
public sealed class CompiledRepository : IPackageRepository
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, FamilySlot> _slotsByName = new();
    private readonly ConcurrentDictionary<string, CompiledRequirement> _requirements = new();
    private readonly ConcurrentDictionary<string, RequestItem> _requests = new();
    private readonly bool _building;
    private readonly CompilingLimits _limits;
    private int _requestCount;
    private FamilySlot[] _slots = new FamilySlot[64];
    private int _slotCount;
    private int[] _nameRanks = [];
    private CompiledRepository? _forBuilding;

    /// <summary>Prepares a repository for solving; families are compiled as solves reach them.</summary>
    /// <param name="source">Where packages come from.</param>
    public CompiledRepository(IPackageRepository source)
        : this(source, CompilingLimits.Default) { }

    internal CompiledRepository(IPackageRepository source, CompilingLimits limits, bool building = false)
    {
        ArgumentNullException.ThrowIfNull(source);
        _limits = limits;
        Source = source;
        _building = building;
    }

    /// <summary>The repository that was compiled.</summary>
    public IPackageRepository Source { get; }

    /// <inheritdoc />
    public IReadOnlyList<string> SearchPaths => Source.SearchPaths;

    /// <summary>The solvers that are idle.</summary>
    internal SolverPool Solvers { get; } = new();

    /// <summary>Whether anything that was read so far names an ephemeral.</summary>
    internal bool KnowsEphemerals { get; private set; }

    /// <summary>How many family names are known, as families or from requirements.</summary>
    internal int SlotCount => Volatile.Read(ref _slotCount);

    /// <summary>
    /// What <see cref="Compile"/> could not read, and left for the solves that need it: they end in the same error, as
    /// they would in rez; others never meet it. Empty for a repository that is compiled as solves reach it.
    /// </summary>
    public IReadOnlyList<PackageDataException> Unreadable { get; private set; } = [];

    /// <summary>
    /// Compiles all families of a repository at once, loading every definition. What cannot be read does not end it: see
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
            FamilySlot slot = compiled.GetSlot(name);
            try
            {
                FamilyListing listing = compiled.GetListing(slot);
                if (slot.Family is not { IsPartial: false })
                {
                    compiled.CompileStored(slot);
                    slot.Family = FamilyBuilder.Build(
                        slot,
                        listing,
                        compiled.LoadAll(slot, listing, unreadable),
                        compiled._limits
                    );
                }

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

    /// <summary>The same repository with build requirements counted.</summary>
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

    /// <summary>A slot by its number.</summary>
    internal FamilySlot Slot(int id) => Volatile.Read(ref _slots)[id];

    /// <summary>The slot of a name, known or new.</summary>
    internal FamilySlot GetSlot(string name)
    {
        if (_slotsByName.TryGetValue(name, out FamilySlot? slot))
        {
            return slot;
        }

        lock (_gate)
        {
            if (_slotsByName.TryGetValue(name, out slot))
            {
                return slot;
            }

            if (_slotCount == _slots.Length)
            {
                FamilySlot[] larger = new FamilySlot[_slotCount * 2];
                _slots.CopyTo(larger, 0);
                Volatile.Write(ref _slots, larger);
            }

            slot = new FamilySlot(_slotCount, name);
            KnowsEphemerals |= slot.IsEphemeral;
            _slots[_slotCount] = slot;
            Volatile.Write(ref _slotCount, _slotCount + 1);
            _slotsByName[name] = slot;
            return slot;
        }
    }

    /// <summary>A package's requirement, parsed once for each text.</summary>
    /// <exception cref="VersionSyntaxException">It does not parse.</exception>
    internal CompiledRequirement GetRequirement(string text)
    {
        if (_requirements.TryGetValue(text, out CompiledRequirement? known))
        {
            return known;
        }

        CompiledRequirement parsed = Intern(Requirement.Parse(text));
        _requirements[text] = parsed;
        return parsed;
    }

    /// <summary>A package's requirement that was compiled before: it is parsed when someone looks at it.</summary>
    internal CompiledRequirement GetStoredRequirement(string text, FamilySlot slot)
    {
        if (_requirements.TryGetValue(text, out CompiledRequirement? known))
        {
            return known;
        }

        CompiledRequirement added = slot.Add(text);
        return _requirements.TryAdd(text, added) ? added : _requirements[text];
    }

    /// <summary>A requirement of a request that a package or an earlier request has too; null if none does.</summary>
    internal RequestItem? FindRequest(string text)
    {
        if (_requests.TryGetValue(text, out RequestItem request))
        {
            if (request.Known is null && request.Slot.Family is not null)
            {
                // It was first asked for before its family was compiled.
                request = request with
                {
                    Known = request.Slot.Intern(request.Value),
                };
                _requests[text] = request;
            }

            return request;
        }

        return _requirements.TryGetValue(text, out CompiledRequirement? required)
            ? new RequestItem(required.Slot, required.Value, required)
            : null;
    }

    /// <summary>
    /// Remembers a requirement of a request, with a row of its own. Requests are without end, memory is not: past a
    /// limit nothing is added.
    /// </summary>
    internal RequestItem RememberRequest(string text, FamilySlot slot, Requirement requirement)
    {
        const int Limit = 16_384;
        bool hasRow = _requestCount < Limit && slot.Family is not null;
        RequestItem item = new(slot, requirement, hasRow ? slot.Intern(requirement) : null);
        if (_requestCount < Limit && _requests.TryAdd(text, item))
        {
            Interlocked.Increment(ref _requestCount);
        }

        return item;
    }

    /// <summary>The number of a requirement.</summary>
    internal CompiledRequirement Intern(Requirement requirement) => GetSlot(requirement.Name).Intern(requirement);

    /// <summary>The versions of a family, listed once.</summary>
    internal FamilyListing GetListing(FamilySlot slot)
    {
        if (slot.Listing is { } listing)
        {
            return listing;
        }

        lock (slot)
        {
            return slot.Listing ??= Restore(slot)?.Listing ?? FamilyListing.Of(Source, slot.Name);
        }
    }

    /// <summary>The latest compilation of a family, which may have nothing loaded yet.</summary>
    internal CompiledFamily GetFamily(FamilySlot slot)
    {
        if (slot.Family is { } family)
        {
            return family;
        }

        FamilyListing listing = GetListing(slot);
        lock (slot)
        {
            return slot.Family ??= FamilyBuilder.Build(slot, listing, new CompiledPackage?[listing.Count], _limits);
        }
    }

    /// <summary>
    /// A compilation with at least these versions loaded. Definitions are read in the order in which the family was
    /// listed, as rez does.
    /// </summary>
    /// <exception cref="PackageDataException">A definition cannot be read.</exception>
    internal CompiledFamily Load(CompiledFamily family, ReadOnlySpan<ulong> versions)
    {
        FamilySlot slot = family.Slot;
        lock (slot)
        {
            List<int> missing = slot.Family!.NotLoaded(versions);
            if (missing.Count > 0)
            {
                CompileStored(slot);
                Source.Prepare(missing.ConvertAll(version => (slot.Name, family.Listing.Texts[version])));
                missing.ForEach(version => GetPackage(slot, version));
                slot.Family = FamilyBuilder.Build(slot, family.Listing, [.. slot.Loaded!], _limits);
            }

            return slot.Family!;
        }
    }

    /// <summary>Lists families side by side, before they are needed, and takes over those that were compiled before. What fails
    /// does so again when it is needed.</summary>
    internal void ListAhead(FamilySlot[] slots)
    {
        string[] names = Array.ConvertAll(slots, slot => slot.Name);
        if (Source is ICompiledSource source && !_building)
        {
            source.PrepareFamilies(names, place => RestoreAhead(slots[place]));
        }
        else
        {
            Source.PrepareFamilies(names);
        }
    }

    /// <summary>Compiles definitions of a family that are at hand, before they are needed. What cannot be read is left: it
    /// fails again, and is reported, when it is needed.</summary>
    /// <exception cref="PackageDataException">A definition cannot be compiled.</exception>
    internal void CompileAhead(FamilySlot slot, List<int> versions)
    {
        lock (slot)
        {
            CompileStored(slot);
            foreach (int version in versions)
            {
                try
                {
                    GetPackage(slot, version);
                }
                catch (PackageDataException)
                {
                    // Its version stays as one that is not loaded.
                }
            }

            slot.Family = FamilyBuilder.Build(slot, slot.Listing!, [.. slot.Loaded!], _limits);
        }
    }

    /// <summary>
    /// A family's versions with the times of their releases, 0 where unknown, the latest first: what
    /// <c>soft_timestamp</c> looks at. Loads a definition when its time is read, as rez does.
    /// </summary>
    /// <exception cref="PackageDataException">A definition cannot be read.</exception>
    /// <exception cref="InputSyntaxException">It is no family but an ephemeral.</exception>
    internal IEnumerable<(Version Version, long Timestamp)> GetReleases(string name)
    {
        FamilySlot slot = GetSlot(name);
        if (slot.IsEphemeral)
        {
            throw new InputSyntaxException(PackageName.Complaint(name));
        }

        FamilyListing listing = GetListing(slot);
        for (int version = 0; version < listing.Count; version++)
        {
            yield return (listing.Versions[version], GetPackage(slot, version).Timestamp);
        }
    }

    /// <summary>A package's definition, loaded once.</summary>
    /// <exception cref="PackageDataException">It cannot be read.</exception>
    internal CompiledPackage GetPackage(FamilySlot slot, int version)
    {
        FamilyListing listing = GetListing(slot);
        if (slot.Family is { } known && known.Packages[version] is { } compiled)
        {
            if (slot.Origin is { IsWatched: true } origin)
            {
                ulong[] used = new ulong[known.VersionWords];
                Bits.Add(used, version);
                origin.Use(known, used);
            }

            return compiled;
        }

        lock (slot)
        {
            slot.Loaded ??= slot.Family is { } family ? [.. family.Packages] : new CompiledPackage?[listing.Count];
            return slot.Loaded[version] ??= Load(slot, listing, version);
        }
    }

    /// <summary>
    /// For each slot its place among all names by code point: what decides between packages that nothing else orders.
    /// </summary>
    internal int[] GetNameRanks()
    {
        int[] ranks = Volatile.Read(ref _nameRanks);
        if (ranks.Length == SlotCount)
        {
            return ranks;
        }

        lock (_gate)
        {
            int[] ids = [.. Enumerable.Range(0, _slotCount)];
            Array.Sort(ids, (a, b) => CodePointOrder.Instance.Compare(_slots[a].Name, _slots[b].Name));
            ranks = new int[ids.Length];
            for (int rank = 0; rank < ids.Length; rank++)
            {
                ranks[ids[rank]] = rank;
            }

            Volatile.Write(ref _nameRanks, ranks);
            return ranks;
        }
    }

    /// <summary>The packages of a family, but for those that cannot be read.</summary>
    private CompiledPackage?[] LoadAll(FamilySlot slot, FamilyListing listing, List<PackageDataException> unreadable)
    {
        CompiledPackage?[] packages = slot.Loaded ?? new CompiledPackage?[listing.Count];
        for (int version = 0; version < packages.Length; version++)
        {
            try
            {
                packages[version] ??= Load(slot, listing, version);
            }
            catch (PackageDataException e)
            {
                unreadable.Add(e);
            }
        }

        return packages;
    }

    private void RestoreAhead(FamilySlot slot)
    {
        lock (slot)
        {
            slot.Listing ??= Restore(slot)?.Listing;
        }
    }

    /// <summary>Takes a family over as it was compiled before, if it was. The slot is locked.</summary>
    private CompiledFamily? Restore(FamilySlot slot)
    {
        if (_building || (Source as ICompiledSource)?.FindCompiled(slot.Name) is not { } stored)
        {
            return null;
        }

        CompiledFamily family;
        try
        {
            family = stored.Read(slot, this, _limits);
        }
        catch (InvalidDataException)
        {
            return null; // damage that its checksum did not show
        }

        slot.Origin = stored;
        slot.Family = family;
        return family;
    }

    /// <summary>Compiles what was compiled before, to build a family of it and of what was not. The slot is locked.</summary>
    private void CompileStored(FamilySlot slot)
    {
        if (slot.Origin is not { } origin)
        {
            return;
        }

        CompiledPackage?[] packages = slot.Loaded ??= [.. slot.Family!.Packages];
        FamilyListing listing = slot.Family!.Listing;
        for (int version = 0; version < packages.Length; version++)
        {
            if (packages[version] is { IsStored: true })
            {
                string text = listing.Texts[version];
                packages[version] = CompiledPackage.Of(this, slot, text, origin.GetDefinition(text), _building);
            }
        }
    }

    private CompiledPackage Load(FamilySlot slot, FamilyListing listing, int version)
    {
        string text = listing.Texts[version];
        PackageDefinition definition =
            Source.GetDefinition(slot.Name, text)
            ?? throw new PackageDataException($"{slot.Name}-{text}: the repository's GetDefinition returned null");
        return CompiledPackage.Of(this, slot, text, definition, _building);
    }
}
