/// What the tests of this project share: seeds, what the environment says of a long run, and a real rez.
module Rer.Props.Checking

open System
open Xunit
open Rer.Fuzzing

// One test at a time: the long ones use every processor themselves, and others measure what they take.
[<assembly: CollectionBehavior(DisableTestParallelization = true)>]
do ()

/// The seed of runs that are the same every time.
let fixedSeed = 20260101UL

/// A seed that differs from run to run. Whoever draws one prints it.
let freshSeed () = uint64 DateTime.UtcNow.Ticks

/// The same for `[<Property>]`: the state of FsCheck's random numbers. A property that does not hold prints its own, for
/// `Replay` to take.
[<Literal>]
let FixedReplay = "20260101,11400714819323198485"

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
