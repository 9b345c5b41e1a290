using System.Diagnostics;
using Rer.Tests.Engines;

namespace Rer.Tests.Contracts;

public class CancellationTests
{
    [Theory]
    [MemberData(nameof(AllEngines.Names), MemberType = typeof(AllEngines))]
    public void A_solve_that_is_cancelled_beforehand_takes_no_step(string engine)
    {
        (IPackageRepository repository, IReadOnlyList<string> request) = Packages.Hopeless();

        StoppedResult result = AllEngines
            .Resolver(engine)
            .Resolve(request, repository, cancellationToken: new CancellationToken(canceled: true))
            .ShouldBeOfType<StoppedResult>();

        result.Reason.ShouldBe(StopReason.Cancelled);
        result.Statistics.NumSolves.ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(AllEngines.Names), MemberType = typeof(AllEngines))]
    public void A_hopeless_solve_ends_when_it_is_cancelled(string engine)
    {
        (IPackageRepository repository, IReadOnlyList<string> request) = Packages.Hopeless();
        using CancellationTokenSource cancellation = new(TimeSpan.FromMilliseconds(200));
        Stopwatch watch = Stopwatch.StartNew();

        ResolveResult result = AllEngines
            .Resolver(engine)
            .Resolve(request, repository, cancellationToken: cancellation.Token);

        result.ShouldBeOfType<StoppedResult>().Reason.ShouldBe(StopReason.Cancelled);
        // Generous, because the machine may be busy. The benchmarks show that it is fast.
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }
}
