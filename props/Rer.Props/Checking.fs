/// Shared by the tests of this project: seeds, the settings of long runs from the environment, and a real rez.
module Rer.Props.Checking

open System
open Xunit
open Rer.Fuzzing

// One test at a time. The long ones use every processor themselves, and others measure resources.
[<assembly: CollectionBehavior(DisableTestParallelization = true)>]
do ()

/// The seed of reproducible runs.
let fixedSeed = 20260101UL

/// A seed that differs from run to run. Callers print it.
let freshSeed () = uint64 DateTime.UtcNow.Ticks

/// The same for `[<Property>]`: the state of FsCheck's random numbers. A property that fails prints its own state, to
/// use for `Replay`.
[<Literal>]
let FixedReplay = "20260101,11400714819323198485"

/// The setting of a long run in an environment variable, or the suite's default.
let setting (variable: string) (otherwise: 'value) (parse: string -> 'value) : 'value =
    match Environment.GetEnvironmentVariable variable with
    | null
    | "" -> otherwise
    | value -> parse value

/// Runs a test with a real rez; skips it if the environment names none.
let withRez (found: 'live option when 'live :> IDisposable) (test: 'live -> unit) : unit =
    match found with
    | None ->
        Assert.Skip
            $"Set {RezOfEnvironment.SourceVariable} to the src folder of a rez checkout and {RezOfEnvironment.PythonVariable} to a Python to ask a real rez."
    | Some rez ->
        use rez = rez
        test rez
