/// Shared by the tests of this project: seeds, the settings of long runs from the environment, and a real rez.
module Rer.Props.Checking

open System
open System.Collections.Generic
open System.Threading.Tasks
open Xunit
open Xunit.v3
open Rer.Fuzzing

// One test at a time. The long ones use every processor themselves, and others measure resources.
[<assembly: CollectionBehavior(DisableTestParallelization = true)>]
do ()

/// The seed of reproducible runs.
let fixedSeed = 20260101UL

/// A seed that differs from run to run. Callers print it.
let freshSeed () = uint64 DateTime.UtcNow.Ticks

/// The seed for `[<Property>]`: the state of FsCheck's random numbers. A property that fails prints its own state, to
/// use for `Replay`.
[<Literal>]
let FixedReplay = "20260101,11400714819323198485"

/// The setting of a long run in an environment variable, or the suite's default.
let setting (variable: string) (otherwise: 'value) (parse: string -> 'value) : 'value =
    match Environment.GetEnvironmentVariable variable with
    | null
    | "" -> otherwise
    | value -> parse value

/// Finds the tests that need a real rez, if the environment names one. Otherwise they are left out. `RezTests` then
/// reports that once for all of them, because the runner would print three lines for each.
type FactWithRezDiscoverer() =
    inherit FactDiscoverer()

    override _.Discover(options, method, fact) =
        if RezOfEnvironment.isNamed () then
            base.Discover(options, method, fact)
        else
            ValueTask<IReadOnlyCollection<IXunitTestCase>>(Array.empty :> IReadOnlyCollection<_>)

/// A fact that needs a real rez.
[<AttributeUsage(AttributeTargets.Method)>]
[<XunitTestCaseDiscoverer(typeof<FactWithRezDiscoverer>)>]
type FactWithRezAttribute() =
    inherit FactAttribute(null, -1)

/// Runs a test with the real rez that the environment names.
let withRez (found: 'live option when 'live :> IDisposable) (test: 'live -> unit) : unit =
    use rez = Option.get found
    test rez
