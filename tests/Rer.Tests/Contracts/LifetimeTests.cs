using System.Runtime.CompilerServices;

namespace Rer.Tests.Contracts;

/// <summary>
/// Objects that a caller no longer uses can be collected, however the last solve ended. A solver that the thread kept
/// for its next solve used to keep its last repository alive.
/// </summary>
public class LifetimeTests
{
    private static readonly FastResolver s_engine = new();

    public static TheoryData<string> Endings => ["solved", "failed", "error", "cancelled", "thrown", "limited"];

    [Theory]
    [MemberData(nameof(Endings))]
    public void A_repository_is_collectable_at_once(string ending)
    {
        List<WeakReference> forgotten = SolveAndForget(ending);

        CollectAll();

        forgotten.ShouldAllBe(thing => !thing.IsAlive);
    }

    /// <summary>
    /// A solver that waits for its repository's next solve has forgotten what the last caller passed in.
    /// </summary>
    [Theory]
    [MemberData(nameof(Endings))]
    public void A_question_is_collectable_while_the_repository_is_used(string ending)
    {
        MemoryPackageRepository packages = Packages();
        var compiled = CompiledRepository.Compile(packages);

        List<WeakReference> forgotten = SolveAndForget(ending, packages, compiled);

        CollectAll();

        forgotten.ShouldAllBe(thing => !thing.IsAlive);
        GC.KeepAlive(packages);
        GC.KeepAlive(compiled);
    }

    private static void CollectAll()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<WeakReference> SolveAndForget(string ending)
    {
        MemoryPackageRepository packages = Packages();
        CompiledRepository reached = new(packages);
        List<WeakReference> passed = SolveAndForget(ending, packages, reached);
        var compiled = CompiledRepository.Compile(packages);
        return
        [
            .. passed,
            .. SolveAndForget(ending, compiled),
            new WeakReference(packages),
            new WeakReference(reached),
            new WeakReference(compiled),
            // A thread or a table of the process might keep not the repository alive, but its families.
            new WeakReference(reached.Catalogue.Slots.Get("lib")),
            new WeakReference(compiled.Catalogue.Slots.Get("lib")),
        ];
    }

    /// <summary>
    /// Solves on each repository, with a callback and with an orderer. Returns these callbacks and orderers.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<WeakReference> SolveAndForget(string ending, params IPackageRepository[] repositories)
    {
        List<WeakReference> passed = [];
        foreach (IPackageRepository repository in repositories)
        {
            Callback callback = new(ending);
            Solve(ending, repository, new ResolveOptions { Callback = callback.Ask });
            if (ending is "solved" or "thrown" or "limited")
            {
                callback.Count.ShouldBePositive();
            }

            Orderer orderer = new(ending);
            Solve(ending, repository, new ResolveOptions { PackageOrderers = [new CustomOrderer(orderer)] });
            if (ending is "solved" or "thrown")
            {
                orderer.Count.ShouldBePositive();
            }

            passed.AddRange([new WeakReference(callback), new WeakReference(orderer)]);
        }

        return passed;
    }

    private static void Solve(string ending, IPackageRepository repository, ResolveOptions options)
    {
        string[] request = ending switch
        {
            "failed" => ["app", "lib-9"],
            "error" => ["nosuch"],
            _ => ["app"],
        };
        using CancellationTokenSource cancellation = new();
        if (ending == "cancelled")
        {
            cancellation.Cancel();
        }

        try
        {
            ResolveResult result = s_engine.Resolve(request, repository, options, cancellation.Token);
            bool isExpected = ending switch
            {
                "solved" => result is SolvedResult,
                "failed" => result is FailedResult,
                "limited" when options.Callback is null => result is SolvedResult,
                "cancelled" or "limited" => result is StoppedResult,
                // An exception of a callback reaches the caller, and one of an orderer is the solve's error.
                _ => result is ErrorResult && (ending == "error" || options.Callback is null),
            };
            isExpected.ShouldBeTrue(result.ToString());
        }
        catch (TimeZoneNotFoundException)
        {
            ending.ShouldBe("thrown");
        }
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
            // The last family to be compiled. It requires something.
            ("zoo", "1", new() { Requires = ["lib"] }),
        ]);

    private sealed class Callback(string ending)
    {
        public int Count { get; private set; }

        public (SolverCallbackReturn Answer, string Reason) Ask(SolverState state)
        {
            Count++;
            return ending switch
            {
                "thrown" => throw new TimeZoneNotFoundException(),
                "limited" => (SolverCallbackReturn.Abort, "enough"),
                _ => (SolverCallbackReturn.KeepGoing, ""),
            };
        }
    }

    /// <summary>Orders the earliest first, so that its order is not the default one.</summary>
    private sealed class Orderer(string ending) : IPackageOrderer
    {
        public int Count { get; private set; }

        public string Name => "earliest";

        public IReadOnlyList<string> Order(string family, IReadOnlyList<string> versions)
        {
            Count++;
            return ending == "thrown" ? throw new TimeZoneNotFoundException() : [.. versions];
        }
    }
}
