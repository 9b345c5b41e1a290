using System.Diagnostics;
using Rer.Tests.Engines;

namespace Rer.Tests.Contracts;

public class LimitTests
{
    private static readonly IPackageRepository s_twoSteps = Packages.Of(
        """{"foo": {"1": {"variants": [["bar-1"], ["bar-2"]]}}, "bar": {"1": {}, "2": {}}}"""
    );

    [Theory]
    [MemberData(nameof(AllEngines.Names), MemberType = typeof(AllEngines))]
    public void A_hopeless_solve_ends_at_its_time_limit(string engine)
    {
        (IPackageRepository repository, IReadOnlyList<string> request) = Packages.Hopeless();
        ResolveOptions options = new() { TimeLimit = TimeSpan.FromMilliseconds(200) };
        Stopwatch watch = Stopwatch.StartNew();

        StoppedResult result = AllEngines
            .Resolver(engine)
            .Resolve(request, repository, options)
            .ShouldBeOfType<StoppedResult>();

        result.Reason.ShouldBe(StopReason.TimeLimit);
        result.Message.ShouldBe("time limit exceeded");
        watch.Elapsed.ShouldBeInRange(TimeSpan.FromMilliseconds(150), TimeSpan.FromSeconds(10));
    }

    [Theory]
    [MemberData(nameof(AllEngines.Names), MemberType = typeof(AllEngines))]
    public void The_time_limit_uses_the_given_clock(string engine)
    {
        IResolver resolver = AllEngines.Resolver(engine);
        ResolveOptions still = new() { TimeLimit = TimeSpan.FromTicks(1), Clock = new SteppingClock(TimeSpan.Zero) };
        resolver.Resolve(["foo"], s_twoSteps, still).ShouldBeOfType<SolvedResult>();

        ResolveOptions fast = still with { Clock = new SteppingClock(TimeSpan.FromHours(1)) };
        StoppedResult stopped = resolver.Resolve(["foo"], s_twoSteps, fast).ShouldBeOfType<StoppedResult>();
        stopped.Reason.ShouldBe(StopReason.TimeLimit);
        stopped.Statistics.NumSolves.ShouldBe(1, "the limit is looked at between steps");
    }

    [Theory]
    [MemberData(nameof(AllEngines.Names), MemberType = typeof(AllEngines))]
    public void A_hopeless_solve_fails_at_its_limit_of_fails(string engine)
    {
        (IPackageRepository repository, IReadOnlyList<string> request) = Packages.Hopeless(holes: 6);
        ResolveOptions options = new() { MaxFails = 25 };

        FailedResult result = AllEngines
            .Resolver(engine)
            .Resolve(request, repository, options)
            .ShouldBeOfType<FailedResult>();

        result.Statistics.NumFails.ShouldBe(25);
        result.Failure.Description.ShouldStartWith("fail limit reached: aborted after 25 failures:\n");
        result.Failure.Description.ShouldEndWith(result.GetFailure(24).Description);
    }

    /// <summary>The order of <c>ResolvedContext.Callback</c>: failures, then time, then the caller.</summary>
    [Theory]
    [MemberData(nameof(AllEngines.Names), MemberType = typeof(AllEngines))]
    public void If_limits_are_reached_at_the_same_step_fails_win_then_time_then_the_callback(string engine)
    {
        (IPackageRepository repository, Case failing) = Packages.SeveralFailures;
        IResolver resolver = AllEngines.Resolver(engine);
        List<(int Solves, int Fails)> steps = [];
        ResolveOptions watched = new()
        {
            Callback = state =>
            {
                steps.Add((state.NumSolves, state.NumFails));
                return (SolverCallbackReturn.KeepGoing, "");
            },
        };
        resolver.Resolve(failing.Request, repository, watched);
        int meeting = Enumerable.Range(1, steps.Count - 1).First(i => steps[i].Fails > steps[i - 1].Fails);

        FailedResult failed = End(maxFails: steps[meeting].Fails, TimeSpan.FromSeconds(1))
            .ShouldBeOfType<FailedResult>();
        failed.Failure.Description.ShouldStartWith(
            $"fail limit reached: aborted after {steps[meeting].Fails} failures:\n"
        );
        failed.Statistics.NumSolves.ShouldBe(steps[meeting].Solves);

        StoppedResult late = End(maxFails: null, TimeSpan.FromSeconds(1)).ShouldBeOfType<StoppedResult>();
        late.Reason.ShouldBe(StopReason.TimeLimit);
        late.Statistics.NumSolves.ShouldBe(steps[meeting].Solves);

        StoppedResult aborted = End(maxFails: null, timeLimit: null).ShouldBeOfType<StoppedResult>();
        aborted.Reason.ShouldBe(StopReason.Callback);
        aborted.Statistics.NumSolves.ShouldBe(steps[meeting].Solves);

        // The caller aborts at the step at which the time is up.
        ResolveResult End(int? maxFails, TimeSpan? timeLimit)
        {
            MovedClock clock = new();
            ResolveOptions options = new()
            {
                MaxFails = maxFails,
                TimeLimit = timeLimit,
                Clock = clock,
                Callback = state =>
                {
                    if (state.NumSolves == steps[meeting - 1].Solves)
                    {
                        clock.Move(TimeSpan.FromHours(1));
                    }
                    bool meets = state.NumSolves == steps[meeting].Solves;
                    return (meets ? SolverCallbackReturn.Abort : SolverCallbackReturn.KeepGoing, "enough");
                },
            };
            return resolver.Resolve(failing.Request, repository, options);
        }
    }

    /// <summary>
    /// A limit of no failures is reached at every step. It is ignored until there is a failure, and nothing after it is
    /// checked.
    /// </summary>
    [Theory]
    [MemberData(nameof(AllEngines.Names), MemberType = typeof(AllEngines))]
    public void A_limit_of_no_fails_hides_the_time_limit_until_something_fails(string engine)
    {
        ResolveOptions options = new()
        {
            MaxFails = 0,
            TimeLimit = TimeSpan.FromTicks(1),
            Clock = new SteppingClock(TimeSpan.FromHours(1)),
        };

        AllEngines.Resolver(engine).Resolve(["foo"], s_twoSteps, options).ShouldBeOfType<SolvedResult>();
    }

    /// <summary>A clock that stands still until it is moved.</summary>
    private sealed class MovedClock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Move(TimeSpan by) => _now += by.Ticks;

        public override long GetTimestamp() => _now;

        public override DateTimeOffset GetUtcNow() => new(_now, TimeSpan.Zero);
    }

    /// <summary>A clock that advances by a step whenever it is read.</summary>
    private sealed class SteppingClock(TimeSpan step) : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now += step.Ticks;

        public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);
    }
}
