namespace Rer.Compiling;

/// <summary>
/// For a family of few words: beside the holders of each requirement, what it allows of the required family, in the order
/// in which solves look at them.
/// </summary>
/// <remarks>
/// Only families of at most <see cref="MaxWords"/> words are joined, and only if all their versions are loaded, for then
/// there is one compilation of them, and what a requirement allows never changes. Immutable.
/// </remarks>
internal sealed class JoinedTables
{
    /// <summary>The length of the longest sets that are joined, in words.</summary>
    internal const int MaxWords = 4;

    private JoinedTables(CompiledFamily family, JoinedDependency[] dependencies, ulong[] words, bool isWhole)
    {
        Dependencies = dependencies;
        Words = words;
        IsWhole = isWhole;
        HasConflicts = Array.Exists(family.Dependencies, dependency => dependency.HasConflicts);
        RequirementLists lists = family.Lists;
        Extracted = lists.Extracted;
        Variants = new JoinedVariant[family.VariantCount];
        for (int variant = 0; variant < Variants.Length; variant++)
        {
            int list = family.ListOf[variant];
            int start = lists.ExtractedStart[list];
            Variants[variant] = new(family.ResolvedAs(variant), start, lists.ExtractedStart[list + 1] - start);
        }
    }

    /// <summary>For each of the family's dependencies what is joined.</summary>
    internal JoinedDependency[] Dependencies { get; }

    /// <summary>
    /// For each joined dependency from its start, for each of its requirements: the holders, then what it allows.
    /// </summary>
    internal ulong[] Words { get; }

    /// <summary>Whether any variant has a conflict requirement.</summary>
    internal bool HasConflicts { get; }

    /// <summary>What the end of a solve needs of each variant.</summary>
    internal JoinedVariant[] Variants { get; }

    /// <summary>See <see cref="RequirementLists.Extracted"/>.</summary>
    internal (int Family, int Row)[] Extracted { get; }

    /// <summary>Whether no dependency was left out because its family was not loaded yet.</summary>
    internal bool IsWhole { get; }

    /// <summary>Joins a family with those that it requires; null if it is too wide or not loaded.</summary>
    internal static JoinedTables? Of(CompiledFamily family, CompiledRepository repository)
    {
        if (!CanJoin(family))
        {
            return null;
        }

        bool isWhole = true;
        JoinedDependency[] joined = new JoinedDependency[family.Dependencies.Length];
        int top = 0;
        for (int d = 0; d < joined.Length; d++)
        {
            ref readonly Dependency dependency = ref family.Dependencies[d];
            FamilySlot slot = repository.Slot(dependency.Family);
            CompiledFamily? target = slot.Family;
            isWhole &= slot.IsEphemeral || target is { IsPartial: false };
            bool canJoin = target is not null && CanJoin(target);
            canJoin &= !dependency.HasOpenBounds && !dependency.RangesFall;
            joined[d] = new JoinedDependency(
                canJoin ? target : null,
                family.Holders[d * family.Words],
                dependency.Family,
                top,
                (ushort)(dependency.Conflicts - dependency.Start),
                (ushort)(dependency.End - dependency.Start),
                canJoin ? target!.Words : 0
            );
            top += canJoin ? (dependency.End - dependency.Start) * (family.Words + target!.Words) : 0;
        }

        ulong[] words = new ulong[top];
        for (int d = 0; d < joined.Length; d++)
        {
            if (joined[d].Target is { } target)
            {
                Fill(family, family.Dependencies[d], target, words.AsSpan(joined[d].Start));
            }
        }

        return new JoinedTables(family, joined, words, isWhole);
    }

    private static bool CanJoin(CompiledFamily family) =>
        family.HasWords && family.Words <= MaxWords && !family.IsPartial;

    private static void Fill(CompiledFamily family, in Dependency dependency, CompiledFamily target, Span<ulong> words)
    {
        target.EnsureRow(dependency.LastRow);
        int next = 0;
        for (int r = dependency.Start; r < dependency.End; r++)
        {
            family.RequirementHolders.AsSpan(r * family.Words, family.Words).CopyTo(words[next..]);
            next += family.Words;
            target.RowWords.AsSpan(family.RequirementRow[r] * target.Words, target.Words).CopyTo(words[next..]);
            next += target.Words;
        }
    }
}

/// <summary>A dependency with what solves need of it in half a cache line.</summary>
/// <param name="Target">The compilation of the required family that it is joined with; null if it is not.</param>
/// <param name="Holders">The first word of the variants with a requirement on it that is no conflict.</param>
/// <param name="Family">The number of the required family.</param>
/// <param name="Start">Where its requirements stand.</param>
/// <param name="Count">How many of them are no conflicts; these come first.</param>
/// <param name="CountAll">How many there are.</param>
/// <param name="TargetWords">The length of a set of variants of the required family, in words.</param>
internal readonly record struct JoinedDependency(
    CompiledFamily? Target,
    ulong Holders,
    int Family,
    int Start,
    ushort Count,
    ushort CountAll,
    int TargetWords
);

/// <summary>What the end of a solve needs of a variant.</summary>
/// <param name="Resolved">What it is in a result.</param>
/// <param name="Start">Where what it extracts stands in <see cref="JoinedTables.Extracted"/>.</param>
/// <param name="Count">How much that is.</param>
internal readonly record struct JoinedVariant(ResolvedPackage Resolved, int Start, int Count);
