/// Other sources of the right answer. Each makes a property: the engine agrees with the source.
module Rer.Fuzzing.Oracles

open Rer
open Rer.Fuzzing.Asking
open Rer.Fuzzing.Observation
open Rer.Fuzzing.Properties

/// Another engine gives the same result in every observable field.
let agreesWith (reference: Engine) : Property = {
    Name = "the reference says the same"
    Check =
        fun engine example question ->
            Verdict.compare (reference ()) (engine ()) (Example.repository example.Families) question
}

/// Trying every combination finds no fault in the answer.
let isValid: Property = {
    Name = "trying everything finds no fault"
    Check =
        fun engine example question ->
            if Opinion.applies example question then
                ask (Some stepBudget) (Example.repository example.Families) question (engine ())
                |> Opinion.judge example question
            else
                Agree
}

// rez checks all variants of a package against a schema when it loads the package. Engines check a variant when they
// reach it, so they may report a malformed requirement later, or never.
let private isSchemaError (observed: Observed) = observed.Outcome = "error PackageData"

let private isOutOfBudget (observed: Observed) =
    observed.Fields |> List.exists (fun field -> field.Value = "out of budget")

/// Compares a real rez's answer with an engine's, if rez has an answer at all.
let compareWithRez (rez: RezAnswer) (answer: Answer) : Verdict =
    match rez, answer with
    | _, Broke _ -> Verdict.ofAnswers answer answer
    | RezCrashed _, _ -> Agree
    | RezAnswered expected, _ when isSchemaError expected -> Agree
    | RezAnswered expected, _ when isOutOfBudget expected -> OutOfBudget
    | RezAnswered expected, Answered _ -> Verdict.ofAnswers (Answered expected) answer
    | RezAnswered _, TooLong -> OutOfBudget

/// A real rez gives the same result in every observable field. It is slow, and takes one question at a time.
let agreesWithRez (rez: LiveRez) : Property = {
    Name = "a real rez says the same"
    Check =
        fun engine example question ->
            let answer =
                ask (Some stepBudget) (Example.repository example.Families) question (engine ())

            let said =
                lock rez (fun () ->
                    rez.Ask {
                        example with
                            Questions = [ question ]
                    })

            compareWithRez said.Head answer
}
