/// FsCheck as the facts of this project call it: seeded, and the seed in every failure.
module Rer.Props.Checking

open System
open FsCheck
open FsCheck.FSharp
open Xunit
open Rer.Fuzzing

// One test at a time: the long ones use every processor themselves, and others measure what they take.
[<assembly: CollectionBehavior(DisableTestParallelization = true)>]
do ()

/// The seed of runs that are the same every time.
let fixedSeed = 20260101UL

/// A seed that differs from run to run. Whoever draws one prints it.
let freshSeed () = uint64 DateTime.UtcNow.Ticks

/// Checks a property on so many draws of a generator; fails with the seed, the draw and its shrunk form.
let holds (seed: uint64) (count: int) (generate: Gen<'a>) (property: 'a -> bool) =
    let config =
        Config.QuickThrowOnFailure
            .WithMaxTest(count)
            .WithReplay(Some { Rnd = Rnd seed; Size = None })
            .WithName($"seed {seed}")

    Check.One(config, Prop.forAll (Arb.fromGen generate) property)

/// What an environment variable says of a long run, or what the suite does without.
let setting (variable: string) (otherwise: 'value) (parse: string -> 'value) : 'value =
    match Environment.GetEnvironmentVariable variable with
    | null
    | "" -> otherwise
    | value -> parse value

/// Runs a test with a real rez; skips it where the environment names none.
let withRez (found: 'live option when 'live :> IDisposable) (test: 'live -> unit) : unit =
    match found with
    | None ->
        Assert.Skip
            $"Set {RezOfEnvironment.SourceVariable} to the src folder of a rez checkout and {RezOfEnvironment.PythonVariable} to a Python to ask a real rez."
    | Some rez ->
        use rez = rez
        test rez
