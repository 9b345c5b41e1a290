/// Runs engines on questions, within a budget of steps.
module Rer.Fuzzing.Asking

open System
open System.Threading
open Rer
open Rer.Fuzzing.Observation

/// The outcome of running an engine on a question.
type Answer =
    | Answered of Observed
    /// It took more steps than the budget allows.
    | TooLong
    /// It threw or did not stop. That is always a fault.
    | Broke of string

/// A clock that stands still until it is set.
type private StoppedClock() =
    inherit TimeProvider()
    let mutable seconds = 0L
    member _.Advance() = seconds <- seconds + 3600L
    override _.TimestampFrequency = 1L
    override _.GetTimestamp() = seconds

    override _.GetUtcNow() =
        DateTimeOffset.UnixEpoch.AddSeconds(float seconds)

/// The number of steps after which a solve counts as out of budget. rez's own benchmark needs up to 327.
let stepBudget = 400

/// The time after which an engine counts as hanging.
let private patience = TimeSpan.FromSeconds 60.0

let private outOfBudget = "out of budget"

let private keepGoing = struct (SolverCallbackReturn.KeepGoing, "")

// Applies a limit between steps, and records the steps that a callback sees.
let private callback limit (clock: StoppedClock) (note: Step -> unit) (state: SolverState) =
    let at step answer =
        note {
            Solves = state.NumSolves
            Fails = state.NumFails
            Phase = state.Phase
        }

        if state.NumSolves >= step then answer else keepGoing

    match limit with
    | AbortAt step -> at step (struct (SolverCallbackReturn.Abort, "aborted"))
    | FailAt step -> at step (struct (SolverCallbackReturn.Fail, "failed"))
    | TimeUpAt step ->
        if state.NumSolves >= step then
            clock.Advance()

        keepGoing
    | Unlimited -> keepGoing

let private withinBudget budget (inner: SolverState -> struct (SolverCallbackReturn * string)) (state: SolverState) =
    if state.NumSolves >= budget then
        struct (SolverCallbackReturn.Abort, outOfBudget)
    else
        inner state

let private options settings (callback: SolverCallback | null) (clock: TimeProvider) (timeLimit: Nullable<TimeSpan>) =
    ResolveOptions(
        VariantSelectMode = settings.SelectMode,
        PackageFilters = Array.ofList settings.Filters,
        Timestamp = settings.Timestamp,
        PackageOrderers = (settings.Orderers |> Option.map Array.ofList |> Option.toObj),
        ConfiguredOrderers = Array.ofList settings.ConfiguredOrderers,
        Building = settings.Building,
        Optimised = settings.Optimised,
        ErrorOnMissingVariantRequires = settings.ErrorOnMissing,
        PruneUnfailed = settings.PruneUnfailed,
        MaxFails = Option.toNullable settings.MaxFails,
        Callback = callback,
        Clock = clock,
        TimeLimit = timeLimit
    )

/// The options of a question without callbacks and clocks: everything that a book can store.
let plainOptions (settings: Settings) =
    options settings null TimeProvider.System (Nullable())

let private optionsFor (settings: Settings) (budget: int option) note =
    let clock = StoppedClock()
    let callback = callback settings.Limit clock note

    match settings.Limit, budget with
    | Unlimited, None -> plainOptions settings
    | limit, budget ->
        let callback =
            budget |> Option.fold (fun inner budget -> withinBudget budget inner) callback

        let timeLimit =
            match limit with
            | TimeUpAt _ -> Nullable(TimeSpan.FromSeconds 1.0)
            | _ -> Nullable()

        options settings (SolverCallback callback) clock timeLimit

/// Runs an engine on a question. Without a budget, the engine gets no callback except the question's own, as from most
/// callers. If such a solve does not end, the engine is broken.
let ask (budget: int option) (repository: IPackageRepository) (question: Question) (resolver: IResolver) : Answer =
    let steps = ResizeArray<Step>()
    use patience = new CancellationTokenSource(patience)

    try
        let options = optionsFor question.Settings budget steps.Add

        let result =
            resolver.Resolve(Example.request question, repository, options, patience.Token)

        match result with
        | :? StoppedResult as stopped when stopped.Message = outOfBudget -> TooLong
        | :? StoppedResult as stopped when stopped.Reason = StopReason.Cancelled -> Broke "It did not stop."
        | _ -> Answered(observe result (List.ofSeq steps))
    with error ->
        Broke $"It threw {error}"
