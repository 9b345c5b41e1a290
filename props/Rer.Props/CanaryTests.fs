/// Every canary is caught, and its healthy twin is not.
module Rer.Props.CanaryTests

open Xunit
open Rer
open Rer.Fuzzing
open Rer.Fuzzing.Generators
open Rer.Fuzzing.Properties
open Rer.Props.Checking

/// The number of examples within which a canary must be caught: less than a tenth of those that CI runs.
let private budget = 150

let private reference: Engine = fun () -> Rer.Reference.ReferenceResolver()

// One engine for all examples, as in a process. Only an engine that lives on can have a stale cache.
let private kept (engine: Engine) : Engine =
    let resolver = engine ()
    fun () -> resolver

let private checks =
    Oracles.agreesWith reference :: Oracles.isValid :: Properties.all reference

let private caughtBy (engine: Engine) (example: Example) =
    seq {
        for question in example.Questions do
            for property in checks do
                match property.Check engine example question with
                | Differ _ -> property.Name
                | Agree
                | OutOfBudget -> ()
    }

let canaries () =
    TheoryData<string>([ for canary in Canaries.all -> canary.Fault ])

[<Theory>]
[<MemberData(nameof canaries)>]
let ``Every canary is caught`` (fault: string) =
    let canary = Canaries.all |> List.find (fun canary -> canary.Fault = fault)
    let engine = kept canary.Engine

    let caught =
        Seq.init budget (fun index -> index, ExampleGenerators.at fixedSeed index)
        |> Seq.tryPick (fun (index, example) ->
            caughtBy engine example
            |> Seq.tryHead
            |> Option.map (fun property -> index, property))

    match caught with
    | Some(index, property) ->
        TestContext.Current.TestOutputHelper
        |> Option.ofObj
        |> Option.iter (fun output -> output.WriteLine $"{fault}: caught in example {index}, where {property}")
    | None ->
        Assert.Fail
            $"No property caught '{fault}' in {budget} examples. Either they miss it, or the line that it replaces is no longer in the reference: see Rer.Canaries.fsproj."

[<Fact>]
let ``The reference that canaries are made of is right without a fault`` () =
    for index in 0..9 do
        let example = ExampleGenerators.at fixedSeed index
        Assert.Empty(caughtBy (kept (Canaries.spoiled "")) example)
