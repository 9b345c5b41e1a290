using System.Runtime.CompilerServices;

namespace Rer.Tests.Contracts;

/// <summary>
/// What a caller no longer uses can be collected, however the last solve ended. A solver that the thread kept for its
/// next solve used to keep its last repository alive.
/// </summary>
public class LifetimeTests
{
    private static readonly FastResolver s_engine = new();

    public static TheoryData<string> Endings => ["solved", "failed", "error", "cancelled", "thrown", "limited"];

    [Theory]
    [MemberData(nameof(Endings))]
    public void A_repository_is_collectable_at_once(string ending)
    {
        (WeakReference repository, WeakReference callback) = Solve(ending);

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        repository.IsAlive.ShouldBeFalse();
        callback.IsAlive.ShouldBeFalse();
    }

    [Fact]
    public void A_callback_is_collectable_while_the_repository_is_used()
    {
        CompiledRepository packages = CompiledRepository.Compile(Packages());
        WeakReference callback = SolveWithCallback(packages);

        GC.Collect();

        callback.IsAlive.ShouldBeFalse();
        GC.KeepAlive(packages);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference SolveWithCallback(CompiledRepository packages)
    {
        Counter steps = new();
        SolverCallback callback = _ =>
        {
            steps.Count++;
            return (SolverCallbackReturn.KeepGoing, "");
        };
        s_engine.Resolve(["app"], packages, new ResolveOptions { Callback = callback });
        steps.Count.ShouldBePositive();
        return new WeakReference(callback);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (WeakReference Repository, WeakReference Callback) Solve(string ending)
    {
        MemoryPackageRepository packages = Packages();
        CompiledRepository compiled = new(packages);
        using CancellationTokenSource cancellation = new();
        Counter steps = new();
        SolverCallback callback = state =>
        {
            steps.Count++;
            return ending switch
            {
                "thrown" => throw new TimeZoneNotFoundException(),
                "limited" => (SolverCallbackReturn.Abort, "enough"),
                _ => (SolverCallbackReturn.KeepGoing, ""),
            };
        };
        string[] request = ending switch
        {
            "failed" => ["app", "lib-9"],
            "error" => ["nosuch"],
            _ => ["app"],
        };
        ResolveOptions options = new() { Callback = callback };
        if (ending == "cancelled")
        {
            cancellation.Cancel();
        }

        foreach (IPackageRepository repository in new IPackageRepository[] { packages, compiled })
        {
            try
            {
                ResolveResult result = s_engine.Resolve(request, repository, options, cancellation.Token);
                (ending == "thrown").ShouldBeFalse();
                bool isExpected = ending switch
                {
                    "solved" => result is SolvedResult,
                    "failed" => result is FailedResult,
                    "error" => result is ErrorResult,
                    _ => result is StoppedResult,
                };
                isExpected.ShouldBeTrue(result.ToString());
            }
            catch (TimeZoneNotFoundException)
            {
                ending.ShouldBe("thrown");
            }
        }

        if (ending is "solved" or "thrown" or "limited")
        {
            steps.Count.ShouldBePositive();
        }

        return (new WeakReference(compiled), new WeakReference(callback));
    }

    /// <summary>Packages whose <c>app</c> takes more than one step.</summary>
    private static MemoryPackageRepository Packages() =>
        new([
            (
                "app",
                "1",
                new()
                {
                    Variants =
                    [
                        ["lib-1"],
                        ["lib-2"],
                    ],
                }
            ),
            (
                "app",
                "2",
                new()
                {
                    Variants =
                    [
                        ["lib-1"],
                        ["lib-2"],
                    ],
                }
            ),
            ("lib", "1", new()),
            ("lib", "2", new()),
            ("lib", "9", new()),
        ]);

    private sealed class Counter
    {
        public int Count { get; set; }
    }
}
