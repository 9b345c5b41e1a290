using System.Runtime.CompilerServices;

namespace Rer.Compiling;

/// <summary>
/// For a family of few words: next to the holders of each requirement, what it allows of the required family, in the
/// order in which solves read them.
/// </summary>
/// <remarks>
/// Only families of at most <see cref="MaxWords"/> words are joined. What a requirement allows never changes once all
/// versions of a family are loaded. Before that, it is valid for one <see cref="CompiledFamily.Edition"/>. Immutable.
/// </remarks>
internal sealed class JoinedTables
{
    /// <summary>The maximum length of joined sets, in words: the length of a vector.</summary>
    internal const int MaxWords = 4;

    private readonly JoinedVariant[] _variants;

    private JoinedTables(CompiledFamily family, JoinedDependency[] dependencies, ulong[] words, bool isWhole)
    {
        Holders = family.Holders;
        for (VersionId version = default; version < family.Listing.End; version++)
        {
            VersionStarts |= 1UL << family.FirstOf(version).Number;
        }

        Dependencies = dependencies;
        Words = words;
        IsWhole = isWhole;
        _variants = new JoinedVariant[family.VariantCount];
        for (int i = 0; i < _variants.Length; i++)
        {
            VariantId variant = new(i);
            _variants[i] = new JoinedVariant(
                family.ResolvedAs(variant),
                family.Lists.FamiliesOf(family.ListOf(variant))
            );
        }
    }

    /// <summary>See <see cref="CompiledFamily.Holders"/>.</summary>
    internal ulong[] Holders { get; }

    /// <summary>The first variants of each version, if all variants fit into one word.</summary>
    internal ulong VersionStarts { get; }

    /// <summary>What is joined, for each of the family's dependencies.</summary>
    internal JoinedDependency[] Dependencies { get; }

    /// <summary>A dependency.</summary>
    internal ref readonly JoinedDependency this[DependencyId dependency]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Dependencies[dependency.Number];
    }

    /// <summary>
    /// For each joined dependency from its start, for each of its requirements: the holders, then what it allows.
    /// Unless both are single words, each is a vector, preceded by the holders of any requirement other than a
    /// conflict, and by what all requirements allow. Before all of it are the holders of requirements that reach beyond
    /// what is loaded of the required family.
    /// </summary>
    internal ulong[] Words { get; }

    /// <summary>What the end of a solve needs from a variant.</summary>
    internal ref readonly JoinedVariant this[VariantId variant] => ref _variants[variant.Number];

    /// <summary>Whether no dependency was left out because its family was not loaded yet.</summary>
    internal bool IsWhole { get; }

    /// <summary>Joins a family with those that it requires; null if it is too wide, not loaded or broken.</summary>
    internal static JoinedTables? Of(CompiledFamily family, SlotTable slots)
    {
        if (!CanJoin(family) || family.Broken is not null)
        {
            return null;
        }

        bool isWhole = true;
        JoinedDependency[] joined = new JoinedDependency[family.Dependencies.Length];
        List<ulong> words = [];
        for (int d = 0; d < joined.Length; d++)
        {
            ref readonly Dependency dependency = ref family.Dependencies[d];
            FamilySlot slot = slots[dependency.Family];
            CompiledFamily? target = slot.Family;
            isWhole &= slot.IsEphemeral || target is { IsPartial: false };
            joined[d] =
                target is not null && CanJoin(target) && !dependency.HasOpenBounds && !dependency.RangesFall
                    ? Join(family, new DependencyId(d), target, words)
                    : new JoinedDependency
                    {
                        Holders = family.HoldersOf(new DependencyId(d))[0],
                        Family = dependency.Family,
                    };
        }

        return new JoinedTables(family, joined, [.. words], isWhole);
    }

    private static bool CanJoin(CompiledFamily family) =>
        family.HasWords && family.Words <= MaxWords && family.VariantCount > 0 && family.Edition <= ushort.MaxValue;

    private static JoinedDependency Join(
        CompiledFamily family,
        DependencyId d,
        CompiledFamily target,
        List<ulong> words
    )
    {
        ref readonly Dependency dependency = ref family[d];
        target.EnsureRow(dependency.LastRow);
        Span<ulong> common = stackalloc ulong[MaxWords];
        common = common[..target.Words];
        common.Fill(ulong.MaxValue);
        for (RequirementId r = dependency.Start; r < dependency.End; r++)
        {
            Bits.And(common, Row(r));
        }

        bool areWords = family.Words + target.Words == 2;
        int width = areWords ? 1 : MaxWords;
        if (!areWords)
        {
            AddPadded(words, Beyond(family, dependency, target), width);
            AddPadded(words, family.HoldersOf(d), width);
            AddPadded(words, common, width);
        }
        else
        {
            words.Add(Beyond(family, dependency, target)[0]);
        }

        int start = words.Count;
        for (RequirementId r = dependency.Start; r < dependency.End; r++)
        {
            AddPadded(words, family.HolderWordsOf(r), width);
            AddPadded(words, Row(r), width);
        }

        return new JoinedDependency
        {
            Holders = family.HoldersOf(d)[0],
            Common = common[0],
            Family = dependency.Family,
            Start = start,
            Count = (ushort)dependency.Count,
            CountAll = (ushort)dependency.CountAll,
            TargetWords = (byte)target.Words,
            AreWords = areWords,
            TargetEdition = (ushort)target.Edition,
        };

        ReadOnlySpan<ulong> Row(RequirementId requirement) => target.RowWordsOf(family.RowOf(requirement));
    }

    /// <summary>The holders of requirements that reach beyond what is loaded.</summary>
    private static ulong[] Beyond(CompiledFamily family, in Dependency dependency, CompiledFamily target)
    {
        ulong[] beyond = new ulong[family.Words];
        for (RequirementId r = dependency.Start; r < dependency.Conflicts; r++)
        {
            if (!target.IsRowLoaded(family.RowOf(r)))
            {
                family.HoldersOf(r).AddTo(beyond, 0);
            }
        }

        return beyond;
    }

    private static void AddPadded(List<ulong> words, ReadOnlySpan<ulong> set, int width)
    {
        words.AddRange(set);
        for (int i = set.Length; i < width; i++)
        {
            words.Add(0);
        }
    }
}

/// <summary>A dependency with what solves need from it, in half a cache line.</summary>
internal readonly struct JoinedDependency
{
    /// <summary>The first word of the variants with a requirement for it, other than a conflict.</summary>
    internal ulong Holders { get; init; }

    /// <summary>
    /// The first word of what all of its requirements allow, including conflicts. The part of the family's scope within
    /// it can neither be narrowed by the dependency nor make any variant conflict.
    /// </summary>
    internal ulong Common { get; init; }

    /// <summary>The required family.</summary>
    internal FamilyId Family { get; init; }

    /// <summary>Where its requirements are stored.</summary>
    internal int Start { get; init; }

    /// <summary>The number of requirements that are not conflicts. These come first.</summary>
    internal ushort Count { get; init; }

    /// <summary>The number of all requirements.</summary>
    internal ushort CountAll { get; init; }

    /// <summary>The length of a set of variants of the required family, in words; 0 if the dependency is not joined.</summary>
    internal byte TargetWords { get; init; }

    /// <summary>Whether it is joined, and all of its sets are single words.</summary>
    internal bool AreWords { get; init; }

    /// <summary>
    /// The compilation of the required family that it is joined with: <see cref="CompiledFamily.Edition"/>.
    /// </summary>
    internal ushort TargetEdition { get; init; }
}

/// <summary>What the end of a solve needs from a variant.</summary>
/// <param name="Resolved">The variant as it appears in a result.</param>
/// <param name="Required">The families that it requires, by name.</param>
internal readonly record struct JoinedVariant(ResolvedPackage Resolved, FamilyId[] Required);
