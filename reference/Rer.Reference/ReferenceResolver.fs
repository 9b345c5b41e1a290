namespace Rer.Reference

open System
open System.Threading
open Rer
open Rer.Reference

/// Details of a finished solve, computed when a caller asks for them. The lock is needed because rendering scopes sorts
/// entries in place.
[<Sealed>]
type private SolveDetails(context: SolveContext, state: SolveState) =

    let gate = Lock()

    let texts (requirements: Requirement list) =
        requirements |> List.map _.Text |> Array.ofList

    let toPackage name (version: Version) (index: int option) =
        ResolvedPackage(name, version.Text, Option.toNullable index)

    let toFailure (phase: ResolvePhase) (description: string) : SolveFailure =
        match phase.FailureReason with
        | None -> UnknownFailure(description, [||])
        | Some reason ->
            let involved = texts reason.InvolvedRequirements

            match reason with
            | Cycle _ -> CycleFailure(description, involved, Array.ofList reason.CyclePackages)
            | DependencyConflicts conflicts ->
                let toConflict (conflict: DependencyConflict) =
                    Rer.DependencyConflict(conflict.Dependency.Text, conflict.ConflictingRequest.Text)

                DependencyConflictsFailure(description, involved, conflicts |> List.map toConflict |> Array.ofList)
            | TotalReduction reductions ->
                let toReduction (reduction: Reduction) =
                    Rer.Reduction(
                        toPackage reduction.Name reduction.Version reduction.VariantIndex,
                        reduction.Dependency.Text,
                        reduction.ConflictingRequest.Text
                    )

                TotalReductionFailure(description, involved, reductions |> List.map toReduction |> Array.ofList)

    // A scope that the failed phase had not examined may contain a package that conflicts with itself. rez raises here
    // too.
    let draw phase =
        lock gate (fun () ->
            try
                PhaseGraph.draw context phase
            with
            | SolveError(_, message)
            | VersionError message -> raise (InvalidOperationException $"the graph cannot be drawn: {message}"))

    interface ISolveDetails with
        member _.GetGraph() =
            if Solver.status context state = Failed then
                draw (fst (Solver.failedPhase None state))
            else
                draw state.PhaseStack.Head

        member _.GetFailure index =
            Solver.failedPhase (Option.ofNullable index) state ||> toFailure

        member _.GetFailureGraph index =
            draw (fst (Solver.failedPhase (Some index) state))

/// <summary>
/// The reference: rez's solver, step by step. It is written to be read. For speed, use the fast engine.
/// </summary>
/// <remarks>SOLVER.md explains the algorithm.</remarks>
[<Sealed>]
type ReferenceResolver() =

    /// The limits and the callback of the options, in the order of `ResolvedContext.Callback`.
    static let callback (options: ResolveOptions) (start: int64) (state: Rer.SolverState) : SolverCallbackReturn =
        let isAtFailLimit =
            options.MaxFails.HasValue && state.NumFails >= options.MaxFails.Value

        let isOutOfTime =
            options.TimeLimit.HasValue
            && options.Clock.GetElapsedTime start > options.TimeLimit.Value

        if isAtFailLimit then
            Fail $"fail limit reached: aborted after {state.NumFails} failures"
        elif isOutOfTime then
            Abort(StopReason.TimeLimit, "time limit exceeded")
        else
            match options.Callback with
            | null -> KeepGoing
            | callback ->
                match callback.Invoke state with
                | struct (Rer.SolverCallbackReturn.Abort, reason) -> Abort(StopReason.Callback, reason)
                | struct (Rer.SolverCallbackReturn.Fail, reason) -> Fail reason
                | _ -> KeepGoing

    /// The filters, with the timestamp as an additional rule. Mirrors `Resolver.__init__`.
    static let filters (options: ResolveOptions) : Filter list =
        let filters = FilterList.parse options.PackageFilters
        let isAny = filters |> List.exists (fun filter -> not filter.Excludes.IsEmpty)

        if options.Timestamp = 0 then
            filters
        else
            // For rez, filters that exclude nothing count as no filters.
            FilterList.addExclusion (Rule.after (bigint options.Timestamp) None) (if isAny then filters else [])

    static let resolve request repository (options: ResolveOptions) cancellationToken : ResolveResult =
        let start = options.Clock.GetTimestamp()
        let mutable statistics = SolveStatistics(0, 0)

        try
            let parse text =
                Input.parse $"request: requirement '{text}'" (fun () -> PackageRequest.parse text)

            let requirements = request |> Seq.map parse |> List.ofSeq
            let printer = Printer options.Log
            printer.Line(fun () -> $"""request: {String.Join(' ', requirements)}""")

            let context =
                SolveContext(
                    options,
                    RequirementList.Create requirements,
                    PackageSource(repository, options.Clock),
                    filters options,
                    printer,
                    cancellationToken
                )

            let observe (state: SolveState) =
                statistics <-
                    SolveStats.toStatistics
                        context
                        state.SolveCount
                        (Solver.numFails state)
                        (options.Clock.GetElapsedTime start)

            let cache = PackageVariantCache context
            let first = Solver.start cache
            observe first
            let state = Solver.solve cache (callback options start) observe first
            observe state

            printer.Subheader "SOLVE STATS:"

            printer.Line(fun () ->
                SolveStats.toText context statistics.NumSolves statistics.NumFails statistics.SolveTime)

            let details = SolveDetails(context, state)

            match Solver.status context state, state.Ended with
            | Failed, _ -> FailedResult(statistics, details)
            | Solved, _ ->
                let phase = state.PhaseStack.Head

                let packages =
                    ResolvePhase.solvedVariants context phase
                    |> List.map (fun variant ->
                        ResolvedPackage(variant.Name, variant.Version.Text, Option.toNullable variant.Index))

                let ephemerals = ResolvePhase.solvedEphemerals phase |> List.map _.Text
                SolvedResult(Array.ofList packages, Array.ofList ephemerals, statistics, details)
            | _, Some(Abort(stop, reason)) -> StoppedResult(stop, reason, statistics)
            | _ -> failwith "the solver returned before the solve ended"
        with
        | SolveError(kind, message) -> ErrorResult(kind, message, statistics)
        // A range without an inverse is noticed only in the middle of a solve, as in rez.
        | VersionError message -> ErrorResult(ResolveErrorKind.InvalidSyntax, message, statistics)
        | :? PackageDataException as error -> ErrorResult(ResolveErrorKind.PackageData, error.Message, statistics)
        | :? OperationCanceledException when cancellationToken.IsCancellationRequested ->
            StoppedResult(StopReason.Cancelled, "cancelled", statistics)

    interface IResolver with
        member _.Name = "reference"

        member _.Resolve(request, repository, options, cancellationToken) =
            let request = InputList.CopyAlways(request, nameof request)
            ArgumentNullException.ThrowIfNull repository
            let options = options |> Option.ofObj |> Option.defaultValue ResolveOptions.Default
            resolve request repository options cancellationToken
