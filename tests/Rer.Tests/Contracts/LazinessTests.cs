using System.Collections.Concurrent;
using Rer.Tests.Engines;

namespace Rer.Tests.Contracts;

/// <summary>
/// rez's guarantee: a definition that a solve does not reach is not loaded. It may be slow or broken.
/// </summary>
public class LazinessTests
{
    [Theory]
    [MemberData(nameof(AllEngines.Names), MemberType = typeof(AllEngines))]
    public void Only_what_an_intersection_reaches_is_read_and_only_once(string engine)
    {
        CountingRepository repository = new(
            Packages.Of(
                """
                {
                  "foo": {"1": {"requires": ["bar-1"]}, "2": {"requires": ["far"]}},
                  "bar": {"1": {}, "1.5": {}, "2": {"requires": ["far"]}},
                  "far": {"1": {}}
                }
                """
            )
        );

        AllEngines.Resolver(engine).Resolve(["foo-1", "~far-1"], repository).ShouldBeOfType<SolvedResult>();

        repository.Listed.ShouldBe(["bar", "foo"], ignoreOrder: true);
        repository.Read.ShouldBe(["bar-1", "bar-1.5", "foo-1"], ignoreOrder: true);
    }

    private sealed class CountingRepository(IPackageRepository inner) : IPackageRepository
    {
        public ConcurrentBag<string> Listed { get; } = [];

        public ConcurrentBag<string> Read { get; } = [];

        public IReadOnlyList<string> SearchPaths => inner.SearchPaths;

        public IEnumerable<string> GetFamilies() => inner.GetFamilies();

        public IReadOnlyList<string> GetVersions(string family)
        {
            Listed.Add(family);
            return inner.GetVersions(family);
        }

        public PackageDefinition GetDefinition(string family, string version)
        {
            Read.Add($"{family}-{version}");
            return inner.GetDefinition(family, version);
        }
    }
}
