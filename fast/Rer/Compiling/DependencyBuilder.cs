using System.Runtime.InteropServices;
using Rer.Versions;

namespace Rer.Compiling;

/// <summary>
/// Builds the tables of what a family requires, and which variants require it, from the requirement lists of its
/// variants.
/// </summary>
internal sealed class DependencyBuilder
{
    // Reused by the next family that the thread compiles.
    [ThreadStatic]
    private static Dictionary<CompiledRequirement, int>? s_spareSeen;

    private readonly int[] _listOf;
    private readonly int _words;
    private readonly CompilingLimits _limits;

    /// <summary>
    /// All requirements: by family name, conflicts last, in the order of the latest variants that have them.
    /// Consecutive versions require neighbouring ranges, which are then found together.
    /// </summary>
    private readonly CompiledRequirement[] _requirements;

    /// <summary>For each list, the numbers of its requirements in that order.</summary>
    private readonly NumberedLists _numbersOf;

    /// <summary>Builds the tables.</summary>
    /// <param name="lists">The requirement lists, in the order of the latest variants that have them.</param>
    /// <param name="listOf">The list of each variant.</param>
    /// <param name="words">The length of a set of variants.</param>
    /// <param name="limits">Which tables are built as for small families.</param>
    internal DependencyBuilder(List<CompiledRequirement[]> lists, int[] listOf, int words, CompilingLimits limits)
    {
        _limits = limits;
        _listOf = listOf;
        _words = words;
        (_numbersOf, CompiledRequirement[] requirements) = Number(lists);
        int[] order = [.. Enumerable.Range(0, requirements.Length)];
        Array.Sort(
            order,
            (a, b) =>
            {
                int byKind = ByFamilyThenKind(requirements[a], requirements[b]);
                return byKind != 0 ? byKind : a.CompareTo(b);
            }
        );
        _requirements = Array.ConvertAll(order, number => requirements[number]);
        int[] numberOf = new int[order.Length];
        for (int number = 0; number < order.Length; number++)
        {
            numberOf[order[number]] = number;
        }

        foreach (ref int number in _numbersOf.Numbers.AsSpan())
        {
            number = numberOf[number];
        }

        Rows = Array.ConvertAll(_requirements, requirement => requirement.Row);
        (RequirementHolders, Spans) = BuildRequirementHolders();
        Dependencies = BuildDependencies();
        Holders = BuildHolders();
    }

    /// <summary>Builds the tables from requirements that are already in order.</summary>
    /// <param name="requirements">The requirements in their order.</param>
    /// <param name="kinds">What is known about those for each family.</param>
    /// <param name="numbersOf">For each list, the numbers of its requirements.</param>
    /// <param name="listOf">The list of each variant.</param>
    /// <param name="words">The length of a set of variants.</param>
    /// <param name="limits">Which tables are built as for small families.</param>
    internal DependencyBuilder(
        CompiledRequirement[] requirements,
        Kind[] kinds,
        in NumberedLists numbersOf,
        int[] listOf,
        int words,
        CompilingLimits limits
    )
    {
        _limits = limits;
        _listOf = listOf;
        _words = words;
        _numbersOf = numbersOf;
        _requirements = requirements;
        Rows = Array.ConvertAll(requirements, requirement => requirement.Row);
        (RequirementHolders, Spans) = BuildRequirementHolders();
        Dependencies = Array.ConvertAll(kinds, DependencyOf);
        Holders = BuildHolders();
    }

    /// <summary>
    /// What is known about the requirements for one family, independently of its number and the limits.
    /// </summary>
    internal readonly record struct Kind(int Start, int Conflicts, int End, bool HasOpenBounds, bool RangesFall);

    /// <summary>Numbers requirements in the order in which they first occur.</summary>
    private static (NumberedLists NumbersOf, CompiledRequirement[] Requirements) Number(
        List<CompiledRequirement[]> lists
    )
    {
        Dictionary<CompiledRequirement, int> seen = s_spareSeen ?? [];
        s_spareSeen = null; // not reused if an exception ends this
        int[] starts = new int[lists.Count + 1];
        for (int list = 0; list < lists.Count; list++)
        {
            starts[list + 1] = checked(starts[list] + lists[list].Length);
        }

        int[] numbers = new int[starts[^1]];
        int next = 0;
        foreach (CompiledRequirement[] list in lists)
        {
            foreach (CompiledRequirement requirement in list)
            {
                ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(seen, requirement, out bool exists);
                if (!exists)
                {
                    number = seen.Count - 1;
                }

                numbers[next++] = number;
            }
        }

        CompiledRequirement[] requirements = new CompiledRequirement[seen.Count];
        foreach ((CompiledRequirement requirement, int number) in seen)
        {
            requirements[number] = requirement;
        }

        seen.Clear(); // a repository must not live as long as the thread
        s_spareSeen = seen;
        return (new NumberedLists(starts, numbers), requirements);
    }

    /// <summary>See <see cref="CompiledFamily.Lists"/>.</summary>
    internal RequirementLists Lists => new(_requirements, _numbersOf);

    /// <summary>See <see cref="CompiledFamily.Dependencies"/>.</summary>
    internal Dependency[] Dependencies { get; }

    /// <summary>See <see cref="CompiledFamily.Holders"/>.</summary>
    internal ulong[] Holders { get; }

    /// <summary>See <see cref="CompiledFamily.Rows"/>.</summary>
    internal RowId[] Rows { get; }

    /// <summary>See <see cref="CompiledFamily.RequirementHolders"/>.</summary>
    internal ulong[] RequirementHolders { get; }

    /// <summary>See <see cref="CompiledFamily.HolderSpans"/>.</summary>
    internal HolderSpan[] Spans { get; }

    /// <summary>
    /// Compares by the name of the required family. Conflict requirements come after the others for the same family.
    /// </summary>
    internal static int ByFamilyThenKind(CompiledRequirement a, CompiledRequirement b) =>
        ReferenceEquals(a.Slot, b.Slot)
            ? a.Value.Conflict.CompareTo(b.Value.Conflict)
            : CodePointOrder.Instance.Compare(a.Slot.Name, b.Slot.Name);

    private (ulong[] Words, HolderSpan[] Spans) BuildRequirementHolders()
    {
        HolderSpan[] spans = new HolderSpan[_requirements.Length + 1];
        Array.Fill(spans, new HolderSpan(new VariantId(-1), new VariantId(-1), 0));
        for (int i = 0; i < _listOf.Length; i++)
        {
            VariantId holder = new(i);
            foreach (int number in _numbersOf[_listOf[i]])
            {
                VariantId first = spans[number].First;
                spans[number] = new HolderSpan(first.Number < 0 ? holder : first, holder, 0);
            }
        }

        bool hasAllWords = _words <= _limits.FewWords;
        int top = 0;
        for (int number = 0; number < spans.Length; number++)
        {
            HolderSpan span = spans[number];
            spans[number] = span with { Offset = top };
            top = checked(top + (hasAllWords ? _words : WordOf(span.Last) - WordOf(span.First) + 1));
        }

        ulong[] words = new ulong[spans[^1].Offset];
        for (int holder = 0; holder < _listOf.Length; holder++)
        {
            foreach (int number in _numbersOf[_listOf[holder]])
            {
                HolderSpan span = spans[number];
                int before = hasAllWords ? 0 : WordOf(span.First);
                Bits.Add(words.AsSpan(span.Offset), holder - before * Bits.WordBits);
            }
        }

        return (words, spans);
    }

    private static int WordOf(VariantId variant) => variant.Number / Bits.WordBits;

    private Dependency[] BuildDependencies()
    {
        List<Dependency> dependencies = [];
        for (int start = 0, end; start < _requirements.Length; start = end)
        {
            FamilySlot family = _requirements[start].Slot;
            int conflicts = start;
            bool hasOpenBounds = false;
            bool rangesFall = true;
            for (end = start; end < _requirements.Length && _requirements[end].Slot == family; end++)
            {
                if (_requirements[end].Value.Conflict)
                {
                    continue;
                }

                conflicts = end + 1;
                hasOpenBounds |= BeginsAfterAVersion(_requirements[end].Value.Range!);
                rangesFall &= _requirements[end].Value.Range!.Bounds.Length == 1;
                rangesFall &= end == start || FallsFrom(end - 1, end);
            }

            dependencies.Add(DependencyOf(new Kind(start, conflicts, end, hasOpenBounds, rangesFall)));
        }

        return [.. dependencies];
    }

    private Dependency DependencyOf(Kind kind)
    {
        RowId lastRow = default;
        for (int number = kind.Start; number < kind.End; number++)
        {
            lastRow = Rows[number].Number > lastRow.Number ? Rows[number] : lastRow;
        }

        return new Dependency(
            _requirements[kind.Start].Slot.Id,
            new RequirementId(kind.Start),
            new RequirementId(kind.Conflicts),
            new RequirementId(kind.End),
            lastRow,
            kind.HasOpenBounds,
            kind.RangesFall && kind.Conflicts - kind.Start >= _limits.FewRanges
        );
    }

    private static bool BeginsAfterAVersion(VersionRange range)
    {
        foreach (Bound bound in range.Bounds)
        {
            if (!bound.LowerInclusive)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether a requirement belongs to later variants than another, and its range begins and ends no later.
    /// </summary>
    private bool FallsFrom(int previous, int number)
    {
        ref readonly Bound above = ref _requirements[previous].Value.Range!.Bounds[^1];
        ref readonly Bound bound = ref _requirements[number].Value.Range!.Bounds[0];
        int lower = bound.Lower.CompareTo(above.Lower);
        int upper = bound.Upper.CompareTo(above.Upper);
        return Spans[previous].Last < Spans[number].First
            && (lower < 0 || (lower == 0 && bound.LowerInclusive == above.LowerInclusive))
            && (upper < 0 || (upper == 0 && bound.UpperInclusive == above.UpperInclusive));
    }

    private ulong[] BuildHolders()
    {
        int[] dependencyOf = new int[_requirements.Length];
        for (int d = 0; d < Dependencies.Length; d++)
        {
            int conflicts = Dependencies[d].Conflicts.Number;
            dependencyOf.AsSpan(Dependencies[d].Start.Number..conflicts).Fill(d);
            dependencyOf.AsSpan(conflicts..Dependencies[d].End.Number).Fill(-1);
        }

        ulong[] holders = new ulong[checked(Dependencies.Length * _words)];
        for (int holder = 0; holder < _listOf.Length; holder++)
        {
            foreach (int number in _numbersOf[_listOf[holder]])
            {
                if (dependencyOf[number] >= 0)
                {
                    Bits.Add(holders.AsSpan(dependencyOf[number] * _words, _words), holder);
                }
            }
        }

        return holders;
    }
}
