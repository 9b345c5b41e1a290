/// The brute-force oracle's verdict on an engine's answer.
module Rer.Fuzzing.Opinion

open System

open Rer.Fuzzing.Asking
open Rer.Fuzzing.Observation

/// The number of combinations to try before the verdict is "out of budget".
let private searchBudget = 20_000

/// Whether the oracle can judge a question. It does not support filters, and trying everything takes too long for more
/// than 12 families.
let applies (example: Example) (question: Question) =
    question.Settings.Filters.IsEmpty && example.Families.Length <= 12

let private differ expected actual =
    Differ [
        {
            Field = "validity"
            Expected = expected
            Actual = actual
        }
    ]

// Whether rez promises to find a resolve that exists (SOLVER.md#unfound). A cycle or an error ends the solve at once,
// limits and callbacks end it before it has searched everything, and a union may exclude too much.
let private promisesToFind (example: Example) (question: Question) (observed: Observed) =
    observed.Outcome.StartsWith "failed"
    && observed.Outcome <> "failed Cycle"
    && not question.Settings.IsLimited
    && not (BruteForce.mayExcludeTooMuch example.Families question)

/// Checks that a solved answer is valid, and that nothing valid exists if the solve failed.
let judge (example: Example) (question: Question) (answer: Answer) : Verdict =
    match answer with
    | Answered observed when observed.Outcome = "solved" ->
        let packages = [
            for package in observed.Packages -> package.Name, package.Version, Option.ofNullable package.VariantIndex
        ]

        match BruteForce.faults example.Families question packages with
        | [] -> Agree
        | faults -> differ "a valid resolve" (String.Join("; ", faults))
    | Answered observed when promisesToFind example question observed ->
        match BruteForce.search searchBudget example.Families question with
        | BruteForce.NothingFound -> Agree
        | BruteForce.Exhausted -> OutOfBudget
        | BruteForce.Found chosen ->
            let found = [
                for entry in chosen -> $"{entry.Key}-{entry.Value.Version}[{entry.Value.Index}]"
            ]

            differ observed.Outcome (String.Join(" ", found))
    | _ -> Agree
