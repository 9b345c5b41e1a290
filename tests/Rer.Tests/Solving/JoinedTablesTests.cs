using Rer.Compiling;
using Rer.Solving.Sets;
using Rer.Versions;

namespace Rer.Tests.Solving;

/// <summary>Joined tables, compared with the definitions that they come from.</summary>
public class JoinedTablesTests
{
    [Theory]
    [InlineData(20, 30)]
    [InlineData(150, 30)]
    [InlineData(40, 200)]
    [InlineData(250, 250)]
    public void Joined_tables_say_what_the_definitions_say(int versions, int others)
    {
        for (int seed = 0; seed < 10; seed++)
        {
            Random random = new(seed);
            Dictionary<int, string> requires = Enumerable
                .Range(1, versions)
                .Where(_ => random.Next(5) > 0)
                .ToDictionary(version => version, _ => RequirementOf(random, others));
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

    private static void Check<TSet>(
        CompiledFamily family,
        CompiledFamily other,
        JoinedTables joined,
        Dictionary<int, string> requires
    )
        where TSet : struct, IVariantSet<TSet>
    {
        ref readonly JoinedDependency dependency = ref joined.Dependencies[0];
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
                versions.Add(
                    int.Parse(
                        family.Listing.TextOf(new VersionId(variant)),
                        System.Globalization.CultureInfo.InvariantCulture
                    )
                );
            }
        }

        return versions;
    }

    private static string RequirementOf(Random random, int others)
    {
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
        MemoryPackageRepository packages = new([
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
        slots = CompiledRepository.Compile(packages).Catalogue.Slots;
        other = slots.Get("other").Family!;
        return slots.Get("family").Family!;
    }
}
