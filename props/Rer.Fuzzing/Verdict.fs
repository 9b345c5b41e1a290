namespace Rer.Fuzzing

open Rer
open Rer.Fuzzing.Asking
open Rer.Fuzzing.Observation

/// The three possible results of a comparison.
type Verdict =
    | Agree
    | Differ of Difference list
    /// No verdict within the budget of steps. It is counted, and never taken as agreement.
    | OutOfBudget

/// Compares two engines on a question.
module Verdict =
    let private broken who text =
        Differ [
            {
                Field = "exception"
                Expected = "an answer"
                Actual = $"{who}: {text}"
            }
        ]

    /// The verdict on two answers.
    let ofAnswers (expected: Answer) (actual: Answer) : Verdict =
        match expected, actual with
        | Broke text, _ -> broken "expected" text
        | _, Broke text -> broken "actual" text
        | TooLong, _
        | _, TooLong -> OutOfBudget
        | Answered expected, Answered actual ->
            match differences expected actual with
            | [] -> Agree
            | differences -> Differ differences

    /// Asks both engines. The first one has a budget. The second has none, unless the first ran out of it.
    let compare (expected: IResolver) (actual: IResolver) (repository: IPackageRepository) (question: Question) =
        let first = ask (Some stepBudget) repository question expected

        match first with
        | TooLong -> OutOfBudget
        | _ -> ofAnswers first (ask None repository question actual)

    /// The first difference among some verdicts; otherwise whether any ran out of budget.
    let worst (verdicts: Verdict seq) : Verdict =
        verdicts
        |> Seq.fold
            (fun worst verdict ->
                match worst, verdict with
                | Differ _, _ -> worst
                | _, Differ _ -> verdict
                | OutOfBudget, _
                | _, OutOfBudget -> OutOfBudget
                | _ -> Agree)
            Agree
