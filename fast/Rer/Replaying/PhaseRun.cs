using Rer.Compiling;
using Rer.Versions;

namespace Rer.Replaying;

/// <summary>
/// The loop of a phase, to be read next to <c>_ResolvePhase.solve</c>, whose local state it contains.
/// </summary>
internal sealed class PhaseRun(
    ReplayContext context,
    IEnumerable<ReplayScope> scopes,
    HashSet<int> changed,
    CancellationToken cancellation
)
{
    private readonly HashSet<int> _changed = [.. changed];
    private readonly HashSet<int> _widened = [];

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

            if (!Reduce(before))
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
            int[]? places = null;
            foreach (int number in Bits.Members(common))
            {
                DependencyId d = new(number);
                FamilySlot required = context.Catalogue.Slots[family[d].Family];
                Requirement request = UnionOfLive(slice, d, required, ref places);
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
    /// <param name="places">The <see cref="ReplaySlice.Places"/>, once a dependency has needed them.</param>
    private static Requirement UnionOfLive(
        ReplaySlice slice,
        DependencyId dependency,
        FamilySlot required,
        ref int[]? places
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
            int[] order = places ??= slice.Places();
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
                _changed.Add(i);
                if (scope.IsConflict && !narrowed.IsConflict)
                {
                    _widened.Add(i);
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
    private bool Reduce(int before)
    {
        bool all = !context.Input.Options.Optimised;
        PendingReductions pending = new(
            Scopes.Count,
            isByAll: scope => all || scope >= before || _widened.Contains(scope),
            isNew: scope => scope >= before || _changed.Contains(scope)
        );
        while (pending.TryTake(out int x, out int y))
        {
            if (!Scopes[x].MayBeReducedBy(Scopes[y]))
            {
                continue;
            }

            cancellation.ThrowIfCancellationRequested();
            ReplayScope scope = Scopes[x];
            ReplayScope? left = scope.ReduceBy(context, Scopes[y], out ulong[]? removed);
            if (left is null)
            {
                Reason = new ReductionReason(Reductions(scope.Slice!, Scopes[y], removed!));
                return false;
            }

            if (ReferenceEquals(left, scope))
            {
                continue;
            }

            Scopes[x] = left;
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
