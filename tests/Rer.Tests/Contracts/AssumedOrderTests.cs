namespace Rer.Tests.Contracts;

/// <summary>Orderers whose orders a solve assumes and checks at its end.</summary>
public class AssumedOrderTests
{
    private readonly CompiledRepository _packages = MakePackages();

    private static CompiledRepository MakePackages() =>
        new(
            new MemoryPackageRepository([
                ("app", "1", new() { Requires = ["lib"] }),
                ("lib", "1", new() { Requires = ["base"] }),
                ("lib", "2", new() { Requires = ["base", "extra"] }),
                ("base", "1", new()),
                ("base", "2", new()),
                ("extra", "1", new()),
                ("extra", "2", new()),
            ])
        );

    [Fact]
    public void Answers_that_stay_the_same_are_asked_for_in_one_call()
    {
        Batch batch = new();
        Resolve(batch).ShouldBe("base-2 extra-2 lib-2 app-1");
        string asked = string.Join(' ', batch.Calls);
        asked.ShouldBe("lib base extra");
        batch.Calls.Clear();
        Resolve(batch).ShouldBe("base-2 extra-2 lib-2 app-1");
        batch.Calls.ShouldBe([asked]);
    }

    [Fact]
    public void Another_answer_counts_although_it_was_not_assumed()
    {
        Batch batch = new();
        Resolve(batch);
        batch.Earliest.Add("lib");
        batch.Calls.Clear();
        Resolve(batch).ShouldBe("base-2 lib-1 app-1");
        batch.Calls.ShouldBe(["lib base extra"]);
        batch.Earliest.Add("base");
        Resolve(batch).ShouldBe("base-1 lib-1 app-1");
        batch.Earliest.Clear();
        batch.Calls.Clear();
        Resolve(batch).ShouldBe("base-2 extra-2 lib-2 app-1");
        batch.Calls.ShouldBe(["lib base", "extra"]);
    }

    [Fact]
    public void A_wrong_assumption_is_not_seen_in_the_result()
    {
        string[][] requests =
        [
            [],
            ["!extra"],
            ["extra-1"],
            ["lib-2", "!base"],
            ["base-1"],
        ];
        Batch batch = new();
        foreach (string family in (string[])["", "lib", "extra", "base"])
        {
            batch.Earliest.Add(family);
            foreach (string[] request in requests)
            {
                ResolveResult result = Ask(batch, request);
                ResolveResult fresh = Ask(batch, MakePackages(), null, request);
                Describe(result).ShouldBe(Describe(fresh));
            }
        }
    }

    [Fact]
    public void A_failure_at_the_end_is_an_error()
    {
        Batch batch = new();
        Resolve(batch);
        batch.Fails = true;
        ErrorResult error = Ask(batch).ShouldBeOfType<ErrorResult>();
        error.Kind.ShouldBe(ResolveErrorKind.PackageOrderer);
        error.Message.ShouldContain("out of order");
    }

    [Fact]
    public void A_solve_that_is_watched_is_not_repeated()
    {
        Batch batch = new();
        Resolve(batch);
        batch.Earliest.Add("lib");
        List<int> steps = [];
        ResolveResult result = Ask(
            batch,
            _packages,
            state =>
            {
                steps.Add(state.NumSolves);
                return (SolverCallbackReturn.KeepGoing, "");
            }
        );
        Packages(result).ShouldBe("base-2 lib-1 app-1");
        steps.ShouldBe([.. steps.Distinct().Order()]);
    }

    private static string Describe(ResolveResult result) =>
        $"{result.Statistics.NumSolves} {result.Statistics.NumFails} "
        + (result is FailedResult failed ? failed.Failure.ToString() : Packages(result));

    private static string Packages(ResolveResult result) =>
        string.Join(' ', result.ShouldBeOfType<SolvedResult>().Packages);

    private string Resolve(Batch batch) => Packages(Ask(batch));

    private ResolveResult Ask(Batch batch, params string[] more) => Ask(batch, _packages, null, more);

    private static ResolveResult Ask(
        Batch batch,
        CompiledRepository packages,
        SolverCallback? callback,
        params string[] more
    ) =>
        new FastResolver().Resolve(
            ["app", .. more],
            packages,
            new ResolveOptions
            {
                PackageOrderers = [new CustomOrderer(batch) { IsAssumed = true }],
                Callback = callback,
            }
        );

    /// <summary>Latest first, but for some families.</summary>
    private sealed class Batch : IBatchOrderer
    {
        public List<string> Calls { get; } = [];

        public HashSet<string> Earliest { get; } = [];

        public bool Fails { get; set; }

        public string Name => "batch";

        public IReadOnlyList<string> Order(string family, IReadOnlyList<string> versions) =>
            throw new InvalidOperationException("it is asked about several families at once");

        public int[] OrderPositions(IReadOnlyList<string> families, IReadOnlyList<IReadOnlyList<string>> listings)
        {
            Calls.Add(string.Join(' ', families));
            return Fails
                ? throw new InvalidOperationException("out of order")
                :
                [
                    .. families.SelectMany(
                        (family, i) =>
                            Enumerable
                                .Range(0, listings[i].Count)
                                .Select(at => Earliest.Contains(family) ? at : listings[i].Count - 1 - at)
                    ),
                ];
        }
    }
}
