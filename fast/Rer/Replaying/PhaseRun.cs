using Rer.Compiling;
using Rer.Versions;

namespace Rer.Replaying;

/// <summary>
/// The loop of a phase, to be read next to <c>_ResolvePhase.solve</c>, whose local state it contains.
/// </summary>
internal sealed class PhaseRun(
    ReplayContext context,
    IEnumerable<ReplayScope> scopes,
    HashSet<ScopeId> changed,
    CancellationToken cancellation
)
{
    private readonly HashSet<ScopeId> _changed = [.. changed];
    private readonly HashSet<ScopeId> _widened = [];

    internal List<ReplayScope> Scopes { get; } = [.. scopes];

    internal ExtractionLog Extractions { get; } = new();

    /// <summary>Why the phase failed; null if it did not fail, or failed because a family is missing.</summary>
    internal FailureReason? Reason { get; private set; }

    /// <summary>Extracts to the end, reduces to the end, and repeats; false if the phase fails.</summary>
    internal bool Run()
    {
        while (true)
        {
            int before = Scopes.Count;
            _widened.Clear();
            while (Extract() is { Count: > 0 } extracted)
            {
                if (!Merge(extracted, out Requirement[] merged) || !IntersectAndAdd(merged))
                {
                    return false;
                }
            }

            if (Scopes.Count == before && _changed.Count == 0 && _widened.Count == 0)
            {
                return true;
            }

            if (!Reduce(new ScopeId(before)))
            {
                return false;
            }

            _changed.Clear();
        }
    }

    private List<Requirement> Extract()
    {
        List<Requirement> extracted = [];
        for (int i = 0; i < Scopes.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Scopes[i].Slice is not { IsExtractable: true } slice)
            {
                continue;
            }

            CompiledFamily family = slice.Family;
            ulong[] common = slice.CommonFamilies;
            int[]? positions = null;
            foreach (int number in Bits.Members(common))
            {
                DependencyId d = new(number);
                FamilySlot required = context.Catalogue.Slots[family[d].Family];
                Requirement request = UnionOfLive(slice, d, required, ref positions);
                extracted.Add(request);
                Extractions.Add(Scopes[i].Name, required.Name, request);
            }

            Scopes[i] = Scopes[i].With(slice.Extracted());
        }

        return extracted;
    }

    /// <summary>
    /// Everything that the variants of a slice require of a family. If ranges are equal but written differently, such
    /// as <c>1-2</c> and <c>1.2</c>, rez keeps that of the variant it reaches first.
    /// </summary>
    /// <param name="slice">The slice.</param>
    /// <param name="dependency">The dependency.</param>
    /// <param name="required">The family.</param>
    /// <param name="positions">The <see cref="ReplaySlice.Positions"/>, once a dependency has needed them.</param>
    private static Requirement UnionOfLive(
        ReplaySlice slice,
        DependencyId dependency,
        FamilySlot required,
        ref int[]? positions
    )
    {
        if (slice.Facts.FindExtraction(dependency) is { } known)
        {
            return known;
        }

        CompiledFamily family = slice.Family;
        Dependency span = family[dependency];
        List<RequirementId> held = [];
        for (RequirementId r = span.Start; r < span.Conflicts; r++)
        {
            if (family.IsHeld(r, slice.Variants, 0))
            {
                held.Add(r);
            }
        }

        List<VersionRange> ranges = RangesOf(held);
        bool areAlike = RangeText.AreWrittenAlike(ranges);
        if (!areAlike)
        {
            int[] order = positions ??= slice.Positions();
            ranges = RangesOf([.. held.OrderBy(r => family.HoldersOf(r).Least(order))]);
        }

        Requirement union = Requirement.Construct(required.Name, VersionRange.UnionOf([.. ranges.Distinct()]));
        if (areAlike)
        {
            slice.Facts.KeepExtraction(dependency, union);
        }

        return union;

        List<VersionRange> RangesOf(List<RequirementId> requirements) =>
            requirements.ConvertAll(r => required.Requirement(family.RowOf(r)).Value.Range!);
    }

    private bool Merge(List<Requirement> extracted, out Requirement[] merged)
    {
        if (RequirementMerge.TryMerge(extracted, out Requirement[]? requirements, out RequirementConflict? conflict))
        {
            merged = requirements;
            return true;
        }

        merged = [];
        Reason = new ConflictReason(conflict.Existing, conflict.Added);
        return false;
    }

    private bool IntersectAndAdd(Requirement[] merged)
    {
        Dictionary<string, Requirement> byName = merged.ToDictionary(request => request.Name);
        int count = Scopes.Count;
        for (int i = 0; i < count; i++)
        {
            ReplayScope scope = Scopes[i];
            if (!byName.Remove(scope.Name, out Requirement? extracted))
            {
                continue;
            }

            if (scope.Intersect(context, extracted.Range!) is not { } narrowed)
            {
                Reason = new ConflictReason(extracted, scope.Request);
                return false;
            }

            if (!ReferenceEquals(narrowed, scope))
            {
                Scopes[i] = narrowed;
                _changed.Add(new ScopeId(i));
                if (scope.IsConflict && !narrowed.IsConflict)
                {
                    _widened.Add(new ScopeId(i));
                }
            }
        }

        return merged.Where(request => byName.ContainsKey(request.Name)).All(Add);
    }

    private bool Add(Requirement request)
    {
        FamilySlot slot = context.Catalogue.Slots.Get(request.Name);
        try
        {
            Scopes.Add(ReplayScope.Of(context, slot, request));
            return true;
        }
        catch (ReplayErrorException e) when (e.Kind == ResolveErrorKind.PackageFamilyNotFound)
        {
            if (!context.Input.Options.ErrorOnMissingVariantRequires)
            {
                return false;
            }

            IEnumerable<string> requesters = Extractions
                .ByFamilies()
                .Keys.Where(key => key.To == request.Name)
                .Select(key => key.From);
            throw new ReplayErrorException(
                e.Kind,
                $"package family not found: {request.Name}, was required by: {string.Join(", ", requesters)} "
                    + $"(searched: {context.SearchPaths})"
            );
        }
    }

    /// <summary>
    /// Reduces every scope by those that concern it, in rez's order: pairs are sorted and taken from the end, and a
    /// scope that was reduced adds a pair for every other.
    /// </summary>
    private bool Reduce(ScopeId firstNew)
    {
        bool all = !context.Input.Options.Optimised;
        PendingReductions pending = new(
            Scopes.Count,
            isByAll: scope => all || !(scope < firstNew) || _widened.Contains(scope),
            isNew: scope => !(scope < firstNew) || _changed.Contains(scope)
        );
        while (pending.TryTake(out ScopeId x, out ScopeId y))
        {
            ReplayScope scope = Scopes[x.Number];
            ReplayScope by = Scopes[y.Number];
            if (!scope.MayBeReducedBy(by))
            {
                continue;
            }

            cancellation.ThrowIfCancellationRequested();
            ReplayScope? left = scope.ReduceBy(context, by, out ulong[]? removed);
            if (left is null)
            {
                Reason = new ReductionReason(Reductions(scope.Slice!, by, removed!));
                return false;
            }

            if (ReferenceEquals(left, scope))
            {
                continue;
            }

            Scopes[x.Number] = left;
            pending.AddAllBy(x);
        }

        return true;
    }

    private static List<ReducedVariant> Reductions(ReplaySlice slice, ReplayScope by, ulong[] removed)
    {
        CompiledFamily family = slice.Family;
        Dependency span = family[slice.FamilyFacts.DependencyOn(by.Slot.Id)!.Value];
        List<ReducedVariant> reductions = [];
        foreach (VariantId variant in slice.Entries.SelectMany(slice.VariantsOf))
        {
            if (!Bits.Contains(removed, variant.Number))
            {
                continue;
            }

            for (RequirementId r = span.Start; r < span.End; r++)
            {
                if (family.HoldersOf(r).Contains(variant.Number))
                {
                    Requirement dependency = by.Slot.Requirement(family.RowOf(r)).Value;
                    reductions.Add(new ReducedVariant(family, variant, dependency, by.Request));
                }
            }
        }

        return reductions;
    }
}
