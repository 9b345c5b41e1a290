/// Examples as FsCheck draws them, and cuts them down where a property does not hold.
module Rer.Props.ExampleDraws

open FsCheck.FSharp
open FsCheck.Xunit
open Rer.Fuzzing
open Rer.Fuzzing.Generators
open Rer.Fuzzing.Properties
open Rer.Props.Checking

/// What FsCheck draws.
type ExampleDraws =
    static member Example() =
        Arb.fromGenShrink (ExampleGenerators.example, Shrinkers.example)

/// A property of examples: of so many of them, from small to large, or of as many as `RER_EXAMPLES` says.
type ExamplePropertyAttribute(count: int) =
    inherit
        PropertyAttribute(
            MaxTest = setting "RER_EXAMPLES" count int,
            Replay = FixedReplay,
            Arbitrary = [| typeof<ExampleDraws> |]
        )

/// Fails where a verdict is that answers differ.
let mustAgree (what: string) (verdict: Verdict) =
    match verdict with
    | Agree
    | OutOfBudget -> ()
    | Differ differences ->
        let told = differences |> List.map string |> String.concat "\n"
        global.Xunit.Assert.Fail $"{what}: does not hold.\n{told}"
