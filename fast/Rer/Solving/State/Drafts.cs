using Rer.Compiling;
using Rer.Versions;

namespace Rer.Solving.State;

/// <summary>
/// What a round leaves of scopes whose slice cannot be created before the round ends: conflicts that it hits, and new
/// scopes whose versions may have to be loaded. It is collected as a set of variants, or of versions.
/// </summary>
/// <param name="state">The state that contains the scopes.</param>
/// <param name="slices">Makes slices from versions.</param>
internal sealed class Drafts(SolveState state, VersionSlices slices)
{
    /// <summary>For each scope with a draft: where the draft is stored, and whether it consists of versions.</summary>
    private (int Set, bool IsOfVersions)[] _drafts = new (int, bool)[DebugSizes.Shrink(128)];
    private ulong[] _versions = new ulong[1];

    /// <summary>Whether there is no draft in this round.</summary>
    internal bool IsEmpty { get; private set; } = true;

    /// <summary>Begins a round.</summary>
    internal void Clear() => IsEmpty = true;

    /// <summary>
    /// Whether a scope has a draft. The scope is then new in this round, or is a conflict that the round hits, and has
    /// no slice yet.
    /// </summary>
    internal bool Has(ScopeId scope) => !IsEmpty && state[scope] is { Family: null, Kind: not ScopeKind.Ephemeral };

    /// <summary>The versions left of a new scope of this round whose slice is made from versions.</summary>
    internal ReadOnlySpan<ulong> VersionsOf(ScopeId scope) =>
        Has(scope) && _drafts[scope.Number] is { IsOfVersions: true, Set: var set }
            ? state.Sets.Of(set, FamilyOf(scope).VersionWords)
            : [];

    /// <summary>Starts with all versions. If the scope is a conflict, the excluded ones are left out.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="ofVersions">Whether the slice is made from versions, of which some may not be loaded.</param>
    internal void Start(ScopeId scope, bool ofVersions)
    {
        CompiledFamily family = FamilyOf(scope);
        int words = ofVersions ? family.VersionWords : family.Words;
        int start = state.Allocate(words);
        if (scope.Number >= _drafts.Length)
        {
            Array.Resize(ref _drafts, Math.Max(scope.Number + 1, _drafts.Length * 2));
        }

        _drafts[scope.Number] = (start, ofVersions);
        IsEmpty = false;
        Span<ulong> left = state.Sets.New(start, words);
        if (state[scope] is not { Kind: ScopeKind.Conflict, Requirement: { Range: not null } conflict })
        {
            Bits.AddRange(left, 0, ofVersions ? family.Listing.Count : family.VariantCount);
        }
        else if (ofVersions)
        {
            family.FillVersions(conflict, left);
        }
        else
        {
            FillVariants(family, state[scope].Row, conflict, left);
        }
    }

    /// <summary>Narrows a draft to what an extraction allows.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="allowed">The variants allowed.</param>
    /// <param name="versions">The versions allowed; empty if all of them are loaded, and none is filtered.</param>
    internal void Narrow(ScopeId scope, ReadOnlySpan<ulong> allowed, ReadOnlySpan<ulong> versions)
    {
        (int set, bool isOfVersions) = _drafts[scope.Number];
        ReadOnlySpan<ulong> left = isOfVersions ? versions : allowed;
        Bits.And(state.Sets.New(set, left.Length), left);
    }

    /// <summary>Gives the scope the collected slice, and lets it enter; false if the slice is empty.</summary>
    internal bool Enter(ScopeId scope)
    {
        (int set, bool isOfVersions) = _drafts[scope.Number];
        CompiledFamily family = FamilyOf(scope);
        if (isOfVersions)
        {
            Span<ulong> inRange = Bits.Cleared(ref _versions, family.VersionWords);
            state.Sets.Of(set, family.VersionWords).CopyTo(inRange);
            return slices.Enter(scope, inRange);
        }

        Span<ulong> slice = state.Prepare(scope, family);
        state.Sets.Of(set, family.Words).CopyTo(slice);
        return state.Enter(scope);
    }

    private static void FillVariants(CompiledFamily family, RowId row, Requirement requirement, Span<ulong> variants)
    {
        if (row.IsNone)
        {
            family.FillVariants(requirement, variants);
            return;
        }

        family.EnsureRow(row);
        family.AddRow(row, variants, 0);
    }

    private CompiledFamily FamilyOf(ScopeId scope) => state.Family(state[scope].FamilyId);
}
