namespace Rer.Reference

open System
open Rer
open Rer.Reference

/// <summary>What a callback returned.</summary>
/// <remarks>Mirrors <c>SolverCallbackReturn</c>, including the reason that rez returns next to it.</remarks>
[<NoComparison>]
type SolverCallbackReturn =
    /// Continue.
    | KeepGoing
    /// Stop without a result, for a reason.
    | Abort of StopReason * reason: string
    /// Fail with the latest failure, for a reason. Ignored if nothing has failed yet.
    | Fail of reason: string

/// <summary>A solve between two steps.</summary>
/// <remarks>Mirrors what changes in <c>Solver</c>. See SOLVER.md#solving.</remarks>
[<NoComparison; NoEquality>]
type SolveState = {
    /// The phases that are left, the next one first. A failed phase stays until the next step.
    PhaseStack: ResolvePhase list
    /// The phases that failed and were discarded, the latest first.
    FailedPhases: ResolvePhase list
    /// The number of failed phases.
    FailedCount: int
    /// The number of phases that were pushed at each depth of the stack, minus one. It is part of a phase's name in the
    /// log.
    DepthCounts: Map<int, int>
    /// The number of steps so far.
    SolveCount: int
    /// How a callback ended the solve, if it did.
    Ended: SolverCallbackReturn option
}

/// <summary>The solver.</summary>
/// <remarks>Mirrors <c>Solver</c>.</remarks>
[<RequireQualifiedAccess>]
module Solver =

    /// <summary>The state of the solve. Mirrors <c>Solver.status</c>.</summary>
    let status (context: SolveContext) (state: SolveState) : SolverStatus =
        match state.Ended, state.PhaseStack with
        | _ when context.RequestList.Conflict.IsSome -> Failed
        | Some(Fail _), _ -> Failed
        | _, [] -> failwith "the stack of phases is never empty between steps"
        | _, phase :: rest ->
            match phase.Status with
            | Cyclic -> Failed
            | Solved -> Solved
            | Failed when rest.IsEmpty -> Failed
            | _ -> Unsolved

    let private isFailure (phase: ResolvePhase) : bool =
        phase.Status = Failed || phase.Status = Cyclic

    /// <summary>The number of failed steps so far. Mirrors <c>Solver.num_fails</c>.</summary>
    let numFails (state: SolveState) : int =
        if isFailure state.PhaseStack.Head then
            state.FailedCount + 1
        else
            state.FailedCount

    let private depthLabel (state: SolveState) : string =
        let depth = state.PhaseStack.Length - 1
        $"{{{depth},{state.DepthCounts[depth]}}}"

    /// Mirrors `_push_phase`.
    let private push (context: SolveContext) (phase: ResolvePhase) (state: SolveState) : SolveState =
        let depth = state.PhaseStack.Length

        let count =
            state.DepthCounts.TryFind depth |> Option.map ((+) 1) |> Option.defaultValue 0

        let state = {
            state with
                PhaseStack = phase :: state.PhaseStack
                DepthCounts = state.DepthCounts.Add(depth, count)
        }

        context.Printer.Line(fun () -> $"pushed {depthLabel state}: {ResolvePhase.text context phase}")
        state

    /// Mirrors `_pop_phase`.
    let private pop (context: SolveContext) (state: SolveState) : ResolvePhase * SolveState =
        let phase = state.PhaseStack.Head
        context.Printer.Line(fun () -> $"popped {depthLabel state}: {ResolvePhase.text context phase}")

        phase,
        {
            state with
                PhaseStack = state.PhaseStack.Tail
        }

    /// <summary>The start of a solve. The request may already be a failure. Mirrors <c>Solver.__init__</c>.</summary>
    /// <exception cref="T:Rer.Reference.SolveError">A family or package is not found.</exception>
    let start (cache: PackageVariantCache) : SolveState =
        let context = cache.Context

        let state = {
            PhaseStack = []
            FailedPhases = []
            FailedCount = 0
            DepthCounts = Map.empty
            SolveCount = 0
            Ended = None
        }

        match context.RequestList.Conflict with
        | Some(first, second) ->
            context.Printer.Line(fun () -> $"conflict in request: {first} <--!--> {second}")

            let conflict: DependencyConflict = {
                Dependency = first
                ConflictingRequest = second
            }

            // The list of a conflicting request is empty, so the phase has no scopes.
            let phase = {
                ResolvePhase.create cache with
                    Status = Failed
                    FailureReason = Some(DependencyConflicts [ conflict ])
            }

            push context phase state
        | None ->
            context.Printer.Line(fun () -> $"merged request: {context.RequestList.Text}")
            push context (ResolvePhase.create cache) state

    /// <summary>Takes one step: solves the next phase, or the preferred half of it. Mirrors <c>Solver.solve_step</c>.
    /// </summary>
    /// <exception cref="T:Rer.Reference.SolveError">A family or package is not found, or a package contradicts itself.
    /// </exception>
    let step (cache: PackageVariantCache) (state: SolveState) : SolveState =
        let context = cache.Context
        let printer = context.Printer
        printer.Header(fun () -> $"SOLVE #{state.SolveCount + 1} ({numFails state} fails so far)...")

        let phase, state =
            match pop context state with
            | failed, state when failed.Status = Failed ->
                printer.Line(fun () -> "discarded failed phase, fetching previous unsolved phase...")

                pop context {
                    state with
                        FailedPhases = failed :: state.FailedPhases
                        FailedCount = state.FailedCount + 1
                }
            | popped -> popped

        let phase, state =
            if phase.Status = Exhausted then
                printer.Subheader "SPLITTING:"
                let first, second = ResolvePhase.split context phase
                let state = push context second state
                printer.Line(fun () -> $"new phase: {ResolvePhase.text context first}")
                first, state
            else
                phase, state

        let solved = PhaseSolving.solve cache phase

        let state = {
            state with
                SolveCount = state.SolveCount + 1
        }

        match solved.Status with
        | Failed ->
            printer.Subheader "FAILED:"
            let state = push context solved state

            if state.PhaseStack.Tail.IsEmpty then
                printer.Header(fun () -> "FAIL: there is no solution")

            state
        | Solved ->
            printer.Subheader "SOLVED:"
            let final = ResolvePhase.finalise context solved
            let state = push context final state

            printer.Header(fun () ->
                if final.Status = Cyclic then
                    "FAIL: a cycle was detected"
                else
                    "SUCCESS")

            state
        | _ ->
            printer.Subheader "EXHAUSTED:"
            push context solved state

    /// The scopes of the latest phase that has not failed. Mirrors `_latest_nonfailed_phase`.
    let private latestPhaseText (context: SolveContext) (state: SolveState) : string =
        state.PhaseStack |> List.find (isFailure >> not) |> ResolvePhase.text context

    /// Mirrors `_do_callback`.
    let private doCallback
        context
        (callback: Rer.SolverState -> SolverCallbackReturn)
        (state: SolveState)
        : SolveState =
        let seen =
            Rer.SolverState(state.SolveCount, numFails state, (fun () -> latestPhaseText context state))

        let endWith verdict = { state with Ended = Some verdict }

        match callback seen with
        | Abort(_, reason) as verdict ->
            context.Printer.Line(fun () -> $"solve aborted: {reason}")
            endWith verdict
        | Fail reason as verdict when numFails state > 0 ->
            context.Printer.Line(fun () -> $"solve failed: {reason}")
            endWith verdict
        | _ -> state

    /// <summary>Takes steps until the solve ends. Mirrors <c>Solver.solve</c>, except for its statistics.</summary>
    /// <param name="cache">The packages.</param>
    /// <param name="callback">Called between steps.</param>
    /// <param name="observe">Called with the state after each step. If the next step raises, this is the last known
    /// state.</param>
    /// <param name="state">The state of the solve.</param>
    let rec solve
        (cache: PackageVariantCache)
        (callback: Rer.SolverState -> SolverCallbackReturn)
        (observe: SolveState -> unit)
        (state: SolveState)
        : SolveState =
        let goesOn state =
            status cache.Context state = Unsolved && state.Ended.IsNone

        if not (goesOn state) then
            state
        else
            cache.Context.ThrowIfCancelled()
            let state = step cache state
            observe state

            if goesOn state then
                solve cache callback observe (doCallback cache.Context callback state)
            else
                state

    /// <summary>A failure and its description. Mirrors <c>_get_failed_phase</c>.</summary>
    /// <param name="index">The failure's index, from 0. A negative index counts from the last. None is the failure that
    /// rez reports: the first or, if a cycle or a callback ended the solve, the last.</param>
    /// <param name="state">The finished solve.</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">There is no failure with this index.</exception>
    let failedPhase (index: int option) (state: SolveState) : ResolvePhase * string =
        let latest = state.PhaseStack |> List.truncate 1 |> List.filter isFailure
        let failures = List.rev state.FailedPhases @ latest
        let isCyclic = state.PhaseStack.Head.Status = Cyclic

        let index, abortReason =
            match index, state.Ended with
            | Some index, _ -> index, None
            | None, _ when isCyclic -> -1, None
            | None, Some(Fail reason) -> -1, Some reason
            | None, _ -> 0, None

        let phase =
            match failures |> List.tryItem (if index < 0 then failures.Length + index else index) with
            | Some phase -> phase
            | None -> raise (ArgumentOutOfRangeException(nameof index, "failure index out of range"))

        let description =
            match phase.FailureReason with
            | Some reason -> reason.Description
            | None -> "Solver failed with unknown reason."

        match abortReason with
        | Some reason when reason <> "" -> phase, $"{reason}:\n{description}"
        | _ -> phase, description
