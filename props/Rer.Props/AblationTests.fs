/// The fast engine with each of its optimisations turned off, one at a time. A difference points to its optimisation.
module Rer.Props.AblationTests

open System
open System.IO
open System.Reflection
open Xunit
open Rer
open Rer.Books
open Rer.Solving
open Rer.Fuzzing
open Rer.Fuzzing.Properties
open Rer.Props.ExampleDraws

let private reference: Engine = fun () -> Rer.Reference.ReferenceResolver()

let private optimisations =
    typeof<EngineSwitches>.GetProperties(BindingFlags.Instance ||| BindingFlags.Public)
    |> Array.filter (fun property -> property.PropertyType = typeof<bool>)

/// The engine without one optimisation.
let private without (optimisation: string) : IResolver =
    let switches = EngineSwitches()

    let property =
        optimisations |> Array.find (fun property -> property.Name = optimisation)

    property.SetValue(switches, false)
    FastResolver switches

let optimisationNames () =
    TheoryData<string>(optimisations |> Array.map _.Name)

let rec private dataSet (directory: DirectoryInfo | null) =
    match directory with
    | null -> failwith "The tests run outside of a clone: no folder above them has a Rer.sln and a data_set."
    | directory when File.Exists(Path.Combine(directory.FullName, "Rer.sln")) ->
        Path.Combine(directory.FullName, "data_set")
    | directory -> dataSet directory.Parent

// All books except rez's own benchmark, whose packages are not part of the project.
let private books =
    lazy
        (Directory.EnumerateFiles(
            dataSet (DirectoryInfo AppContext.BaseDirectory),
            "*.json*",
            SearchOption.AllDirectories
         )
         |> Seq.filter (fun path ->
             Path.GetFileName path <> "version.json"
             && not (path.EndsWith(".expected.json", StringComparison.Ordinal)))
         |> Seq.sort
         |> Seq.collect BookFile.Read
         |> Array.ofSeq)

[<Theory>]
[<MemberData(nameof optimisationNames)>]
let ``Without an optimisation the books have the same answers`` (optimisation: string) =
    let engine = without optimisation

    let differences = [
        for book in books.Value do
            for case in book.Cases do
                for difference in CaseComparison.Check(engine, book.Repository, case) do
                    $"""{book.Name} {String.Join(" ", case.Request)}: {difference}"""
    ]

    Assert.True(differences.IsEmpty, $"without {optimisation}:\n" + String.Join("\n", List.truncate 10 differences))

// Kept from one example to the next, as a process keeps an engine.
let private engines: (string * Engine) list = [
    for optimisation in optimisations do
        let engine = without optimisation.Name
        optimisation.Name, (fun () -> engine)
]

let private properties = Properties.all reference

[<ExampleProperty(30)>]
let ``Without an optimisation the properties hold`` (example: Example) (FsCheck.NonNegativeInt start) =
    for optimisation, engine in engines do
        for position, question in List.indexed example.Questions do
            for property in
                [
                    Oracles.agreesWith reference
                    properties[(start + position) % properties.Length]
                ] do
                property.Check engine example question
                |> mustAgree $"without {optimisation}, question {position}: {property.Name}"
