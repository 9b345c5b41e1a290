using Rer.Compiling;
using Rer.Solving.Sets;

namespace Rer.Tests.Solving;

/// <summary>
/// The common part of many requests, computed from the first and the last, compared with looking at each.
/// </summary>
public class FallingRangesTests
{
    [Fact]
    public void Falling_ranges_give_the_same_as_each_range_by_itself()
    {
        int falling = 0;
        for (int seed = 0; seed < 60; seed++)
        {
            Random random = new(seed);
            (CompiledFamily family, CompiledFamily required) = Families(random);
            Dependency dependency = family.Dependencies.Single();
            if (!dependency.RangesFall)
            {
                continue;
            }

            falling++;
            required.EnsureRow(dependency.LastRow);
            for (int i = 0; i < 40; i++)
            {
                ulong[] slice = Draw(random, family.VariantCount, family.Words);
                ulong[] other = Draw(random, required.VariantCount, required.Words);
                (int start, int length) = Bits.Window(slice);
                LivePart live = new(slice.AsSpan(start, length), start);
                FallingRanges ranges = new(family, live, required);

                ulong[] whole = UnionOf(family, dependency, slice, required);
                int from = random.Next(required.Words);
                int to = random.Next(from, required.Words) + 1;
                ulong[] union = new ulong[to - from];
                ranges.UniteRows(dependency, union, from);
                union.ShouldBe(whole[from..to], $"seed {seed}");

                (int otherStart, int otherLength) = Bits.Window(other);
                ulong[] conflicting = new ulong[length];
                ranges.AddConflicting(
                    dependency,
                    family.HoldersOf(new DependencyId(0)),
                    new LivePart(other.AsSpan(otherStart, otherLength), otherStart),
                    conflicting
                );
                Bits.And(conflicting, live.Words);
                conflicting.ShouldBe(
                    ConflictingWith(family, dependency, slice, required, other)[start..(start + length)],
                    $"seed {seed}"
                );
            }
        }

        falling.ShouldBeGreaterThan(30);
    }

    /// <summary>
    /// Ranges fall if those of later variants begin and end no earlier, and if the variants with the same range are
    /// adjacent.
    /// </summary>
    [Fact]
    public void Falling_ranges_are_recognised()
    {
        int falling = 0;
        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            List<(int Low, int High)> ranges = [];
            (int low, int high) = (100, 110);
            for (int i = 0; i < 40; i++)
            {
                low -= random.Next(3);
                high -= random.Next(3);
                ranges.AddRange(Enumerable.Repeat((low, Math.Max(low + 1, high)), random.Next(1, 3)));
            }

            if (random.Next(2) == 0)
            {
                // One of them is elsewhere, or begins or ends later.
                int at = random.Next(ranges.Count);
                (low, high) = ranges[at];
                ranges[at] = random.Next(3) switch
                {
                    0 => ranges[random.Next(ranges.Count)],
                    1 => (low, high + random.Next(4)),
                    _ => (Math.Min(low + random.Next(4), high - 1), high),
                };
            }

            Dependency dependency = DependencyOf(ranges);

            dependency.RangesFall.ShouldBe(AreFalling(ranges), $"seed {seed}");
            falling += dependency.RangesFall ? 1 : 0;
        }

        falling.ShouldBeInRange(70, 150);
    }

    private static bool AreFalling(List<(int Low, int High)> ranges)
    {
        List<(int Low, int High)> stretches = [.. ranges.Where((range, i) => i == 0 || ranges[i - 1] != range)];
        return stretches.Distinct().Count() == stretches.Count
            && stretches
                .Zip(stretches.Skip(1))
                .All(pair => pair.Second.Low <= pair.First.Low && pair.Second.High <= pair.First.High);
    }

    /// <summary>The only dependency of a family whose versions, latest first, require these ranges.</summary>
    private static Dependency DependencyOf(List<(int Low, int High)> ranges)
    {
        MemoryPackageRepository packages = new([
            ("other", "1", new PackageDefinition()),
            .. ranges.Select(
                (range, i) =>
                    (
                        "family",
                        $"{ranges.Count - i}",
                        new PackageDefinition { Requires = [$"other-{range.Low}+<{range.High}"] }
                    )
            ),
        ]);
        return CompiledRepository.Compile(packages).Catalogue.Slots.Get("family").Family!.Dependencies.Single();
    }

    private static ulong[] UnionOf(
        CompiledFamily family,
        in Dependency dependency,
        ulong[] slice,
        CompiledFamily required
    )
    {
        ulong[] union = new ulong[required.Words];
        for (RequirementId r = dependency.Start; r < dependency.Conflicts; r++)
        {
            if (family.IsHeld(r, slice, 0))
            {
                required.AddRow(family.RowOf(r), union, 0);
            }
        }

        return union;
    }

    private static ulong[] ConflictingWith(
        CompiledFamily family,
        in Dependency dependency,
        ulong[] slice,
        CompiledFamily required,
        ulong[] other
    )
    {
        ulong[] conflicting = new ulong[family.Words];
        for (RequirementId r = dependency.Start; r < dependency.Conflicts; r++)
        {
            if (!required.RowIntersects(family.RowOf(r), other, 0))
            {
                family.HoldersOf(r).AddTo(conflicting, 0);
            }
        }

        Bits.And(conflicting, slice);
        return conflicting;
    }

    /// <summary>A few adjacent members, or many; at least one.</summary>
    private static ulong[] Draw(Random random, int count, int words)
    {
        ulong[] set = new ulong[words];
        int from = random.Next(count);
        int to = random.Next(3) == 0 ? count : Math.Min(count, from + random.Next(1, 20));
        for (int member = from; member < to; member++)
        {
            if (member == from || random.Next(3) > 0)
            {
                Bits.Add(set, member);
            }
        }

        return set;
    }

    /// <summary>A family in which each version requires the next range of another.</summary>
    private static (CompiledFamily Family, CompiledFamily Required) Families(Random random)
    {
        int versions = random.Next(20, 300);
        int others = random.Next(5, 200);
        List<(string, string, PackageDefinition)> packages =
        [
            .. Enumerable.Range(1, others).Select(version => ("other", $"{version}", new PackageDefinition())),
        ];
        int low = 1;
        int high = 1 + random.Next(3);
        for (int version = 1; version <= versions; version++)
        {
            low += random.Next(3) == 0 ? random.Next(3) : 0;
            high = Math.Max(Math.Max(low + 1, high), low + random.Next(1, 6));
            bool isFree = random.Next(8) == 0; // some require nothing
            packages.Add(
                ("family", $"{version}", new PackageDefinition { Requires = isFree ? [] : [$"other-{low}+<{high}"] })
            );
        }

        Catalogue catalogue = CompiledRepository.Compile(new MemoryPackageRepository(packages)).Catalogue;
        return (catalogue.Slots.Get("family").Family!, catalogue.Slots.Get("other").Family!);
    }
}
