using Rer.Books;
using Rer.Tests.Engines;

namespace Rer.Tests.Contracts;

public class CallbackTests
{
    private static readonly (IPackageRepository Repository, Case Case) s_failing = Packages.SeveralFailures;

    [Theory]
    [MemberData(nameof(AllEngines.Names), MemberType = typeof(AllEngines))]
    public void Keep_going_changes_nothing_and_the_callback_is_called_between_all_steps(string engine)
    {
        List<(int Solves, int Fails)> states = [];
        FailedResult result = Resolve(
                engine,
                state =>
                {
                    states.Add((state.NumSolves, state.NumFails));
                    return (SolverCallbackReturn.KeepGoing, "not looked at");
                }
            )
            .ShouldBeOfType<FailedResult>();

        result.Failure.Description.ShouldBe(s_failing.Case.Description);
        states.Select(state => state.Solves).ShouldBe(Enumerable.Range(1, s_failing.Case.NumSolves!.Value - 1));
        states.Select(state => state.Fails).ShouldBeInOrder();
    }

    /// <summary>
    /// The fast engine runs such a solve step by step, because rez may raise. It must do so only once, not also in its
    /// usual way.
    /// </summary>
    [Theory]
    [MemberData(nameof(AllEngines.Names), MemberType = typeof(AllEngines))]
    public void It_is_called_once_a_step_if_an_orderer_reads_releases(string engine)
    {
        IPackageRepository packages = Packages.Of(
            """{"app": {"1": {}, "2": {}, "3": {"requires": [".gpu-1"]}}, "lib": {"1": {}, "2": {}, "3": {}}}"""
        );
        List<int> steps = [];
        ResolveOptions options = new()
        {
            PackageOrderers = [new SoftTimestampOrderer(1, 0) { Packages = ["lib"] }],
            Callback = state =>
            {
                steps.Add(state.NumSolves);
                return (SolverCallbackReturn.KeepGoing, "");
            },
        };

        AllEngines.Resolver(engine).Resolve(["app", "lib"], packages, options).ShouldBeOfType<SolvedResult>();

        steps.ShouldBe([1, 2]);
    }

    [Theory]
    [MemberData(nameof(AllEngines.Names), MemberType = typeof(AllEngines))]
    public void Abort_stops_with_its_reason(string engine)
    {
        StoppedResult result = Resolve(
                engine,
                state =>
                    state.NumSolves == 2
                        ? (SolverCallbackReturn.Abort, "enough is known")
                        : (SolverCallbackReturn.KeepGoing, "")
            )
            .ShouldBeOfType<StoppedResult>();

        result.Reason.ShouldBe(StopReason.Callback);
        result.Message.ShouldBe("enough is known");
        result.Statistics.NumSolves.ShouldBe(2);
    }

    [Theory]
    [MemberData(nameof(AllEngines.Names), MemberType = typeof(AllEngines))]
    public void Fail_reports_the_latest_failure_after_its_reason(string engine)
    {
        FailedResult result = Resolve(
                engine,
                state => (state.NumFails == 2 ? SolverCallbackReturn.Fail : SolverCallbackReturn.KeepGoing, "too many")
            )
            .ShouldBeOfType<FailedResult>();

        CaseFailure latest = s_failing.Case.Failures![1];
        result.Statistics.NumFails.ShouldBe(2);
        result.Failure.Description.ShouldBe($"too many:\n{latest.Description}");
        result.Failure.InvolvedRequirements.ShouldBe(latest.Involved);
        result.GetFailure(1).Description.ShouldBe(latest.Description);
        result.GetFailure(0).Description.ShouldBe(s_failing.Case.Failures[0].Description);
    }

    [Theory]
    [MemberData(nameof(AllEngines.Names), MemberType = typeof(AllEngines))]
    public void Fail_before_any_failure_is_ignored(string engine)
    {
        int asked = 0;
        FailedResult result = Resolve(
                engine,
                _ =>
                {
                    asked++;
                    return (SolverCallbackReturn.Fail, "at once");
                }
            )
            .ShouldBeOfType<FailedResult>();

        result.Statistics.NumFails.ShouldBe(1);
        asked.ShouldBe(result.Statistics.NumSolves);
        result.Failure.Description.ShouldBe($"at once:\n{s_failing.Case.Failures![0].Description}");
    }

    [Theory]
    [MemberData(nameof(AllEngines.Names), MemberType = typeof(AllEngines))]
    public void The_state_shows_the_phase(string engine)
    {
        IPackageRepository repository = Packages.Of(
            """{"foo": {"1": {"variants": [["bar-1"], ["bar-2"]]}}, "bar": {"1": {}, "2": {}}}"""
        );
        List<string> states = [];
        ResolveOptions options = new()
        {
            Callback = state =>
            {
                states.Add(state.ToString());
                return (SolverCallbackReturn.KeepGoing, "");
            },
        };

        AllEngines.Resolver(engine).Resolve(["foo"], repository, options).ShouldBeOfType<SolvedResult>();

        states.ShouldBe(["solve #1 (0 fails so far): [foo==1[0,1]] bar[1..2(2)]"]);
    }

    [Theory]
    [MemberData(nameof(AllEngines.Names), MemberType = typeof(AllEngines))]
    public void Exceptions_of_a_callback_propagate(string engine) =>
        Should
            .Throw<InvalidTimeZoneException>(() => Resolve(engine, _ => throw new InvalidTimeZoneException("mine")))
            .Message.ShouldBe("mine");

    private static ResolveResult Resolve(string engine, SolverCallback callback) =>
        AllEngines
            .Resolver(engine)
            .Resolve(s_failing.Case.Request, s_failing.Repository, new ResolveOptions { Callback = callback });

    [Fact]
    public void Exceptions_of_a_callback_propagate_through_many_solves_as_through_one()
    {
        ResolveOptions options = new() { Callback = _ => throw new InvalidTimeZoneException("mine") };
        Should
            .Throw<InvalidTimeZoneException>(() =>
                new FastResolver().ResolveMany(
                    [s_failing.Case.Request, s_failing.Case.Request],
                    s_failing.Repository,
                    options
                )
            )
            .Message.ShouldBe("mine");
    }
}
