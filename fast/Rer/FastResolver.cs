using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Rer.Asking;
using Rer.Compiling;
using Rer.Policies;
using Rer.Replaying;
using Rer.Solving;
using Rer.Versions;

namespace Rer;

/// <summary>
/// The fast engine. It gives rez's answers from a solver that works on numbers and bit sets. Safe for concurrent
/// callers. Keep one for the life of the process, and solve against a <see cref="CompiledRepository"/> if you solve
/// more than once.
/// </summary>
/// <remarks>
/// A repository that is not compiled is compiled on first use, family by family as solves reach them. The compilation
/// is kept for as long as the repository object lives. <see cref="ResolveOptions.Log"/> is ignored, because this engine
/// does not take rez's steps one by one.
/// </remarks>
public sealed class FastResolver : IResolver
{
    private static readonly ConditionalWeakTable<IPackageRepository, CompiledRepository> s_sharedRepositories = [];

    private readonly ConditionalWeakTable<IPackageRepository, CompiledRepository> _repositories;
    private readonly CompilingLimits _limits;
    private readonly EngineSwitches _switches;

    /// <summary>Creates an engine.</summary>
    public FastResolver()
        : this(EngineSwitches.AllOn) { }

    internal FastResolver(EngineSwitches switches)
    {
        _switches = switches;
        _limits = switches.SmallFamilies ? CompilingLimits.Default : CompilingLimits.None;
        _repositories = switches.SmallFamilies ? s_sharedRepositories : [];
    }

    /// <inheritdoc />
    public string Name => "fast";

    /// <inheritdoc />
    public ResolveResult Resolve(
        IReadOnlyList<string> request,
        IPackageRepository repository,
        ResolveOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        string[] asked = InputList.CopyAlways(request, nameof(request));
        ArgumentNullException.ThrowIfNull(repository);
        options ??= ResolveOptions.Default;
        long begun = options.Clock.GetTimestamp();
        CompiledRepository compiled = Compiled(repository).For(options.Building);
        SolveInput input;
        try
        {
            input = SolveInput.Of(asked, compiled.Catalogue, options, begun);
        }
        catch (PolicySyntaxException e)
        {
            return new ErrorResult(ResolveErrorKind.InvalidSyntax, e.Message, new SolveStatistics(0, 0));
        }

        ResolveResult result = Solve(input, compiled.Solvers, cancellationToken);
        try
        {
            return result is StoppedResult || input.Orderers.ConfirmAssumed()
                ? result
                : Solve(input, compiled.Solvers, cancellationToken);
        }
        catch (CustomOrdererException e)
        {
            return new ErrorResult(ResolveErrorKind.PackageOrderer, e.Message, result.Statistics);
        }
    }

    private ResolveResult Solve(SolveInput input, SolverPool solvers, CancellationToken cancellationToken)
    {
        ResolveOptions options = input.Options;
        Solver solver = solvers.Rent(input.Catalogue, _switches);
        try
        {
            Func<int, string> phaseText = options.Callback is null ? NoText : PhaseTextOf(input);
            Verdict verdict = solver.Solve(input, phaseText, cancellationToken);
            StepByStepSolve? steps = null;
            if (verdict == Verdict.Unsolved)
            {
                steps = new StepByStepSolve(solver.Limits);
                verdict = steps.Solve(input, phaseText, cancellationToken);
            }

            if (verdict is Verdict.Solved or Verdict.Failed or Verdict.Cyclic)
            {
                input.Orderers.AskReached();
            }

            return verdict == Verdict.Solved
                ? Solved(steps?.Resolved() ?? Resolved(solver, input), solver.Limits, input)
                : Unsolved(verdict, solver.Limits, input);
        }
        catch (Exception e) when (e is InputSyntaxException or VersionSyntaxException)
        {
            // A VersionSyntaxException comes from a range without an inverse, which rez meets in the middle of a solve.
            return new ErrorResult(ResolveErrorKind.InvalidSyntax, e.Message, Statistics(solver.Limits, input));
        }
        catch (PackageDataException) when (options.Clock.GetTimestamp() > input.Deadline)
        {
            // Whether the solve was waiting for a disk or for Python, its time is over.
            return new StoppedResult(StopReason.TimeLimit, "time limit exceeded", Statistics(solver.Limits, input));
        }
        catch (PackageDataException e)
        {
            return new ErrorResult(ResolveErrorKind.PackageData, e.Message, Statistics(solver.Limits, input));
        }
        catch (CustomOrdererException e)
        {
            return new ErrorResult(ResolveErrorKind.PackageOrderer, e.Message, Statistics(solver.Limits, input));
        }
        finally
        {
            solvers.Return(solver);
            (input.Catalogue.Source as ICompiledSource)?.EndSolve();
        }
    }

    /// <summary>
    /// Resolves many requests on all cores, each as <see cref="Resolve"/> would. Once the families that the requests
    /// reach are compiled, no lock is taken.
    /// </summary>
    /// <param name="requests">The requests.</param>
    /// <param name="repository">Where packages come from.</param>
    /// <param name="options">Filters, orderers and limits of each solve; null for rez's defaults. A callback is called
    /// from several threads.</param>
    /// <param name="progress">Receives the number of finished requests after each request, in no particular
    /// order.</param>
    /// <param name="maxThreads">The maximum number of threads; all cores if not positive.</param>
    /// <param name="cancellationToken">Ends running requests, and those that have not started, with
    /// <see cref="StopReason.Cancelled"/>.</param>
    /// <returns>The results, in the order of the requests.</returns>
    /// <remarks>An exception thrown by a callback or by <paramref name="progress"/> propagates once no solve is running
    /// any more.</remarks>
    public IReadOnlyList<ResolveResult> ResolveMany(
        IReadOnlyList<IReadOnlyList<string>> requests,
        IPackageRepository repository,
        ResolveOptions? options = null,
        IProgress<int>? progress = null,
        int maxThreads = 0,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(requests);
        ArgumentNullException.ThrowIfNull(repository);
        string[][] asked =
        [
            .. requests.Select((request, i) => InputList.CopyAlways(request, $"{nameof(requests)}[{i}]")),
        ];
        CompiledRepository compiled = Compiled(repository);
        ResolveResult[] results = new ResolveResult[asked.Length];
        int done = 0;
        try
        {
            Parallel.For(
                0,
                asked.Length,
                new ParallelOptions
                {
                    MaxDegreeOfParallelism = maxThreads > 0 ? maxThreads : Environment.ProcessorCount,
                },
                i =>
                {
                    results[i] = Resolve(asked[i], compiled, options, cancellationToken);
                    int count = Interlocked.Increment(ref done);
                    progress?.Report(count);
                }
            );
        }
        catch (AggregateException e)
        {
            // Throw as Resolve does. A caller need not know how many threads there were.
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }

        return results;
    }

    private CompiledRepository Compiled(IPackageRepository repository) =>
        repository as CompiledRepository
        ?? _repositories.GetValue(repository, source => new CompiledRepository(source, _limits));

    private static string NoText(int steps) => "";

    private static Func<int, string> PhaseTextOf(SolveInput input) => steps => Replay.PhaseText(input, steps);

    private static (ResolvedPackage[] Packages, string[] Ephemerals) Resolved(Solver solver, SolveInput input)
    {
        (ResolvedPackage[] packages, string[] ephemerals) = solver.Resolved(out bool areTextsOpen);
        return areTextsOpen && ephemerals.Length > 0
            ? (packages, StepByStepSolve.ResolvedIn(Replay.SolvedPhase(input)).Ephemerals)
            : (packages, ephemerals);
    }

    private static SolvedResult Solved(
        (ResolvedPackage[] Packages, string[] Ephemerals) resolved,
        SolveLimits limits,
        SolveInput input
    ) =>
        new(
            resolved.Packages,
            resolved.Ephemerals,
            Statistics(limits, input),
            new ReplayedDetails(input, limits.NumFails, null)
        );

    private static ResolveResult Unsolved(Verdict verdict, SolveLimits limits, SolveInput input)
    {
        SolveStatistics statistics = Statistics(limits, input);
        switch (verdict)
        {
            case Verdict.Failed:
                // The first failure is reported. If a limit or a callback ended the solve, it is the latest one.
                int reported = limits.Interruption is null ? 0 : limits.NumFails - 1;
                return Failed(reported, limits.Interruption?.Reason, statistics, limits, input);
            case Verdict.Cyclic:
                return Failed(limits.NumFails - 1, null, statistics, limits, input);
            case Verdict.Error:
                return Replay.Error(input, statistics);
            default:
                SolveInterruption interruption = limits.Interruption!;
                return new StoppedResult(interruption.Stop!.Value, interruption.Reason, statistics);
        }
    }

    private static FailedResult Failed(
        int reported,
        string? reason,
        SolveStatistics statistics,
        SolveLimits limits,
        SolveInput input
    ) => new(statistics, new ReplayedDetails(input, limits.NumFails, new ReportedFailure(reported, reason)));

    private static SolveStatistics Statistics(SolveLimits limits, SolveInput input) =>
        new(limits.NumSolves, limits.NumFails) { SolveTime = input.Options.Clock.GetElapsedTime(input.Begun) };
}
