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
    private readonly Dictionary<(FamilyId Family, VersionId Version), ReplayEntry> _lists = [];

    /// <summary>
    /// By compilation, because one with more versions loaded has more dependencies and other numbers for them.
    /// </summary>
    private readonly Dictionary<CompiledFamily, Dictionary<FamilyId, DependencyId>> _dependencies = [];
    private readonly FamilyLoader _loader;

    internal ReplayContext(SolveInput input)
    {
        Input = input;
        _loader = new FamilyLoader(input.Catalogue.Families, input.Filters);
        Conflict = RequestReader.Merge(input, lookUp: true, Request, []);
        Order.Reset(input, Request);
    }

    internal SolveInput Input { get; }

    /// <summary>The merged request.</summary>
    internal List<RequestItem> Request { get; } = [];

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
        foreach (VersionId version in family.Listing.Listed)
        {
            if (Bits.Contains(versions, version.Number))
            {
                entries.Add(ListOf(family, version));
            }
        }

        family.AddVariants(versions, variants);
        return new ReplaySlice(this, family, [.. entries], variants);
    }

    /// <summary>The repository's search paths as messages name them.</summary>
    internal string SearchPaths => string.Join("; ", Catalogue.Source.SearchPaths);

    /// <summary>The dependency of a family on another; null if there is none.</summary>
    internal DependencyId? DependencyOn(CompiledFamily family, FamilyId required)
    {
        if (!_dependencies.TryGetValue(family, out Dictionary<FamilyId, DependencyId>? byFamily))
        {
            byFamily = [];
            for (int d = 0; d < family.Dependencies.Length; d++)
            {
                byFamily.Add(family.Dependencies[d].Family, new DependencyId(d));
            }

            _dependencies.Add(family, byFamily);
        }

        return byFamily.TryGetValue(required, out DependencyId dependency) ? dependency : null;
    }

    private ReplayEntry ListOf(CompiledFamily family, VersionId version)
    {
        (FamilyId, VersionId) key = (family.Slot.Id, version);
        if (!_lists.TryGetValue(key, out ReplayEntry? list))
        {
            list = new ReplayEntry(version, [.. Enumerable.Range(0, family.CountOf(version))]);
            _lists.Add(key, list);
        }

        return list;
    }
}
