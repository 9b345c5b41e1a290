using Rer.Compiling;
using Rer.Versions;
using static Rer.Tests.Solving.DrawnSets;

namespace Rer.Tests.Solving;

/// <summary>Runs of versions and stretches of words, compared with plain sets of numbers.</summary>
public class RowRunsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(200)]
    public void Runs_are_the_versions_that_a_requirement_allows(int versions)
    {
        FamilyListing listing = ListingOf(versions);
        Random random = new(versions);
        RowRuns rows = new();
        List<Requirement> known = [];
        for (int i = 0; i < 300; i++)
        {
            known.Add(Requirement.Parse(RequirementOf(random, versions)));
            rows.Add(known[i], listing);
        }

        rows.Count.ShouldBe(known.Count);
        for (int i = 0; i < known.Count; i++)
        {
            List<int> members = [];
            foreach ((VersionId first, VersionId end) in rows.Of(new RowId(i)))
            {
                (first < end).ShouldBeTrue();
                // Neighbouring runs are separate where the range's bounds are. None overlaps the one before.
                first.Number.ShouldBeGreaterThanOrEqualTo(members.Count == 0 ? 0 : members[^1] + 1);
                members.AddRange(Enumerable.Range(first.Number, end.Number - first.Number));
            }

            Requirement requirement = known[i];
            members.ShouldBe(
                Enumerable
                    .Range(0, listing.Count)
                    .Where(version =>
                        requirement.Range!.Contains(Rer.Versions.Version.Parse(listing.TextOf(new VersionId(version))))
                        != requirement.Conflict
                    ),
                requirement.ToString()
            );
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void Stretches_are_sets(int words)
    {
        Random random = new(words);
        for (int i = 0; i < 500; i++)
        {
            (ulong[] a, SortedSet<int> setA) = Draw(random, words);
            (ulong[] b, SortedSet<int> setB) = Draw(random, words);
            (int start, int length) = Bits.Window(a);
            Stretch stretch = new(start, a.AsSpan(start, length));
            int from = random.Next(words);
            int to = random.Next(from, words + 1);
            IEnumerable<int> within = setA.Where(bit => bit >= from * 64 && bit < to * 64);

            stretch.Intersects(b.AsSpan(from..to), from).ShouldBe(within.Any(setB.Contains));
            ulong[] changed = [.. b];
            stretch.AddTo(changed.AsSpan(from..to), from);
            SetOf(changed).ShouldBe(setB.Union(within).Order());
            int[] numbers = [.. Enumerable.Range(0, words * 64).Select(_ => random.Next(1000))];
            stretch.Least(numbers).ShouldBe(setA.Select(bit => numbers[bit]).DefaultIfEmpty(int.MaxValue).Min());
            for (int bit = 0; bit < words * 64; bit++)
            {
                stretch.Contains(bit).ShouldBe(setA.Contains(bit));
            }
        }
    }

    private static string RequirementOf(Random random, int versions)
    {
        IEnumerable<string> ranges = Enumerable
            .Range(0, random.Next(1, 4))
            .Select(_ =>
            {
                int low = random.Next(0, versions + 2);
                return random.Next(7) switch
                {
                    0 => $"{low}",
                    1 => $"=={low}",
                    2 => $"{low}+",
                    3 => $"<{low + 1}",
                    4 => $">{low}",
                    5 => $"<={low}",
                    _ => $"{low}+<{low + random.Next(1, 9)}",
                };
            });
        string text = string.Join('|', ranges);
        return (random.Next(3) == 0 ? "!family" : "family") + (text[0] is '=' or '<' or '>' ? "" : "-") + text;
    }

    private static FamilyListing ListingOf(int versions)
    {
        MemoryPackageRepository packages = new([
            .. Enumerable.Range(1, versions).Select(version => ("family", $"{version}", new PackageDefinition())),
        ]);
        return CompiledRepository.Compile(packages).Catalogue.Slots.Get("family").Family!.Listing;
    }
}
