using Rer.Asking;
using Rer.Compiling;
using Rer.Solving.Sets;
using Rer.Solving.State;
using Rer.Versions;

namespace Rer.Solving.Steps;

/// <summary>
/// Extraction with the family's own tables, for what is not joined. It computes the union of what the requirements in a
/// slice allow for one family. The result is bits if the family has a slice or gets one. It is a range if the family is
/// an ephemeral, or if rez unites ranges in a way that bits cannot express. Corresponds to the union in
/// <c>_PackageVariantSlice.extract</c>.
/// </summary>
/// <param name="state">The state of the solve.</param>
/// <param name="families">The families.</param>
/// <param name="round">The round that collects the extractions.</param>
/// <param name="switches">The optimisations in use.</param>
internal sealed class PlainExtraction(SolveState state, FamilySource families, Round round, EngineSwitches switches)
{
    private ulong[] _union = new ulong[1];
    private ulong[] _versionUnion = new ulong[1];
    private ulong[] _allVariants = new ulong[1];

    /// <summary>
    /// Whether variants wrote their requirement for an ephemeral in several ways. Only rez's order of variants decides
    /// which of them the resolve shows.
    /// </summary>
    internal bool IsEphemeralTextOpen { get; private set; }

    /// <summary>Begins a solve.</summary>
    internal void Begin() => IsEphemeralTextOpen = false;

    /// <summary>The part of a slice that is examined.</summary>
    internal LivePart LivePartOf(ReadOnlySpan<ulong> slice) => LivePart.Of(slice, switches);

    /// <summary>
    /// Extracts a dependency that is common to a slice. True if all variants have the same requirement, and nothing
    /// else is left to do.
    /// </summary>
    internal bool Extract(CompiledFamily family, DependencyId d, LivePart live)
    {
        ref readonly Dependency dependency = ref family[d];
        ScopeId to = dependency.HasOpenBounds ? ScopeId.None : round.TargetOf(dependency.Family);
        return to.IsNone ? ExtractToOther(family, dependency, live) : ExtractIntoSlice(family, dependency, live, to);
    }

    /// <summary>Extracts into a package scope that existed before the round. Most extractions change nothing.</summary>
    private bool ExtractIntoSlice(CompiledFamily family, in Dependency dependency, LivePart live, ScopeId to)
    {
        LivePart held = LivePartOf(state.Slice(to));
        Span<ulong> union = Bits.Cleared(ref _union, held.Words.Length);
        if (!AllowsAll(family, dependency, live, state[to].Family!, held, union))
        {
            round.Narrow(to, union, held.Start);
        }

        return HasOneRequirement(family, dependency, live);
    }

    /// <summary>
    /// Unites the rows of the requirements in a slice, and may stop as soon as they allow everything in the target.
    /// False if they do not.
    /// </summary>
    private bool AllowsAll(
        CompiledFamily family,
        in Dependency dependency,
        LivePart live,
        CompiledFamily required,
        LivePart held,
        Span<ulong> union
    )
    {
        required.EnsureRow(dependency.LastRow);
        if (dependency.RangesFall && switches.NeighbouringRanges)
        {
            new FallingRanges(family, live, required).UniteRows(dependency, union, held.Start);
            return Bits.IsSubset(held.Words, union);
        }

        int missing = Bits.First(held.Words);
        for (RequirementId r = dependency.Start; r < dependency.Conflicts && missing >= 0; r++)
        {
            if (!family.IsHeld(r, live.Words, live.Start))
            {
                continue;
            }

            required.AddRow(family.RowOf(r), union, held.Start);
            if (Bits.Contains(union, missing))
            {
                missing = Bits.NextOutside(held.Words, union, missing);
            }
        }

        return missing < 0;
    }

    /// <summary>
    /// Extracts into anything other than a package scope that existed before the round, or by ranges.
    /// </summary>
    private bool ExtractToOther(CompiledFamily family, in Dependency dependency, LivePart live)
    {
        if (families.Slot(dependency.Family).IsEphemeral)
        {
            List<VersionRange> asked = LiveRanges(family, dependency, live);
            IsEphemeralTextOpen |= !RangeText.AreWrittenAlike(asked);
            round.NarrowEphemeral(dependency.Family, VersionRange.UnionOf([.. asked]));
            return false;
        }

        if (round.List(dependency.Family) is not { } target)
        {
            return false;
        }

        bool careful = families.IsCareful(target);
        Span<ulong> versions = careful ? Bits.Cleared(ref _versionUnion, target.VersionWords) : [];
        Span<ulong> union = Bits.Cleared(ref _union, target.Words);
        if (dependency.HasOpenBounds)
        {
            // For rez, <3|>3 united with ==1 is the any range, which includes 3: see the union in SOLVER.md.
            VersionRange range = VersionRange.UnionOf([.. LiveRanges(family, dependency, live)]);
            Requirement united = Requirement.Construct(target.Slot.Name, range);
            target.FillVariants(united, union);
            if (careful)
            {
                target.FillVersions(united, versions);
            }
        }
        else if (careful)
        {
            UniteVersions(family, dependency, live, target, union, versions);
        }
        else
        {
            Span<ulong> all = Bits.Cleared(ref _allVariants, target.Words);
            Bits.AddRange(all, 0, target.VariantCount);
            _ = AllowsAll(family, dependency, live, target, new LivePart(all, 0), union);
        }

        round.NarrowFamily(dependency.Family, union, versions);
        return !dependency.HasOpenBounds && HasOneRequirement(family, dependency, live);
    }

    /// <summary>Unites rows both as variants and as versions, of which some may not be loaded.</summary>
    private static void UniteVersions(
        CompiledFamily family,
        in Dependency dependency,
        LivePart live,
        CompiledFamily target,
        Span<ulong> union,
        Span<ulong> versions
    )
    {
        target.EnsureRow(dependency.LastRow);
        for (RequirementId r = dependency.Start; r < dependency.Conflicts; r++)
        {
            if (!family.IsHeld(r, live.Words, live.Start))
            {
                continue;
            }

            RowId row = family.RowOf(r);
            target.AddRow(row, union, 0);
            foreach ((VersionId first, VersionId end) in target.Listing.Rows.Of(row))
            {
                Bits.AddRange(versions, first.Number, end.Number);
            }
        }
    }

    /// <summary>
    /// Whether all variants of a slice, to which a dependency is common, have the same requirement. Not determined if
    /// that would mean examining many.
    /// </summary>
    private static bool HasOneRequirement(CompiledFamily family, in Dependency dependency, LivePart live)
    {
        if (dependency.Count == 1)
        {
            return true;
        }

        if (!family.HasWords || dependency.RangesFall)
        {
            return false;
        }

        int first = live.First;
        for (RequirementId r = dependency.Start; r < dependency.Conflicts; r++)
        {
            ReadOnlySpan<ulong> holders = family.HolderWordsOf(r);
            if (Bits.Contains(holders, first))
            {
                return Bits.IsSubset(live.Words, live.PartOf(holders));
            }
        }

        return false;
    }

    private List<VersionRange> LiveRanges(CompiledFamily family, in Dependency dependency, LivePart live)
    {
        FamilySlot slot = families.Slot(dependency.Family);
        List<VersionRange> ranges = [];
        for (RequirementId r = dependency.Start; r < dependency.Conflicts; r++)
        {
            if (family.IsHeld(r, live.Words, live.Start))
            {
                ranges.Add(slot.Requirement(family.RowOf(r)).Value.Range!);
            }
        }

        return ranges;
    }

    /// <summary>The merged requirement of a slice's variants for a family that they have in common.</summary>
    internal Requirement RequirementOf(CompiledFamily family, DependencyId d, ReadOnlySpan<ulong> slice)
    {
        ref readonly Dependency dependency = ref family[d];
        VersionRange range = VersionRange.UnionOf([.. LiveRanges(family, dependency, new LivePart(slice, 0))]);
        return Requirement.Construct(families.Slot(dependency.Family).Name, range);
    }
}
