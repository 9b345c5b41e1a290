/// Examples as FsCheck draws them. They are shrunk if a property does not hold.
module Rer.Props.ExampleDraws

open FsCheck.FSharp
open FsCheck.Xunit
open Rer.Fuzzing
open Rer.Fuzzing.Generators
open Rer.Fuzzing.Properties
open Rer.Props.Checking

/// The values that FsCheck draws.
type ExampleDraws =
    static member Example() =
        Arb.fromGenShrink (ExampleGenerators.example, Shrinkers.example)

/// A property of examples. It is checked with `count` of them, from small to large, or with the number in
/// `RER_EXAMPLES`.
type ExamplePropertyAttribute(count: int) =
    inherit
        PropertyAttribute(
            MaxTest = setting "RER_EXAMPLES" count int,
            Replay = FixedReplay,
            Arbitrary = [| typeof<ExampleDraws> |]
        )

/// Fails if the answers differ.
let mustAgree (what: string) (verdict: Verdict) =
    match verdict with
    | Agree
    | OutOfBudget -> ()
    | Differ differences ->
        let told = differences |> List.map string |> String.concat "\n"
        global.Xunit.Assert.Fail $"{what}: does not hold.\n{told}"
