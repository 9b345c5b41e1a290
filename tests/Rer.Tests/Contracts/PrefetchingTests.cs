namespace Rer.Tests.Contracts;

public sealed class PrefetchingTests
{
    private static readonly MemoryPackageRepository s_packages = new([
        ("python", "3.10", new()),
        ("python", "3.11", new()),
        .. Enumerable.Range(0, 30).Select(i => ($"tool{i}", "1", new PackageDefinition { Requires = ["python-3.11"] })),
        ("app", "1", new() { Requires = [.. Enumerable.Range(0, 30).Select(i => $"tool{i}")] }),
    ]);

    [Fact]
    public void Answers_are_those_of_the_same_packages_in_memory()
    {
        var slow = new SlowRepository(s_packages);

        ResolveResult result = new FastResolver().Resolve(["app"], new PrefetchingRepository(slow));

        result.ToString().ShouldBe(new FastResolver().Resolve(["app"], s_packages).ToString());
        result.ShouldBeOfType<SolvedResult>().Packages.Count.ShouldBe(32);
        // The engine announces what comes next, and it is requested concurrently.
        slow.MostAtOnce.ShouldBeInRange(4, 16);
    }

    [Fact]
    public async Task What_was_prefetched_is_not_asked_for_again()
    {
        var slow = new SlowRepository(s_packages);
        var repository = new PrefetchingRepository(slow, maxConcurrency: 5);

        await repository.PrefetchAllAsync(TestContext.Current.CancellationToken);
        int asked = slow.Asked;
        var compiled = CompiledRepository.Compile(repository);
        new FastResolver().Resolve(["app"], compiled).ShouldBeOfType<SolvedResult>();

        slow.Asked.ShouldBe(asked);
        slow.Asked.ShouldBe(1 + 32 + 33);
        slow.MostAtOnce.ShouldBe(5);
    }

    [Fact]
    public async Task Errors_are_reported_to_the_solve_that_needs_the_package()
    {
        var slow = new SlowRepository(s_packages) { Broken = "tool3" };
        var repository = new PrefetchingRepository(slow);

        await repository.PrefetchAllAsync(TestContext.Current.CancellationToken);

        new FastResolver().Resolve(["tool4"], repository).ShouldBeOfType<SolvedResult>();
        ErrorResult error = new FastResolver().Resolve(["app"], repository).ShouldBeOfType<ErrorResult>();
        error.Kind.ShouldBe(ResolveErrorKind.PackageData);
        error.Message.ShouldContain("the line to tool3 is down");
    }

    [Fact]
    public async Task Its_lifetime_cancels_requests()
    {
        using var lifetime = new CancellationTokenSource();
        var repository = new PrefetchingRepository(
            new SlowRepository(s_packages) { Delay = Timeout.InfiniteTimeSpan },
            lifetime: lifetime.Token
        );

        Task prefetch = repository.PrefetchAllAsync(TestContext.Current.CancellationToken);
        lifetime.Cancel();

        await Should.ThrowAsync<OperationCanceledException>(prefetch);
    }

    /// <summary>Packages that take time to load. Counts concurrent calls.</summary>
    private sealed class SlowRepository(IPackageRepository packages) : IAsyncPackageRepository
    {
        private int _now;
        private int _asked;
        private int _most;

        public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(5);
        public string? Broken { get; init; }
        public int Asked => _asked;
        public int MostAtOnce => _most;
        public IReadOnlyList<string> SearchPaths => packages.SearchPaths;

        public Task<IReadOnlyList<string>> GetFamiliesAsync(CancellationToken cancellationToken) =>
            AfterAWait<IReadOnlyList<string>>(() => [.. packages.GetFamilies()], cancellationToken);

        public Task<IReadOnlyList<string>> GetVersionsAsync(string family, CancellationToken cancellationToken) =>
            AfterAWait(() => packages.GetVersions(family), cancellationToken);

        public Task<PackageDefinition> GetDefinitionAsync(
            string family,
            string version,
            CancellationToken cancellationToken
        ) =>
            AfterAWait(
                () =>
                    family == Broken
                        ? throw new PackageDataException($"the line to {family} is down")
                        : packages.GetDefinition(family, version),
                cancellationToken
            );

        private async Task<T> AfterAWait<T>(Func<T> answer, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _asked);
            int now = Interlocked.Increment(ref _now);
            for (int most = _most; now > most; most = _most)
            {
                Interlocked.CompareExchange(ref _most, now, most);
            }
            try
            {
                await Task.Delay(Delay, cancellationToken);
                return answer();
            }
            finally
            {
                Interlocked.Decrement(ref _now);
            }
        }
    }
}
