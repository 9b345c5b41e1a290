/// Who else may say what the answer is. Each is a property of an engine: that it agrees.
module Rer.Fuzzing.Oracles

open Rer
open Rer.Fuzzing.Asking
open Rer.Fuzzing.Observation
open Rer.Fuzzing.Properties

/// Another engine says the same on every observable field.
let agreesWith (reference: Engine) : Property = {
    Name = "the reference says the same"
    Check =
        fun engine example question ->
            Verdict.compare (reference ()) (engine ()) (Example.repository example.Families) question
}

/// Trying everything finds no fault.
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

// rez rejects a malformed requirement of a package when it reads the package, engines when they parse it.
let private asRezCallsIt (observed: Observed) =
    let renamed (text: string) =
        if text = "error PackageData" then
            "error InvalidSyntax"
        else
            text

    {
        observed with
            Outcome = renamed observed.Outcome
            Fields =
                observed.Fields
                |> List.map (fun field -> {
                    field with
                        Value = renamed field.Value
                })
    }

// Which of several cycles rez reports follows the order of a set, which changes from run to run. Any cycle is right
// then, but not in the fields that name it.
let private upToCycle (expected: Observed) (actual: Observed) =
    let named = [
        "failure"
        "last failure"
        "graph"
        $"failure {expected.Fails - 1}"
        $"graph {expected.Fails - 1}"
    ]

    if expected.Outcome = "failed Cycle" && actual.Outcome = "failed Cycle" then
        {
            expected with
                Fields =
                    expected.Fields
                    |> List.filter (fun field -> not (List.contains field.Name named))
        }
    else
        expected

// rez falls over naming what a failure involves where that is an unversioned package.
let private unknownToRez = "unknown to rez"

let private upToUnknown (expected: Observed) (actual: Observed) =
    let masked (field: Field) =
        let unknownLine =
            expected.Fields
            |> List.tryFind (fun other -> other.Name = field.Name)
            |> Option.bind (fun other -> other.Value.Split '\n' |> Array.tryFindIndex ((=) unknownToRez))

        match unknownLine, field.Value.Split '\n' with
        | Some line, lines when line < lines.Length -> {
            field with
                Value = String.concat "\n" (Array.updateAt line unknownToRez lines)
          }
        | _ -> field

    {
        actual with
            Fields = List.map masked actual.Fields
    }

/// What a real rez says against what an engine says, where rez has an answer at all.
let compareWithRez (rez: RezAnswer) (answer: Answer) : Verdict =
    match rez, answer with
    | RezCrashed _, Broke text -> Verdict.ofAnswers (Broke text) answer
    | RezCrashed _, _ -> Agree
    | RezAnswered expected, Answered actual when
        expected.Fields
        |> List.exists (fun field -> field.Value = "out of budget")
        |> not
        ->
        let actual = upToUnknown expected (asRezCallsIt actual)
        Verdict.ofAnswers (Answered(upToCycle (asRezCallsIt expected) actual)) (Answered actual)
    | RezAnswered _, Broke _ -> Verdict.ofAnswers answer answer
    | RezAnswered _, _ -> OutOfBudget

/// A real rez says the same on every observable field. Slow, and one question at a time.
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
