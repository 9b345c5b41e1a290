using Rer.Versions;

namespace Rer.Compiling;

/// <summary>
/// The format of a compiled family in an index. Technique: compiled ahead. The slow part of compiling is done in
/// advance: requirements are parsed, merged, deduplicated and put in order. What is left is filling tables of bits,
/// which would take longer to read than to fill.
/// </summary>
/// <remarks>
/// All numbers are the family's own, so that the bytes are the same in any repository, whatever else it contains.
/// </remarks>
internal static class FamilyFormat
{
    /// <summary>
    /// The limits with which families are compiled for writing, so that what is written does not depend on limits.
    /// </summary>
    internal static CompilingLimits Limits { get; } = CompilingLimits.Default with { FewRanges = 0 };

    /// <summary>Writes a family.</summary>
    /// <param name="writer">Where to write. It stores the strings too.</param>
    /// <param name="family">The family, compiled within <see cref="Limits"/>. It may be partly loaded.</param>
    /// <returns>Whether it can be written. False, with nothing written, if one of its requirements has no text that
    /// parses to the same requirement.</returns>
    internal static bool TryWrite(FormatWriter writer, CompiledFamily family)
    {
        CompiledRequirement[] requirements = RequirementsOf(family);
        if (!Array.TrueForAll(requirements, requirement => ReadsAsItself(requirement.Value)))
        {
            return false;
        }

        writer.WriteNumber(family.Listing.Count);
        foreach (int position in family.Listing.Positions)
        {
            writer.WriteNumber(position);
        }

        foreach (CompiledPackage? package in family.Packages)
        {
            writer.WriteNumber(package is null ? 0 : (package.Variants.Length << 1) | (package.HasIndexes ? 1 : 0));
        }

        WriteDependencies(writer, family, requirements);
        WriteLists(writer, family, requirements);
        WriteErrors(writer, family);
        return true;
    }

    /// <summary>Reads a family.</summary>
    /// <param name="reader">Positioned at what <see cref="TryWrite"/> wrote.</param>
    /// <param name="strings">The strings written with it.</param>
    /// <param name="slot">The family's slot.</param>
    /// <param name="slots">The table to which the family is added.</param>
    /// <param name="limits">The limits of the repository.</param>
    /// <param name="listed">The versions in the order in which they were listed.</param>
    /// <exception cref="PackageDataException">The data is damaged.</exception>
    internal static CompiledFamily Read(
        ref FormatReader reader,
        FormatStrings strings,
        FamilySlot slot,
        SlotTable slots,
        CompilingLimits limits,
        IReadOnlyList<string> listed
    )
    {
        int[] positions = new int[reader.ReadCount()];
        for (int i = 0; i < positions.Length; i++)
        {
            positions[i] = reader.ReadInt();
            if (positions[i] >= listed.Count)
            {
                throw reader.Origin.Damaged();
            }
        }

        CompiledPackage?[] packages = new CompiledPackage?[positions.Length];
        VariantId[] firstVariants = new VariantId[positions.Length + 1];
        bool isPartial = false;
        for (int i = 0; i < packages.Length; i++)
        {
            int shape = reader.ReadInt();
            int variants = shape >> 1;
            int end = firstVariants[i].Number + variants;
            if ((uint)end > (uint)reader.Left)
            {
                throw reader.Origin.Damaged();
            }

            isPartial |= variants == 0;
            packages[i] = variants == 0 ? null : CompiledPackage.Stored(variants, hasIndexes: (shape & 1) != 0);
            firstVariants[i + 1] = new VariantId(end);
        }

        DependencyBuilder.Kind[] kinds = ReadDependencies(
            ref reader,
            strings,
            slots,
            out CompiledRequirement[] requirements
        );
        NumberedLists lists = ReadLists(ref reader, requirements.Length);
        int[] listOf = new int[firstVariants[^1].Number];
        for (int i = 0; i < listOf.Length; i++)
        {
            listOf[i] = reader.ReadInt();
            if (listOf[i] >= lists.Count)
            {
                throw reader.Origin.Damaged();
            }
        }

        VersionId[] versionOf = new VersionId[listOf.Length];
        for (int i = 0; i < packages.Length; i++)
        {
            versionOf.AsSpan(firstVariants[i].Number..firstVariants[i + 1].Number).Fill(new VersionId(i));
        }

        int words = Bits.WordsFor(listOf.Length);
        ulong[]? broken = ReadErrors(ref reader, strings, packages, firstVariants, versionOf, words);
        DependencyBuilder tables = new(requirements, kinds, lists, listOf, words, limits);
        return new CompiledFamily
        {
            Slot = slot,
            Listing = FamilyListing.Of(listed, positions),
            Packages = packages,
            IsPartial = isPartial,
            Edition = isPartial ? slot.NextEdition() : 0,
            VariantCount = listOf.Length,
            Words = words,
            HasWords = words <= limits.FewWords,
            FirstVariants = firstVariants,
            Versions = versionOf,
            Broken = broken,
            Dependencies = tables.Dependencies,
            Holders = tables.Holders,
            Rows = tables.Rows,
            RequirementHolders = tables.RequirementHolders,
            HolderSpans = tables.Spans,
            ListNumbers = listOf,
            Lists = tables.Lists,
        };
    }

    private static CompiledRequirement[] RequirementsOf(CompiledFamily family)
    {
        CompiledRequirement[] requirements = new CompiledRequirement[family.RequirementCount];
        foreach (CompiledRequirement requirement in family.Lists.Merged)
        {
            requirements[NumberOf(family, requirement).Number] = requirement;
        }

        return requirements;
    }

    private static RequirementId NumberOf(CompiledFamily family, CompiledRequirement requirement)
    {
        RequirementId number = Array.Find(family.Dependencies, d => d.Family == requirement.Slot.Id).Start;
        while (family.RowOf(number) != requirement.Row)
        {
            number++;
        }

        return number;
    }

    /// <summary>
    /// Whether the text of a requirement parses to the same requirement. The text of one merged from touching ranges
    /// may not.
    /// </summary>
    private static bool ReadsAsItself(Requirement requirement)
    {
        try
        {
            return RequirementTextComparer.Instance.Equals(Requirement.Parse(TextOf(requirement)), requirement);
        }
        catch (VersionSyntaxException)
        {
            return false;
        }
    }

    /// <summary>A text that parses to the same requirement, including its separator.</summary>
    private static string TextOf(Requirement requirement)
    {
        string text = requirement.ToString();
        int end = text.IndexOf(requirement.Name, StringComparison.Ordinal) + requirement.Name.Length;
        return requirement.Range is null || text.AsSpan(end).StartsWith([requirement.Separator])
            ? text
            : string.Concat(text.AsSpan(0, end), [requirement.Separator], text.AsSpan(end));
    }

    private static void WriteDependencies(
        FormatWriter writer,
        CompiledFamily family,
        CompiledRequirement[] requirements
    )
    {
        writer.WriteNumber(family.Dependencies.Length);
        foreach (Dependency dependency in family.Dependencies)
        {
            writer.WriteString(requirements[dependency.Start.Number].Slot.Name);
            writer.WriteNumber((dependency.HasOpenBounds ? 1 : 0) | (dependency.RangesFall ? 2 : 0));
            writer.WriteNumber(dependency.Count);
            writer.WriteNumber(dependency.CountAll);
            for (RequirementId number = dependency.Start; number < dependency.End; number++)
            {
                writer.WriteString(TextOf(requirements[number.Number].Value));
            }
        }
    }

    private static DependencyBuilder.Kind[] ReadDependencies(
        ref FormatReader reader,
        FormatStrings strings,
        SlotTable slots,
        out CompiledRequirement[] requirements
    )
    {
        List<CompiledRequirement> all = [];
        DependencyBuilder.Kind[] kinds = new DependencyBuilder.Kind[reader.ReadCount()];
        string before = "";
        for (int i = 0; i < kinds.Length; i++)
        {
            string name = strings.Read(ref reader);
            FamilySlot slot = slots.Get(name);
            int flags = reader.ReadInt();
            int conflicts = all.Count + reader.ReadInt();
            int end = all.Count + reader.ReadCount();
            bool isInOrder = CodePointOrder.Instance.Compare(before, name) < 0;
            if (!isInOrder || (uint)conflicts > (uint)end || end == all.Count)
            {
                throw reader.Origin.Damaged();
            }

            before = name;
            kinds[i] = new DependencyBuilder.Kind(
                all.Count,
                conflicts,
                end,
                HasOpenBounds: (flags & 1) != 0,
                RangesFall: (flags & 2) != 0
            );
            while (all.Count < end)
            {
                all.Add(slots.GetStoredRequirement(strings.Read(ref reader), slot));
            }
        }

        requirements = [.. all];
        return kinds;
    }

    private static void WriteLists(FormatWriter writer, CompiledFamily family, CompiledRequirement[] requirements)
    {
        Dictionary<CompiledRequirement, int> numbers = [];
        for (int number = 0; number < requirements.Length; number++)
        {
            numbers.Add(requirements[number], number);
        }

        int lists = family.Lists.Count;
        writer.WriteNumber(lists);
        for (int list = 0; list < lists; list++)
        {
            writer.WriteNumber(family.Lists.MergedOf(list).Length);
        }

        foreach (CompiledRequirement requirement in family.Lists.Merged)
        {
            writer.WriteNumber(numbers[requirement]);
        }

        for (VariantId variant = default; variant < family.End; variant++)
        {
            writer.WriteNumber(family.ListOf(variant));
        }
    }

    private static NumberedLists ReadLists(ref FormatReader reader, int requirements)
    {
        int[] starts = new int[reader.ReadCount() + 1];
        for (int list = 1; list < starts.Length; list++)
        {
            starts[list] = starts[list - 1] + reader.ReadCount();
            if ((uint)starts[list] > (uint)reader.Left)
            {
                throw reader.Origin.Damaged();
            }
        }

        int[] numbers = new int[starts[^1]];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = reader.ReadInt();
            if (numbers[i] >= requirements)
            {
                throw reader.Origin.Damaged();
            }
        }

        return new NumberedLists(starts, numbers);
    }

    private static void WriteErrors(FormatWriter writer, CompiledFamily family)
    {
        ReadOnlySpan<ulong> broken = family.Broken;
        writer.WriteNumber(Bits.Count(broken));
        foreach (int number in Bits.Members(broken))
        {
            VariantError error = family.ErrorOf(new VariantId(number));
            writer.WriteNumber(number);
            writer.WriteNumber((int)error.Kind);
            writer.WriteString(error.Message);
        }
    }

    private static ulong[]? ReadErrors(
        ref FormatReader reader,
        FormatStrings strings,
        CompiledPackage?[] packages,
        VariantId[] firstVariants,
        VersionId[] versionOf,
        int words
    )
    {
        int count = reader.ReadCount();
        if (count == 0)
        {
            return null;
        }

        ulong[] broken = new ulong[words];
        for (int i = 0; i < count; i++)
        {
            VariantId variant = new(reader.ReadInt());
            if (variant.Number >= versionOf.Length)
            {
                throw reader.Origin.Damaged();
            }

            VariantError error = new((ResolveErrorKind)reader.ReadInt(), strings.Read(ref reader));
            int number = versionOf[variant.Number].Number;
            packages[number] = packages[number]!.WithError(variant - firstVariants[number], error);
            Bits.Add(broken, variant.Number);
        }

        return broken;
    }
}
