/// A single report for all tests that are left out because no real rez is named, with the command that runs them.
module Rer.Props.RezTests

open System.Reflection
open Xunit
open Rer.Fuzzing
open Rer.Props.Checking

[<Fact>]
let ``A real rez is asked`` () =
    let tests =
        Assembly.GetExecutingAssembly().GetTypes()
        |> Seq.collect _.GetMethods()
        |> Seq.filter (fun test -> not (isNull (test.GetCustomAttribute<FactWithRezAttribute>())))
        |> Seq.length

    Assert.SkipUnless(
        RezOfEnvironment.isNamed (),
        $"{tests} tests need a real rez and are left out. To run them, name the src folder of a rez checkout and a Python: {RezOfEnvironment.SourceVariable}=DIR {RezOfEnvironment.PythonVariable}=python3 dotnet test -c Release"
    )

    Assert.True(tests > 0)
