namespace Rer.Compiling;

/// <summary>How a compiled family stands in a <see cref="RepositoryFile"/>.</summary>
internal static class FamilyFormat
{
    internal static void Write(FileWriter writer, CompiledFamily family)
    {
        writer.Int(family.Listing.Count);
        foreach (string text in family.Listing.Texts)
        {
            writer.Text(text);
        }

        writer.Array<int>(family.Listing.Listed);
        writer.Array(family.Listing.Rows.Starts);
        writer.Array(family.Listing.Rows.Runs);
        writer.Array<long>(Array.ConvertAll(family.Packages, package => package!.Timestamp));
        writer.Array<bool>(Array.ConvertAll(family.Packages, package => package!.HasIndexes));
        writer.Int(family.HasWords ? 1 : 0);
        writer.Array<int>(family.FirstVariant);
        writer.Array<int>(family.ListOf);
        writer.Array<Dependency>(family.Dependencies);
        writer.Array<ulong>(family.Holders);
        writer.Array<int>(family.RequirementRow);
        writer.Array<ulong>(family.RequirementHolders);
        writer.Array<HolderSpan>(family.HolderSpans);
        WriteLists(writer, family.Lists);
        WriteErrors(writer, family);
    }

    internal static CompiledFamily Read(FileReader reader, FamilySlot slot, CompiledRepository repository)
    {
        string[] texts = new string[reader.Int()];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = reader.Text();
        }

        FamilyListing listing = FamilyListing.Of(
            texts,
            reader.Array<int>(),
            new RowRuns(reader.Array<int>(), reader.Array<(int, int)>())
        );
        long[] timestamps = reader.Array<long>();
        bool[] hasIndexes = reader.Array<bool>();
        bool hasWords = reader.Int() != 0;
        int[] firstVariant = reader.Array<int>();
        int[] listOf = reader.Array<int>();
        Dependency[] dependencies = reader.Array<Dependency>();
        ulong[] holders = reader.Array<ulong>();
        int[] requirementRow = reader.Array<int>();
        ulong[] requirementHolders = reader.Array<ulong>();
        HolderSpan[] holderSpans = reader.Array<HolderSpan>();
        RequirementLists lists = ReadLists(ref reader, repository);
        int words = Bits.WordsFor(listOf.Length);
        (int Variant, VariantError Error)[] errors = ReadErrors(ref reader);
        CompiledPackage[] packages = new CompiledPackage[texts.Length];
        int[] versionOf = new int[listOf.Length];
        for (int version = 0; version < packages.Length; version++)
        {
            int start = firstVariant[version];
            int count = firstVariant[version + 1] - start;
            versionOf.AsSpan(start, count).Fill(version);
            packages[version] = CompiledPackage.Of(
                hasIndexes[version],
                timestamps[version],
                count,
                errors
                    .Where(error => error.Variant >= start && error.Variant < start + count)
                    .Select(error => (error.Variant - start, error.Error))
            );
        }

        ulong[]? broken = errors.Length == 0 ? null : new ulong[words];
        foreach ((int variant, _) in errors)
        {
            Bits.Add(broken, variant);
        }

        return new CompiledFamily
        {
            Slot = slot,
            Listing = listing,
            Packages = packages,
            IsPartial = false,
            VariantCount = listOf.Length,
            Words = words,
            HasWords = hasWords,
            IsOneWord = hasWords && words == 1,
            FirstVariant = firstVariant,
            VersionOf = versionOf,
            Broken = broken,
            Dependencies = dependencies,
            Holders = holders,
            RequirementRow = requirementRow,
            RequirementHolders = requirementHolders,
            HolderSpans = holderSpans,
            ListOf = listOf,
            Lists = lists,
        };
    }

    private static void WriteLists(FileWriter writer, RequirementLists lists)
    {
        writer.Array<int>(lists.MergedStart);
        writer.Array<(int, int)>(Array.ConvertAll(lists.Merged, merged => (merged.Slot.Id, merged.Local)));
        writer.Array<int>(lists.ExtractedStart);
        writer.Array<(int, int)>(lists.Extracted);
        writer.Array<bool>(lists.HasConflicts);
    }

    private static RequirementLists ReadLists(ref FileReader reader, CompiledRepository repository) =>
        new()
        {
            MergedStart = reader.Array<int>(),
            Merged = Array.ConvertAll(
                reader.Array<(int Slot, int Local)>(),
                merged => repository.Slot(merged.Slot).Requirement(merged.Local)
            ),
            ExtractedStart = reader.Array<int>(),
            Extracted = reader.Array<(int, int)>(),
            HasConflicts = reader.Array<bool>(),
        };

    private static void WriteErrors(FileWriter writer, CompiledFamily family)
    {
        int count = family.Broken is null ? 0 : Bits.Count(family.Broken);
        writer.Int(count);
        for (int variant = 0; count > 0 && variant < family.VariantCount; variant++)
        {
            if (Bits.Contains(family.Broken, variant))
            {
                VariantError error = family.ErrorOf(variant);
                writer.Int(variant);
                writer.Int((int)error.Kind);
                writer.Text(error.Message);
            }
        }
    }

    private static (int Variant, VariantError Error)[] ReadErrors(ref FileReader reader)
    {
        (int, VariantError)[] errors = new (int, VariantError)[reader.Int()];
        for (int i = 0; i < errors.Length; i++)
        {
            errors[i] = (reader.Int(), new VariantError((ResolveErrorKind)reader.Int(), reader.Text()));
        }

        return errors;
    }
}
