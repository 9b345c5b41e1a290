using System.Globalization;
using Rer.Compiling;
using Rer.Solving.Sets;
using Rer.Versions;

namespace Rer.Tests.Solving;

/// <summary>Joined tables, compared with the definitions that they come from.</summary>
public class JoinedTablesTests
{
    private static readonly CultureInfo s_culture = CultureInfo.InvariantCulture;

    [Theory]
    [InlineData(20, 30)]
    [InlineData(150, 30)]
    [InlineData(40, 200)]
    [InlineData(250, 250)]
    public void Joined_tables_agree_with_the_definitions(int versions, int others)
    {
        for (int seed = 0; seed < 10; seed++)
        {
            Random random = new(seed);
            bool areBroad = seed % 2 == 0;
            Dictionary<int, string> requires = Enumerable
                .Range(1, versions)
                .Where(_ => random.Next(5) > 0)
                .ToDictionary(version => version, _ => RequirementOf(random, others, areBroad));
            CompiledFamily family = Compile(versions, others, requires, out CompiledFamily other, out SlotTable slots);
            JoinedTables joined = JoinedTables.Of(family, slots).ShouldNotBeNull();
            ref readonly JoinedDependency dependency = ref joined.Dependencies[0];
            if (dependency.AreWords)
            {
                Check<WordSet>(family, other, joined, requires);
            }
            else if (dependency.TargetWords > 0)
            {
                Check<VectorSet>(family, other, joined, requires);
            }
        }
    }

    /// <summary>As long as only some versions of a family are loaded, tables are valid for these.</summary>
    [Theory]
    [InlineData(20, 30)]
    [InlineData(150, 100)]
    public void Requirements_that_reach_beyond_what_is_loaded_are_known(int versions, int others)
    {
        for (int seed = 0; seed < 10; seed++)
        {
            Random random = new(seed);
            Dictionary<int, string> requires = Enumerable
                .Range(1, versions)
                .ToDictionary(version => version, _ => RequirementOf(random, others));
            Catalogue catalogue = new CompiledRepository(RepositoryOf(versions, others, requires)).Catalogue;
            catalogue.Families.LoadAll(catalogue.Slots.Get("family"), []);
            CompiledFamily family = catalogue.Slots.Get("family").Family!;
            CompiledFamily none = catalogue.Families.GetFamily(catalogue.Slots.Get("other"));
            ulong[] loaded = new ulong[none.VersionWords];
            Bits.AddRange(loaded, others / 4, others / 2);
            CompiledFamily other = catalogue.Families.Load(none, loaded);

            JoinedTables joined = JoinedTables.Of(family, catalogue.Slots).ShouldNotBeNull();

            joined.IsWhole.ShouldBeFalse();
            ref readonly JoinedDependency dependency = ref joined.Dependencies[0];
            ((int)dependency.TargetWords).ShouldBePositive();
            ((int)dependency.TargetEdition).ShouldBe(other.Edition);
            IEnumerable<int> beyond = requires
                .Where(item =>
                    Requirement.Parse(item.Value) is { Conflict: false } requirement
                    && VersionsOf(other)
                        .Where((version, number) => Allows(requirement, version) && !Bits.Contains(loaded, number))
                        .Any()
                )
                .Select(item => item.Key)
                .OrderDescending();
            (
                dependency.AreWords
                    ? Members(family, joined.Beyond<WordSet>(dependency))
                    : Members(family, joined.Beyond<VectorSet>(dependency))
            ).ShouldBe(beyond);
        }
    }

    /// <summary>A requirement that bits cannot express is not joined: rez's union of a range that excludes its lower
    /// bound may be too wide.</summary>
    [Theory]
    [InlineData("other>1", 0)]
    [InlineData("other-1+", 1)]
    [InlineData(".e-1+", 0)]
    public void A_requirement_is_joined_if_bits_express_it(string requirement, int words)
    {
        CompiledFamily family = Compile(2, 3, new() { [1] = requirement }, out _, out SlotTable slots);

        JoinedTables joined = JoinedTables.Of(family, slots).ShouldNotBeNull();

        ((int)joined.Dependencies[0].TargetWords).ShouldBe(words);
        joined.Dependencies[0].Holders.ShouldBe(0b10UL); // version 1 comes second
        joined.IsWhole.ShouldBeTrue();
    }

    [Fact]
    public void Splits_and_the_end_of_a_solve_find_what_they_need()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            Random random = new(seed);
            // For each version, for each of its variants, the families that it requires, and those that it excludes.
            Dictionary<string, string[][]> variants = Enumerable
                .Range(1, 12)
                .ToDictionary(
                    version => $"{version}",
                    _ => Enumerable.Range(0, 1 + random.Next(4)).Select(_ => RequirementsOf(random)).ToArray()
                );
            MemoryPackageRepository packages = new([
                .. variants.Select(item =>
                    ("family", item.Key, new PackageDefinition { Variants = [.. item.Value.Select(list => list)] })
                ),
                .. "abcde".Select(name => ($"{name}", "1", new PackageDefinition())),
            ]);
            SlotTable slots = CompiledRepository.Compile(packages).Catalogue.Slots;
            CompiledFamily family = slots.Get("family").Family!;

            JoinedTables joined = JoinedTables.Of(family, slots).ShouldNotBeNull();

            ulong starts = 0;
            VariantId variant = default;
            foreach (
                (string version, string[][] lists) in variants.OrderByDescending(item => int.Parse(item.Key, s_culture))
            )
            {
                starts |= 1UL << variant.Number;
                for (int i = 0; i < lists.Length; i++, variant++)
                {
                    ref readonly JoinedVariant found = ref joined[variant];
                    found.Resolved.ShouldBe(new ResolvedPackage("family", version, i));
                    Array
                        .ConvertAll(found.Required, id => slots[id].Name)
                        .ShouldBe(lists[i].Where(text => text[0] != '!').Order(StringComparer.Ordinal));
                }
            }

            joined.VersionStarts.ShouldBe(starts);
        }
    }

    private static string[] RequirementsOf(Random random)
    {
        string[] names = ["a", "b", "c", "d", "e"];
        random.Shuffle(names);
        return [.. names.Take(random.Next(6)).Select(name => random.Next(4) == 0 ? $"!{name}-2" : name)];
    }

    private static void Check<TSet>(
        CompiledFamily family,
        CompiledFamily other,
        JoinedTables joined,
        Dictionary<int, string> requires
    )
        where TSet : struct, IVariantSet<TSet>
    {
        ref readonly JoinedDependency dependency = ref joined.Dependencies[0];
        IEnumerable<int> holders = requires
            .Where(item => !Requirement.Parse(item.Value).Conflict)
            .Select(item => item.Key)
            .OrderDescending();
        if (TSet.Width > 1)
        {
            Members(family, joined.Holders<TSet>(dependency)).ShouldBe(holders);
        }

        // Its first word has the latest versions.
        Members(family, TSet.OfWord(dependency.Holders))
            .ShouldBe(holders.Where(version => family.Listing.Count - version < 64));
        HashSet<string> seen = [];
        for (int r = 0; r < dependency.CountAll; r++)
        {
            int at = dependency.Start + 2 * TSet.Width * r;
            string[] texts =
            [
                .. Members(family, TSet.At(joined.Words, at)).Select(version => requires[version]).Distinct(),
            ];
            var requirement = Requirement.Parse(texts.ShouldHaveSingleItem());
            seen.Add(texts[0]).ShouldBeTrue();
            requirement.Conflict.ShouldBe(r >= dependency.Count);
            Members(other, TSet.At(joined.Words, at + TSet.Width))
                .ShouldBe(VersionsOf(other).Where(version => Allows(requirement, version)));
        }

        seen.ShouldBe(requires.Values.Distinct(), ignoreOrder: true);
        Members(other, joined.Common<TSet>(dependency))
            .ShouldBe(VersionsOf(other).Where(version => seen.All(text => Allows(Requirement.Parse(text), version))));
    }

    private static bool Allows(Requirement requirement, int version) =>
        requirement.Range!.Contains(Rer.Versions.Version.Parse($"{version}")) != requirement.Conflict;

    private static IEnumerable<int> VersionsOf(CompiledFamily family) =>
        Enumerable.Range(1, family.Listing.Count).Reverse();

    /// <summary>The versions of a set of variants, latest first. Each version has one variant.</summary>
    private static List<int> Members<TSet>(CompiledFamily family, TSet set)
        where TSet : struct, IVariantSet<TSet>
    {
        ulong[] words = new ulong[TSet.Width];
        set.CopyTo(words);
        List<int> versions = [];
        foreach (int variant in Bits.Members(words))
        {
            if (variant < family.VariantCount)
            {
                versions.Add(int.Parse(family.Listing.TextOf(new VersionId(variant)), s_culture));
            }
        }

        return versions;
    }

    /// <summary>Broad requirements have versions in common.</summary>
    private static string RequirementOf(Random random, int others, bool areBroad = false)
    {
        if (areBroad)
        {
            int bound = random.Next(1, others / 4);
            return random.Next(2) == 0 ? $"other-{bound}+" : $"!other-{others - bound}+";
        }

        int low = random.Next(1, others + 1);
        return random.Next(4) switch
        {
            0 => $"other-{low}",
            1 => $"other-{low}+",
            2 => $"other-{low}+<{low + random.Next(1, 9)}",
            _ => $"!other-{low}+",
        };
    }

    private static CompiledFamily Compile(
        int versions,
        int others,
        Dictionary<int, string> requires,
        out CompiledFamily other,
        out SlotTable slots
    )
    {
        slots = CompiledRepository.Compile(RepositoryOf(versions, others, requires)).Catalogue.Slots;
        other = slots.Get("other").Family!;
        return slots.Get("family").Family!;
    }

    private static MemoryPackageRepository RepositoryOf(int versions, int others, Dictionary<int, string> requires) =>
        new([
            .. Enumerable.Range(1, others).Select(version => ("other", $"{version}", new PackageDefinition())),
            .. Enumerable
                .Range(1, versions)
                .Select(version =>
                    (
                        "family",
                        $"{version}",
                        new PackageDefinition
                        {
                            Requires = requires.TryGetValue(version, out string? requirement) ? [requirement] : [],
                        }
                    )
                ),
        ]);
}
