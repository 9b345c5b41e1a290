using Rer.Asking;
using Rer.Compiling;
using Rer.Ordering;
using Rer.Solving.State;
using Rer.Solving.Steps;

namespace Rer.Solving;

/// <summary>
/// The fast solve: rez's algorithm over numbers and bits. It decides what resolves, in what order, and after how many
/// steps. Texts and graphs are left to <c>Replaying</c>, which repeats the solve step by step when one is asked for.
/// This is the main loop, <c>Solver.solve</c> and <c>Solver.solve_step</c>.
/// </summary>
/// <remarks>
/// <para>One object serves many solves, one after the other, and grows to the largest.</para>
/// <para>
/// PERF: where the time goes. One of the 188 takes 123 µs in a steady pass (<c>rer bench --workload rez --passes
/// 60</c>). On average it splits 163 times, for 204 scopes in the end. In between it goes through 233 rounds, extracts
/// from 544 scopes, looks at 1,390 dependencies, reduces 591 times and visits 431 links (counted by a build with
/// counters). That is 750 ns from split to split. About 250 ns of these are lost because other requests have displaced
/// its memory and the history of its branches: asked six times in a row, each of the 188 takes 92 µs. What is left is
/// spread over all steps, and no step repeats what another has found out: to halve the time, there would have to be
/// fewer splits, and rez decides about these. Tried and left out on 2026-11-29: to extract from a slice of one variant
/// by that variant's own list. The 188 became 3 to 9 % slower, the studio up to 18 % faster, on a machine with other
/// work: 85 of 100 of such a variant's requirements were settled before. To test the holders of four dependencies at
/// once, to unite closures in a register, to inline the inner loop of reduction, to prefetch the tables of a scope as it
/// is added, and to keep the lengths of a family's sets beside its scope: no difference in any of these. What did help
/// was a jump less (<see cref="Sets.VectorSet"/>) and a request read once (<see cref="RequestReader"/>).
/// </para>
/// </remarks>
internal sealed class Solver
{
    private readonly Catalogue _catalogue;
    private readonly RequestReader _request;
    private readonly VariantOrder _variantOrder;
    private readonly FamilySource _families;
    private readonly SolveState _state;
    private readonly Foresight _foresight;
    private readonly Opener _opener;
    private readonly Round _round;
    private readonly PlainExtraction _plain;
    private readonly Extractor _extractor;
    private readonly Judge _judge;
    private readonly Reducer _reducer;
    private readonly Splitter _splitter;
    private readonly Finaliser _finaliser;

    internal Solver(Catalogue catalogue, EngineSwitches switches)
    {
        Switches = switches;
        _catalogue = catalogue;
        _request = new RequestReader(catalogue, switches.KnownRequirements);
        _variantOrder = new VariantOrder(switches.RememberVariantOrder);
        _families = new FamilySource(catalogue);
        _state = new SolveState(_families, switches);
        _foresight = new Foresight(_state, _families);
        VersionSlices slices = new(_state, _families);
        _opener = new Opener(_state, slices, _families);
        _round = new Round(_state, slices, _families);
        _plain = new PlainExtraction(_state, _families, _round, switches);
        _extractor = new Extractor(_state, _families, _round, _plain, _foresight, Limits);
        _judge = new Judge(_state, _families, _round, _plain, _foresight);
        _reducer = new Reducer(_state, _families, Limits, switches);
        _splitter = new Splitter(_state, _families, _variantOrder, switches);
        _finaliser = new Finaliser(_state, catalogue.Slots);
    }

    /// <summary>The optimisations in use.</summary>
    internal EngineSwitches Switches { get; }

    /// <summary>How far the solve got, and why it stopped.</summary>
    internal SolveLimits Limits { get; } = new();

    /// <summary>Releases everything that the last caller passed in: its callback, its clock, its orderers.</summary>
    internal void ForgetQuestion()
    {
        Limits.ForgetQuestion();
        _families.ForgetQuestion();
        _splitter.ForgetQuestion();
        _variantOrder.ForgetOrderers();
    }

    /// <summary>Runs a solve of a question about the repository to its end.</summary>
    /// <param name="input">The question.</param>
    /// <param name="phaseText">See <see cref="SolveLimits.Begin"/>.</param>
    /// <param name="cancellation">Ends the solve.</param>
    /// <returns>How it ended; unsolved if it has to be taken step by step.</returns>
    internal Verdict Solve(SolveInput input, Func<int, string> phaseText, CancellationToken cancellation)
    {
        Limits.Begin(input, phaseText, cancellation);
        _families.Begin(input);
        _plain.Begin();
        _splitter.Begin(input);
        _state.Clear();
        if (_request.Read(input.Request) is not null)
        {
            // A request that contradicts itself fails before any scope exists.
            Limits.CountFail();
            return Verdict.Failed;
        }

        _variantOrder.Reset(input, _request.Items);
        if (input.Options.Callback is not null && input.HasOrderers)
        {
            // It could turn out later that the solve must be repeated, and then the callback would be called twice.
            return Verdict.Unsolved;
        }

        if (!input.Orderers.AskForReleases)
        {
            return Run();
        }

        // rez asks for the releases of everything that a variant requires. It raises if that is an ephemeral, or if a
        // definition cannot be read. Only a step-by-step solve shows whether it gets that far, and what it raises for
        // first.
        try
        {
            Verdict verdict = Run();
            return _catalogue.Slots.KnowsEphemerals && verdict != Verdict.Stopped ? Verdict.Unsolved : verdict;
        }
        catch (Exception e) when (e is InputSyntaxException or PackageDataException)
        {
            return Verdict.Unsolved;
        }
    }

    /// <summary>The resolved packages and ephemerals, in order.</summary>
    /// <param name="areTextsOpen">Whether the ephemerals were written in several ways. Only a step-by-step solve knows
    /// which of them rez shows.</param>
    internal (ResolvedPackage[] Packages, string[] Ephemerals) Resolved(out bool areTextsOpen)
    {
        areTextsOpen = _plain.IsEphemeralTextOpen;
        return _finaliser.Resolved();
    }

    /// <summary>Runs the loop over steps. Returns unsolved if bits cannot decide.</summary>
    private Verdict Run()
    {
        if (Limits.IsCancelled())
        {
            return Verdict.Stopped;
        }

        _foresight.ReadRequest(_request.Items);
        if (!_opener.Open(_request.Items))
        {
            return Verdict.Error;
        }

        PhaseEnd phase = RunPhase();
        while (true)
        {
            Verdict verdict = EndStep(phase);
            if (verdict != Verdict.Unsolved || Limits.AskToStop(out verdict))
            {
                return verdict;
            }

            if (phase == PhaseEnd.Failed)
            {
                _state.TakeSecondHalf();
            }
            else if (!_splitter.Split())
            {
                return Verdict.Unsolved;
            }

            phase = RunPhase();
        }
    }

    /// <summary>
    /// Runs a phase: extracts to the end, then reduces to the end, and repeats until nothing changes. Corresponds to
    /// <c>_ResolvePhase.solve</c>.
    /// </summary>
    private PhaseEnd RunPhase()
    {
        while (true)
        {
            while (_round.Gather())
            {
                PhaseEnd round = _extractor.Extract();
                round = round == PhaseEnd.Exhausted ? _judge.EndRound() : round;
                if (round != PhaseEnd.Exhausted)
                {
                    return round;
                }
            }

            if (!_state.HasReductions)
            {
                return PhaseEnd.Exhausted;
            }

            PhaseEnd reduced = _reducer.Reduce();
            if (reduced != PhaseEnd.Exhausted)
            {
                return reduced;
            }
        }
    }

    /// <summary>Counts a step and decides whether the solve has ended. Corresponds to <c>Solver.status</c>.</summary>
    private Verdict EndStep(PhaseEnd phase)
    {
        if (phase is PhaseEnd.Error or PhaseEnd.Stopped)
        {
            return phase is PhaseEnd.Error ? Verdict.Error : Verdict.Stopped;
        }

        Limits.CountStep();
        if (phase == PhaseEnd.Failed)
        {
            Limits.CountFail();
            return _state.Marks == 0 ? Verdict.Failed : Verdict.Unsolved;
        }

        if (!_state.FindUnsolved().IsNone)
        {
            return Verdict.Unsolved;
        }

        if (!_finaliser.Order(_request.Items.Count))
        {
            Limits.CountFail();
            return Verdict.Cyclic;
        }

        return Verdict.Solved;
    }
}
