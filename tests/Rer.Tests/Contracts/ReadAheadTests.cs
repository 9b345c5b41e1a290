using System.Collections.Concurrent;
using Rer.Insights;
using Rer.Tests.Engines;

namespace Rer.Tests.Contracts;

/// <summary>
/// An engine may announce what it reads next, so that a repository can read several things at a time. This changes no
/// answer.
/// </summary>
public class ReadAheadTests
{
    private const int Families = 12;
    private const int Versions = 12;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Exactly_what_was_announced_is_then_read(bool atHand)
    {
        ForetoldRepository repository = new(Repository(), atHand);

        ResolveResult result = new FastResolver().Resolve(["top"], repository);

        Text(result).ShouldBe(Text(AllEngines.Resolver("reference").Resolve(["top"], Repository())));
        result.ShouldBeOfType<SolvedResult>().Packages.Count.ShouldBe(2 * Families + 1);
        string[] read = [.. repository.Read.Distinct()];
        read.Length.ShouldBe(2 * Families * Versions + 1);
        repository.Foretold.Distinct().ShouldBe(read, ignoreOrder: true);
        // The families of the request are not announced. Those that one round lists are, if there are several.
        repository.ForetoldFamilies.ShouldBe(repository.Listed.Where(name => name is not "top"), ignoreOrder: true);
        if (!atHand)
        {
            // Other threads read only what the repository reports as ready on those threads.
            repository.Threads.Distinct().ShouldBe([Environment.CurrentManagedThreadId]);
        }
    }

    [Theory]
    [InlineData("b03", "b03-5: cannot be read", false)]
    [InlineData("b03", "b03-5: cannot be read", true)]
    [InlineData("b03 b07", "b03-5: cannot be read", true)] // rez meets the first of two faults
    public void Faults_are_met_in_order(string faulty, string expected, bool atHand)
    {
        ForetoldRepository repository = new(Repository(), atHand, faulty.Split(' '));

        ResolveResult result = new FastResolver().Resolve(["top"], repository);

        result.ShouldBeOfType<ErrorResult>().Message.ShouldBe(expected);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_fault_after_a_missing_package_is_not_met(bool atHand)
    {
        ForetoldRepository repository = new(Repository(missing: "b02"), atHand, "b03");

        ResolveResult result = new FastResolver().Resolve(["top"], repository);

        Text(result).ShouldBe(Text(AllEngines.Resolver("reference").Resolve(["top"], Repository(missing: "b02"))));
        result.ShouldNotBeOfType<SolvedResult>();
    }

    [Fact]
    public void A_world_with_more_packages_passes_announcements_on()
    {
        ForetoldRepository source = new(Repository(), atHand: true);
        ForetoldRepository added = new(
            new MemoryPackageRepository([
                ("a00", "99", new PackageDefinition()),
                ("new", "1", new PackageDefinition()),
            ]),
            atHand: true
        );
        WithPackages world = new(source, added);
        ConcurrentBag<int> atHand = [];

        world.PrepareFamilies(["a00", "new"]);
        world.Prepare([("a00", "1"), ("new", "1"), ("a00", "99"), ("b00", "2")], atHand.Add);

        source.ForetoldFamilies.ShouldContain("a00");
        added.ForetoldFamilies.ShouldBe(["a00", "new"], ignoreOrder: true);
        source.Foretold.ShouldBe(["a00-1", "b00-2"], ignoreOrder: true);
        added.Foretold.ShouldBe(["new-1", "a00-99"], ignoreOrder: true);
        atHand.ShouldBe([0, 1, 2, 3], ignoreOrder: true);
    }

    /// <summary>
    /// <c>top</c> requires every <c>a</c>, and each of these requires its <c>b</c>, so two rounds bring in all of them.
    /// </summary>
    private static MemoryPackageRepository Repository(string missing = "")
    {
        List<(string, string, PackageDefinition)> packages = [];
        string[] names = [.. Enumerable.Range(0, Families).Select(i => $"{i:00}")];
        packages.Add(("top", "1", new PackageDefinition { Requires = [.. names.Select(name => $"a{name}")] }));
        foreach (string name in names)
        {
            for (int version = 0; version < Versions; version++)
            {
                string range = missing == $"b{name}" ? "-99" : "";
                packages.Add(
                    (
                        $"a{name}",
                        $"{version}",
                        new PackageDefinition { Requires = [$"b{name}{range}", $"!b00-{version}.1"] }
                    )
                );
                packages.Add(
                    (
                        $"b{name}",
                        $"{version}",
                        new PackageDefinition
                        {
                            Variants =
                            [
                                [],
                                ["~top-1"],
                            ],
                        }
                    )
                );
            }
        }
        return new MemoryPackageRepository(packages);
    }

    private static string Text(ResolveResult result) =>
        result switch
        {
            SolvedResult solved => string.Join(' ', solved.Packages),
            FailedResult failed => failed.Failure.Description,
            _ => result.ShouldBeOfType<ErrorResult>().Message,
        };

    private sealed class ForetoldRepository(IPackageRepository inner, bool atHand, params string[] faulty)
        : IPackageRepository
    {
        public ConcurrentBag<string> Listed { get; } = [];

        public ConcurrentBag<string> Read { get; } = [];

        public ConcurrentBag<string> Foretold { get; } = [];

        public ConcurrentBag<string> ForetoldFamilies { get; } = [];

        public ConcurrentBag<int> Threads { get; } = [];

        public IReadOnlyList<string> SearchPaths => inner.SearchPaths;

        public IEnumerable<string> GetFamilies() => inner.GetFamilies();

        public IReadOnlyList<string> GetVersions(string family)
        {
            Threads.Add(Environment.CurrentManagedThreadId);
            Listed.Add(family);
            return inner.GetVersions(family);
        }

        public PackageDefinition GetDefinition(string family, string version)
        {
            Threads.Add(Environment.CurrentManagedThreadId);
            Read.Add($"{family}-{version}");
            return version == "5" && faulty.Contains(family)
                ? throw new PackageDataException($"{family}-{version}: cannot be read")
                : inner.GetDefinition(family, version);
        }

        public void PrepareFamilies(IReadOnlyList<string> families)
        {
            foreach (string family in families)
            {
                ForetoldFamilies.Add(family);
            }
        }

        public void Prepare(IReadOnlyList<(string Family, string Version)> packages, Action<int>? whenReady)
        {
            foreach ((string family, string version) in packages)
            {
                Foretold.Add($"{family}-{version}");
            }
            if (atHand && whenReady is not null)
            {
                Parallel.For(0, packages.Count, whenReady);
            }
        }
    }
}
