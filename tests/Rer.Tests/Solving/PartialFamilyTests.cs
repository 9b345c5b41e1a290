namespace Rer.Tests.Solving;

/// <summary>
/// Families of which only some versions are loaded, solved repeatedly while more are loaded. The answers equal those of
/// a repository compiled at once. Joined tables are valid only for one compilation of the required family.
/// </summary>
public class PartialFamilyTests
{
    [Fact]
    public void Answers_do_not_depend_on_what_is_loaded()
    {
        for (int seed = 0; seed < 12; seed++)
        {
            Random random = new(seed);
            MemoryPackageRepository packages = Draw(random);
            CompiledRepository reached = new(packages);
            CompiledRepository atOnce = CompiledRepository.Compile(packages);
            FastResolver engine = new();
            for (int i = 0; i < 60; i++)
            {
                string[] request =
                [
                    .. Enumerable
                        .Range(0, 1 + random.Next(3))
                        .Select(_ => Requirement(random, random.Next(8)))
                        .Distinct(),
                ];
                TextOf(engine.Resolve(request, reached))
                    .ShouldBe(TextOf(engine.Resolve(request, atOnce)), $"seed {seed}: {string.Join(' ', request)}");
            }
        }
    }

    private static string TextOf(ResolveResult result) =>
        result switch
        {
            SolvedResult solved => string.Join(' ', solved.Packages) + $" in {solved.Statistics.NumSolves}",
            FailedResult failed => failed.Failure.Description + $" in {failed.Statistics.NumSolves}",
            _ => result.ToString()!,
        };

    private static string Requirement(Random random, int family) =>
        random.Next(6) switch
        {
            0 => $"f{family}",
            1 => $"!f{family}-{1 + random.Next(12)}",
            2 => $"f{family}-{1 + random.Next(12)}+",
            3 => $"f{family}-{1 + random.Next(6)}..{7 + random.Next(6)}",
            _ => $"f{family}-{1 + random.Next(12)}",
        };

    /// <summary>Families that require later ones, mostly in narrow ranges.</summary>
    private static MemoryPackageRepository Draw(Random random) =>
        new([
            .. from family in Enumerable.Range(0, 8)
            from version in Enumerable.Range(1, 12)
            select (
                $"f{family}",
                $"{version}",
                new PackageDefinition
                {
                    Requires =
                    [
                        .. Enumerable
                            .Range(family + 1, 7 - family)
                            .Where(_ => random.Next(2) == 0)
                            .Select(other => Requirement(random, other)),
                    ],
                }
            ),
        ]);
}
