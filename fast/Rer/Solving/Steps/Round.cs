using System.Runtime.CompilerServices;
using Rer.Asking;
using Rer.Compiling;
using Rer.Solving.Sets;
using Rer.Solving.State;
using Rer.Versions;

namespace Rer.Solving.Steps;

/// <summary>
/// A round of extractions: which scopes extract, and what they require. A package scope is narrowed at once. For other
/// scopes and new ones, the round collects what it leaves of them. Corresponds to the inner loop of
/// <c>_ResolvePhase.solve</c>.
/// </summary>
/// <remarks>
/// Technique: rounds. In rez, all extractions of a round read the slices as they were before the round. That decides
/// the order of new scopes. Here the slices are copied when a round begins, so that each extraction can narrow its
/// target at once. If that leaves a slice empty, <see cref="Judge"/> finds out what rez makes of the round.
/// </remarks>
/// <param name="state">The state of the solve.</param>
/// <param name="slices">Makes slices from versions.</param>
/// <param name="families">The families.</param>
internal sealed class Round(SolveState state, VersionSlices slices, FamilySource families)
{
    private readonly List<ScopeId> _conflicts = [];
    private readonly List<(FamilyId Family, Requirement? Merged)> _ephemerals = [];
    private Member[] _members = new Member[DebugSizes.Shrink(128)];
    private ulong[] _words = new ulong[DebugSizes.Shrink(512)];

    /// <summary>The number of scopes that extract.</summary>
    internal int Count { get; private set; }

    /// <summary>The first scope added by this round.</summary>
    internal ScopeId FirstNew { get; private set; }

    /// <summary>
    /// Whether a package scope from before the round is left empty. That fails the phase, unless the round touches
    /// scopes of other kinds. One of these may come first and end the solve in another way.
    /// </summary>
    internal bool IsEmptied { get; private set; }

    /// <summary>Whether another target of the round is left empty, or ranges contradict each other.</summary>
    internal bool WentWrong { get; private set; }

    /// <summary>
    /// Whether a scope to extract from has a variant whose requirements are invalid and raise an error when read.
    /// </summary>
    internal bool IsBroken { get; private set; }

    /// <summary>The conflict scopes that the round hits.</summary>
    internal List<ScopeId> Conflicts => _conflicts;

    /// <summary>Whether the round touches conflict or ephemeral scopes that existed before it.</summary>
    internal bool TouchesOtherKinds { get; private set; }

    /// <summary>What is collected for scopes without a slice.</summary>
    internal Drafts Drafts { get; } = new(state, slices);

    /// <summary>A scope that extracts.</summary>
    internal ScopeId Scope(int member) => _members[member].Scope;

    /// <summary>Its slice as it was before the round.</summary>
    internal ReadOnlySpan<ulong> Slice(int member)
    {
        ref readonly Member of = ref _members[member];
        return _words.AsSpan(of.Slice, state[of.Scope].Words);
    }

    /// <summary>The slice before the round, for a scope of few words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal TSet Slice<TSet>(int member)
        where TSet : struct, IVariantSet<TSet>
    {
        ref readonly Member of = ref _members[member];
        return TSet.Part(_words, of.Slice, state[of.Scope].Words);
    }

    /// <summary>Begins a round: copies the slices of the scopes to extract from. False if there are none.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal bool Gather()
    {
        SolveState of = state;
        if (!of.HasExtractions)
        {
            return false;
        }

        FirstNew = of.End;
        IsEmptied = false;
        WentWrong = false;
        IsBroken = false;
        if (TouchesOtherKinds)
        {
            TouchesOtherKinds = false;
            _conflicts.Clear();
            _ephemerals.Clear();
        }

        Drafts.Clear();
        int count = 0;
        int top = 0;
        int words = Bits.WordsFor(of.Count);
        for (int w = 0; w < words; w++)
        {
            for (ulong pending = of.TakeToExtract(w); pending != 0; pending &= pending - 1)
            {
                ScopeId scope = ScopeId.Of(w, pending);
                ref readonly Scope gathered = ref of[scope];
                int length = gathered.Words;
                if (count == _members.Length)
                {
                    Array.Resize(ref _members, count * 2);
                }

                int needed = top + length + VectorSet.Spare;
                if (needed > _words.Length)
                {
                    Array.Resize(ref _words, Math.Max(needed, _words.Length * 2));
                }

                ref Member member = ref _members[count++];
                member.Scope = scope;
                member.Slice = top;
                if (length == 1)
                {
                    _words[top] = of.Sets[gathered.Slice];
                }
                else
                {
                    of.Sets.Of(gathered.Slice, length).CopyTo(_words.AsSpan(top));
                }

                if (gathered.Joined is null && gathered.Family!.Broken is { } broken)
                {
                    IsBroken |= Bits.Intersects(_words.AsSpan(top, length), broken);
                }

                top += length;
            }
        }

        Count = count;
        return true;
    }

    /// <summary>The package scope of a family from before the round, if there is one.</summary>
    internal ScopeId TargetOf(FamilyId family)
    {
        ScopeId to = state.ScopeOf(family);
        return !to.IsNone && to < FirstNew && state[to].Kind == ScopeKind.Package ? to : ScopeId.None;
    }

    /// <summary>Narrows a package scope of one word that existed before the round.</summary>
    internal void Narrow(ScopeId scope, ulong allowed) => IsEmptied |= !state.Narrow(scope, allowed);

    /// <summary>Narrows a package scope that existed before the round, starting at a given word.</summary>
    internal void Narrow(ScopeId scope, ReadOnlySpan<ulong> allowed, int from) =>
        IsEmptied |= !state.Narrow(scope, allowed, from);

    /// <summary>Narrows a family's scope, or its draft, to what an extraction allows.</summary>
    /// <param name="id">The family.</param>
    /// <param name="allowed">The allowed variants.</param>
    /// <param name="versions">The allowed versions; empty if all are loaded and none is filtered.</param>
    internal void NarrowFamily(FamilyId id, ReadOnlySpan<ulong> allowed, ReadOnlySpan<ulong> versions)
    {
        ScopeId scope = state.ScopeOf(id);
        if (!scope.IsNone && scope < FirstNew && state[scope].Kind == ScopeKind.Package)
        {
            Narrow(scope, allowed, 0);
            return;
        }

        if (scope.IsNone)
        {
            Add(id, allowed, versions);
            return;
        }

        if (state[scope].Kind == ScopeKind.Conflict && !_conflicts.Contains(scope))
        {
            _conflicts.Add(scope);
            TouchesOtherKinds = true;
            Drafts.Start(scope, ofVersions: versions.Length > 0);
        }

        if (Drafts.Has(scope))
        {
            Drafts.Narrow(scope, allowed, versions);
        }
        else
        {
            state.NarrowPrepared(scope, allowed);
        }
    }

    /// <summary>Adds a family that is new to the solve.</summary>
    private void Add(FamilyId id, ReadOnlySpan<ulong> allowed, ReadOnlySpan<ulong> versions)
    {
        ScopeId scope = state.Add(id, ScopeKind.Package);
        if (versions.Length == 0)
        {
            allowed.CopyTo(state.Prepare(scope, state.Family(id)));
            return;
        }

        Drafts.Start(scope, ofVersions: true);
        Drafts.Narrow(scope, allowed, versions);
    }

    /// <summary>
    /// Adds a family that is new to the solve, has sets of one word, and has everything loaded that it may need.
    /// </summary>
    internal void Add(FamilyId id, CompiledFamily family, ulong allowed) =>
        state.Prepare(state.Add(id, ScopeKind.Package), family)[0] = allowed;

    /// <summary>Collects what an extraction requires of an ephemeral.</summary>
    internal void NarrowEphemeral(FamilyId family, VersionRange range)
    {
        Requirement extracted = Requirement.Construct(families.Slot(family).Name, range);
        for (int i = 0; i < _ephemerals.Count; i++)
        {
            if (_ephemerals[i].Family == family)
            {
                Requirement? merged = _ephemerals[i].Merged?.Merged(extracted);
                WentWrong |= merged is null;
                _ephemerals[i] = (family, merged);
                return;
            }
        }

        _ephemerals.Add((family, extracted));
        TouchesOtherKinds = true;
        if (state.ScopeOf(family).IsNone)
        {
            // Reserves its position among the scopes that the round adds.
            state.Add(family, ScopeKind.Ephemeral);
        }
    }

    /// <summary>Everything that the round requires of an ephemeral; null if it requires nothing.</summary>
    internal Requirement? AskedOfEphemeral(FamilyId family)
    {
        foreach ((FamilyId asked, Requirement? merged) in _ephemerals)
        {
            if (asked == family)
            {
                return merged;
            }
        }

        return null;
    }

    /// <summary>
    /// A family that the round reaches; null if listing it fails. rez lists it only once it is known that the round
    /// does not fail. So the round is judged, which lists the family again where rez would.
    /// </summary>
    internal CompiledFamily? List(FamilyId id)
    {
        try
        {
            return state.Family(id);
        }
        catch (Exception e) when (e is InputSyntaxException or PackageDataException)
        {
            WentWrong = true;
            if (state.ScopeOf(id).IsNone)
            {
                state.Add(id, ScopeKind.Package);
            }

            return null;
        }
    }

    /// <summary>Records that something was left empty at the end of the round.</summary>
    internal void GoWrong() => WentWrong = true;

    /// <summary>
    /// A scope that extracts, and where its slice from before the round is stored. It is not a tuple, for the same
    /// reason as the entries of <see cref="Trail"/>.
    /// </summary>
    private struct Member
    {
        internal ScopeId Scope;
        internal int Slice;
    }
}
