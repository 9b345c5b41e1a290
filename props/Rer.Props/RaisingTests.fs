/// If rez itself crashes, there is no answer to compare with. The engine must warn that rez may crash.
module Rer.Props.RaisingTests

open System
open Xunit
open Rer
open Rer.Fuzzing
open Rer.Fuzzing.Generators
open Rer.Props.Checking

/// The environment variable for the number of examples in a long run.
let private countVariable = "RER_RAISING_EXAMPLES"

let private reason (example: Example) (question: Question) =
    let packages = CompiledRepository(Example.repository example.Families)
    let request = Example.request question
    let options = Asking.plainOptions question.Settings
    FastResolver().Resolve(request, packages, options) |> ignore
    Rer.RezRaises.Reason(request, packages, options)

[<FactWithRez>]
let ``Crashes of a real rez are foreseen`` () =
    withRez (LiveRez.FromEnvironment()) (fun rez ->
        let count = setting countVariable 60 int

        let seed = freshSeed ()
        let mutable fallen = 0
        let mutable foreseen = 0
        let mutable asked = 0

        for index in 0 .. count - 1 do
            let example = ExampleGenerators.at seed index

            for question, answer in List.zip example.Questions (rez.Ask example) do
                let reason = reason example question
                asked <- asked + 1

                if not (isNull reason) then
                    foreseen <- foreseen + 1

                match answer with
                | RezAnswered _ -> ()
                | RezCrashed crash ->
                    fallen <- fallen + 1
                    Assert.True(not (isNull reason), $"seed {seed}, example {index}: {crash}")

        TestContext.Current.TestOutputHelper
        |> Option.ofObj
        |> Option.iter (fun output ->
            output.WriteLine $"{asked} questions, of which {fallen} crashed rez; a warning came for {foreseen}"))
