/// Compares the engines with each other and checks every property, with a fixed seed and briefly with a new one.
/// `.ci/run` also runs `Rer.Fuzz` with another seed, and prints the coverage. These tests do not use `[<Property>]`.
/// They run the loop of that command, for a given time and on all cores. They name an example by its seed and number,
/// from which the command generates it again.
module Rer.Props.AgreementTests

open System
open System.IO
open Xunit
open Rer
open Rer.Fuzzing
open Rer.Fuzzing.Properties
open Rer.Props.Checking

let private reference: Engine = fun () -> Rer.Reference.ReferenceResolver()

// One engine for the process, as in an application. What it keeps between solves is part of the test.
let private fast: Engine =
    let resolver = FastResolver()
    fun () -> resolver

let private plan (seconds: float) seed : FuzzPlan = {
    Seed = seed
    Time = TimeSpan.FromSeconds seconds
    AtLeast = 5_000
    Only = None
    Threads = Environment.ProcessorCount
    Reference = reference
    Engine = fast
    Rez = None
    Output = Path.Combine(Path.GetTempPath(), "rer-fuzz")
}

let private agree plan =
    let report = Fuzz.run plan ignore

    TestContext.Current.TestOutputHelper
    |> Option.ofObj
    |> Option.iter (fun output -> output.WriteLine(string report))

    Assert.True(report.Findings.IsEmpty, string report)
    Assert.InRange(float report.OutOfBudget / float report.Checks, 0.0, 0.005)

[<Fact>]
let ``The engines agree on the examples of a fixed seed`` () = agree (plan 60.0 fixedSeed)

[<Fact>]
let ``The engines agree on the examples of a fresh seed`` () =
    agree {
        plan 15.0 (freshSeed ()) with
            AtLeast = 500
    }

[<FactWithRez>]
let ``The reference agrees with a real rez`` () =
    withRez (LiveRez.FromEnvironment()) (fun rez ->
        agree {
            plan 30.0 (freshSeed ()) with
                AtLeast = 500
                Threads = 1
                Rez = Some rez
        })
