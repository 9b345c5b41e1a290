using Rer.Compiling;
using Rer.Versions;

namespace Rer.Replaying;

/// <summary>
/// What is still possible for a family: a slice of its variants or, for a conflict or an ephemeral, a requirement.
/// Immutable. Corresponds to <c>_PackageScope</c>.
/// </summary>
internal sealed class ReplayScope
{
    private readonly Requirement? _fixed;
    private Requirement? _request;

    private ReplayScope(FamilySlot slot, ReplaySlice? slice, Requirement? request)
    {
        Slot = slot;
        Slice = slice;
        _fixed = request;
    }

    internal FamilySlot Slot { get; }

    internal string Name => Slot.Name;

    /// <summary>The slice; null for conflicts and ephemerals.</summary>
    internal ReplaySlice? Slice { get; }

    /// <summary>
    /// The scope as a requirement. For a slice, its exact versions. Corresponds to <c>package_request</c>.
    /// </summary>
    internal Requirement Request => _request ??= _fixed ?? Requirement.Construct(Name, Slice!.Range);

    internal bool IsConflict => _fixed is { Conflict: true };

    /// <summary>
    /// A scope for a requirement of the request, or for an extraction. Corresponds to <c>_PackageScope.__init__</c>.
    /// </summary>
    /// <exception cref="ReplayErrorException">There is no such family, or no such version.</exception>
    internal static ReplayScope Of(ReplayContext context, FamilySlot slot, Requirement request)
    {
        if (request.Conflict || slot.IsEphemeral)
        {
            return new ReplayScope(slot, null, request);
        }

        ReplaySlice slice =
            context.GetSlice(slot, request.Range!)
            ?? throw new ReplayErrorException(
                ResolveErrorKind.PackageNotFound,
                $"Package could not be found: {Requirement.Construct(slot.Name, request.Range)}"
            );
        return new ReplayScope(slot, slice, null);
    }

    /// <summary>The scope with another slice.</summary>
    internal ReplayScope With(ReplaySlice slice) => new(Slot, slice, null);

    /// <summary>
    /// What an extraction leaves of the scope: null for nothing, this scope if nothing changes. Corresponds to
    /// <c>intersect</c>.
    /// </summary>
    internal ReplayScope? Intersect(ReplayContext context, VersionRange range)
    {
        if (Slot.IsEphemeral || IsConflict)
        {
            VersionRange? left =
                _fixed!.Range is null ? range
                : IsConflict ? range.Difference(_fixed.Range)
                : range.Intersection(_fixed.Range);
            return left is null ? null
                : Slot.IsEphemeral ? WithEphemeral(left)
                : context.GetSlice(Slot, left) is { } slice ? With(slice)
                : null;
        }

        ulong[] inRange = new ulong[Slice!.Family.Words];
        Slice.Family.FillVariants(Requirement.Construct(Name, range), inRange);
        if (Bits.IsSubset(Slice.Variants, inRange))
        {
            return this;
        }

        return Slice.Where(inRange) is { } narrowed ? With(narrowed) : null;
    }

    /// <summary>Whether <see cref="ReduceBy"/> does anything at all, even if it only looks at the slice.</summary>
    internal bool MayBeReducedBy(ReplayScope by) =>
        Slice is not null && (!Slice.IsLookedAt || Slice.FamilyFacts.DependsOn(by.Slot.Id));

    /// <summary>
    /// Removes variants whose requirement for a scope's family conflicts with it. Corresponds to <c>reduce_by</c>.
    /// </summary>
    /// <param name="context">The solve.</param>
    /// <param name="by">The other scope.</param>
    /// <param name="removed">The removed variants, as a set; null if there are none.</param>
    /// <returns>What is left: null for nothing, this scope if nothing was removed.</returns>
    internal ReplayScope? ReduceBy(ReplayContext context, ReplayScope by, out ulong[]? removed)
    {
        removed = null;
        if (
            Slice is null
            || (context.Input.Options.Optimised && Slice.WasReducedBy(by))
            || (by.Slice is null && by.Request.Range is null)
        )
        {
            return this;
        }

        Slice.UpdateFamilyInfo();
        if (Slice.FamilyFacts.DependencyOn(by.Slot.Id) is not { } dependency || !IsLive(dependency))
        {
            return this;
        }

        ulong[] conflicting = Conflicting(dependency, by);
        if (!Bits.Intersects(Slice.Variants, conflicting))
        {
            Slice.RememberReducedBy(by);
            return this;
        }

        removed = conflicting;
        ulong[] kept = [.. conflicting.Select(word => ~word)];
        if (Slice.Where(kept) is not { } left)
        {
            return null;
        }

        left.RememberReducedBy(by);
        return With(left);
    }

    /// <summary>Whether another scope has the same requirement.</summary>
    internal bool RequestsTheSame(ReplayScope other) =>
        ReferenceEquals(this, other) || (ReferenceEquals(Slot, other.Slot) && Request.Equals(other.Request));

    /// <summary>Whether nothing is left to do for the scope. Corresponds to <c>_is_solved</c>.</summary>
    internal bool IsSolved => Slice is null || SolvedVariant is not null;

    /// <summary>
    /// The only variant left in the scope; null before it is solved. Corresponds to <c>_get_solved_variant</c>.
    /// </summary>
    internal VariantId? SolvedVariant => Slice is { Count: 1, IsExtractable: false } ? Slice.FirstVariant : null;

    /// <summary>The requirements of the only variant left in the scope, in rez's order.</summary>
    internal ReadOnlySpan<CompiledRequirement> SolvedRequirements =>
        SolvedVariant is { } variant ? Slice!.Family.Lists.MergedOf(Slice.Family.ListOf(variant)) : [];

    /// <inheritdoc />
    public override string ToString() => Slice is null ? Request.ToString() : Slice.ToString();

    private ReplayScope WithEphemeral(VersionRange range) =>
        range.Equals(_fixed!.Range) ? this : new ReplayScope(Slot, null, Requirement.Construct(Name, range));

    private bool IsLive(DependencyId dependency)
    {
        CompiledFamily family = Slice!.Family;
        Dependency span = family[dependency];
        for (RequirementId r = span.Start; r < span.End; r++)
        {
            if (family.IsHeld(r, Slice.Variants, 0))
            {
                return true;
            }
        }

        return false;
    }

    private ulong[] Conflicting(DependencyId dependency, ReplayScope by)
    {
        CompiledFamily family = Slice!.Family;
        Dependency span = family[dependency];
        ulong[] conflicting = new ulong[family.Words];
        for (RequirementId r = span.Start; r < span.End; r++)
        {
            RowId row = family.RowOf(r);
            if (ConflictsWith(by, by.Slot.Requirement(row).Value, row))
            {
                family.HoldersOf(r).AddTo(conflicting, 0);
            }
        }

        return conflicting;
    }

    private static bool ConflictsWith(ReplayScope by, Requirement requirement, RowId row)
    {
        if (by.Slice is null)
        {
            return requirement.ConflictsWith(by.Request);
        }

        CompiledFamily family = by.Slice.Family;
        family.EnsureRow(row);
        return !family.RowIntersects(row, by.Slice.Variants, 0);
    }
}
