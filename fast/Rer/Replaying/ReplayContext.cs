using Rer.Asking;
using Rer.Compiling;
using Rer.Ordering;
using Rer.Versions;

namespace Rer.Replaying;

/// <summary>
/// What all phases of a replay share: the question, and the variant lists of each package, whose order is remembered
/// for the whole solve. Corresponds to <c>PackageVariantCache</c>.
/// </summary>
internal sealed class ReplayContext
{
    private readonly Dictionary<FamilyId, CompiledFamily> _families = [];

    /// <summary>For each family that was reached, for each version the list of all its variants.</summary>
    private readonly Dictionary<FamilyId, ReplayEntry?[]> _lists = [];
    private readonly FamilyLoader _loader;

    internal ReplayContext(SolveInput input)
    {
        Input = input;
        _loader = new FamilyLoader(input.Catalogue.Families, input.Filters);
        RequestReader request = new(input.Catalogue, lookUp: true);
        Conflict = request.Read(input.Request);
        Request = request.Items;
        Order.Reset(input, Request);
    }

    internal SolveInput Input { get; }

    /// <summary>The merged request.</summary>
    internal List<RequestItem> Request { get; }

    /// <summary>The two requirements of the request that contradict each other, if any do.</summary>
    internal RequirementConflict? Conflict { get; }

    internal VariantOrder Order { get; } = new(remember: true);

    internal Catalogue Catalogue => Input.Catalogue;

    /// <summary>
    /// The slice of a family in a range; null if no version is in it. Corresponds to <c>get_variant_slice</c>.
    /// </summary>
    /// <exception cref="ReplayErrorException">There is no such family.</exception>
    internal ReplaySlice? GetSlice(FamilySlot slot, VersionRange range)
    {
        CompiledFamily family = _families.TryGetValue(slot.Id, out CompiledFamily? known)
            ? known
            : Catalogue.Families.GetFamily(slot);
        if (family.Listing.Count == 0)
        {
            throw ReplayErrorException.FamilyNotFound(slot, SearchPaths);
        }

        ulong[] versions = new ulong[family.VersionWords];
        family.FillVersions(Requirement.Construct(slot.Name, range), versions);
        family = _loader.Load(family, versions);
        _families[slot.Id] = family;
        if (Bits.IsEmpty(versions))
        {
            return null;
        }

        ulong[] variants = new ulong[family.Words];
        List<ReplayEntry> entries = [];
        ReplayEntry?[] lists = ListsOf(family);
        foreach (VersionId version in family.Listing.Listed)
        {
            if (Bits.Contains(versions, version.Number))
            {
                entries.Add(lists[version.Number] ??= ReplayEntry.OfAll(version, family.CountOf(version)));
            }
        }

        family.AddVariants(versions, variants);
        return new ReplaySlice(this, family, [.. entries], variants);
    }

    /// <summary>The repository's search paths as messages name them.</summary>
    internal string SearchPaths => string.Join("; ", Catalogue.Source.SearchPaths);

    private ReplayEntry?[] ListsOf(CompiledFamily family)
    {
        if (!_lists.TryGetValue(family.Slot.Id, out ReplayEntry?[]? lists))
        {
            lists = new ReplayEntry?[family.Listing.Count];
            _lists.Add(family.Slot.Id, lists);
        }

        return lists;
    }
}
