using Rer.Compiling;
using Rer.Versions;

namespace Rer.Solving;

/// <summary>
/// What the requirements that a slice holds on one family allow together: as bits where the family has a slice or gets
/// one, as a range where it is an ephemeral or where rez unites ranges in a way that bits do not know. The union of
/// <c>_PackageVariantSlice.extract</c>.
/// </summary>
internal sealed partial class Solver
{
    private ulong[] _union = new ulong[1];
    private ulong[] _versionUnion = new ulong[1];
    private ulong[] _allVariants = new ulong[1];

    /// <summary>
    /// Unites the rows of the requirements that a slice still holds; may stop as soon as they allow all that the target
    /// holds. False if they do not.
    /// </summary>
    private bool AllowsAll(
        CompiledFamily family,
        in Dependency dependency,
        ReadOnlySpan<ulong> live,
        int liveStart,
        CompiledFamily required,
        ReadOnlySpan<ulong> held,
        int heldStart,
        Span<ulong> union
    )
    {
        required.EnsureRow(dependency.LastRow);
        if (dependency.RangesFall && _switches.NeighbouringRanges)
        {
            var falling = new FallingRanges(family, live, liveStart, required);
            falling.UniteRows(dependency, union, heldStart);
            return Bits.IsSubset(held, union);
        }

        int missing = Bits.First(held);
        for (int r = dependency.Start; r < dependency.Conflicts && missing >= 0; r++)
        {
            if (!family.IsHeld(r, live, liveStart))
            {
                continue;
            }

            required.AddRow(family.RequirementRow[r], union, heldStart);
            if (Bits.Contains(union, missing))
            {
                missing = Bits.NextOutside(held, union, missing);
            }
        }

        return missing < 0;
    }

    /// <summary>
    /// Extracts into what is no package scope that was there before the round, or by ranges. True if all variants ask
    /// for the same, and that is all that there is to it.
    /// </summary>
    private bool ExtractDependency(CompiledFamily family, in Dependency dependency, ReadOnlySpan<ulong> slice)
    {
        if (_repository.Slot(dependency.Family).IsEphemeral)
        {
            List<VersionRange> asked = LiveRanges(family, dependency, slice);
            _ephemeralTextIsOpen |= !VersionRange.AreWrittenAlike(asked);
            ExtractEphemeral(dependency.Family, VersionRange.UnionOf([.. asked]));
            return false;
        }

        if (ListedFamily(dependency.Family) is not { } target)
        {
            return false;
        }

        bool careful = _loader.IsCareful(target);
        Span<ulong> versions = careful ? Cleared(ref _versionUnion, target.VersionWords) : [];
        Span<ulong> union = Cleared(ref _union, target.Words);
        if (dependency.HasOpenBounds)
        {
            // <3|>3 united with ==1 is anything to rez, 3 included: see the union in SOLVER.md.
            Requirement united = Requirement.Construct(target.Slot.Name, UnionOfLive(family, dependency, slice));
            target.FillVariants(united, union);
            if (careful)
            {
                target.FillVersions(united, versions);
            }

            Narrow(dependency.Family, target, union, versions);
            return false;
        }

        if (!careful)
        {
            Span<ulong> all = Cleared(ref _allVariants, target.Words);
            Bits.AddRange(all, 0, target.VariantCount);
            AllowsAll(family, dependency, slice, 0, target, all, 0, union);
            Narrow(dependency.Family, target, union, versions);
            return HasOneRequirement(family, dependency, slice, 0);
        }

        target.EnsureRow(dependency.LastRow);
        for (int r = dependency.Start; r < dependency.Conflicts; r++)
        {
            if (family.IsHeld(r, slice, 0))
            {
                int row = family.RequirementRow[r];
                target.AddRow(row, union, 0);
                AddVersions(target, row, versions);
            }
        }

        Narrow(dependency.Family, target, union, versions);
        return HasOneRequirement(family, dependency, slice, 0);
    }

    /// <summary>
    /// A family that a round reaches; null if its listing is at fault. rez lists it only once the round is known not to
    /// fail: the round is judged, and lists it again where rez would.
    /// </summary>
    private CompiledFamily? ListedFamily(int id)
    {
        try
        {
            return Family(id);
        }
        catch (Exception e) when (e is InputSyntaxException or PackageDataException)
        {
            _roundWentWrong = true;
            if (ScopeOf(id) < 0)
            {
                AddScope(id, ScopeKind.Package);
            }

            return null;
        }
    }

    private static void AddVersions(CompiledFamily family, int row, Span<ulong> versions)
    {
        foreach ((int first, int end) in family.Listing.Rows.Of(row))
        {
            Bits.AddRange(versions, first, end);
        }
    }

    /// <summary>The union of the ranges that the variants of a slice ask for, where bits do not do.</summary>
    private VersionRange UnionOfLive(CompiledFamily family, in Dependency dependency, ReadOnlySpan<ulong> slice) =>
        VersionRange.UnionOf([.. LiveRanges(family, dependency, slice)]);

    private List<VersionRange> LiveRanges(CompiledFamily family, in Dependency dependency, ReadOnlySpan<ulong> slice)
    {
        FamilySlot slot = _repository.Slot(dependency.Family);
        List<VersionRange> ranges = [];
        for (int r = dependency.Start; r < dependency.Conflicts; r++)
        {
            if (family.IsHeld(r, slice, 0))
            {
                ranges.Add(slot.Requirement(family.RequirementRow[r]).Value.Range!);
            }
        }

        return ranges;
    }
}
