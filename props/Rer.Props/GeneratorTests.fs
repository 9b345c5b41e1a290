/// Tests of the generators. The engines are never tested on cases that the generators never make.
module Rer.Props.GeneratorTests

open System.IO
open System.Text
open Xunit
open Rer.Books
open Rer.Fuzzing
open Rer.Fuzzing.Asking
open Rer.Fuzzing.Generators
open Rer.Props.Checking

/// The minimum share of all questions, in percent, that must have each feature.
let private required = [
    "outcome: solved", 35.0
    "outcome: failed DependencyConflicts", 10.0
    "outcome: failed TotalReduction", 3.0
    "outcome: failed Cycle", 1.0
    "outcome: failed Unknown", 0.02
    "outcome: error PackageFamilyNotFound", 0.3
    "outcome: error PackageNotFound", 3.0
    "outcome: error PackageConflict", 0.5
    "outcome: error InvalidSyntax", 0.3
    "outcome: stopped Callback", 0.3
    "outcome: stopped TimeLimit", 0.1
    "fails: 1 or more", 25.0
    "fails: 3 or more", 3.0
    "solved after fails: 1 or more", 5.0
    "solved after fails: 3 or more", 1.5
    "solved after fails: 10 or more", 0.2
    "solves: 2 or more", 30.0
    "solves: 5 or more", 8.0
    "solves: 10 or more", 2.0
    "solves: 30 or more", 0.3
    "solves: 100 or more", 0.02
    "families: 10 or more", 20.0
    "families: 20 or more", 4.0
    "families: 30 or more", 1.0
    "packages: 60 or more", 15.0
    "packages: 120 or more", 2.0
    "resolved packages: 5 or more", 5.0
    "resolved packages: 10 or more", 0.3
    "repository: variants", 70.0
    "repository: weak requirement", 30.0
    "repository: conflict requirement", 30.0
    "repository: ephemeral", 20.0
    "request: weak or conflict", 15.0
    "request: ephemeral", 5.0
    "option: defaults", 30.0
    "option: intersection_priority", 10.0
    "option: filters", 7.0
    "option: timestamp", 4.0
    "option: orderers", 10.0
    "option: configured orderers", 4.0
    "option: building", 7.0
    "option: unoptimised", 5.0
    "option: missing families fail", 6.0
    "option: unpruned", 5.0
    "limit: fails", 2.0
    "limit: callback aborts", 1.0
    "limit: callback fails", 2.0
    "limit: time", 0.3
    "limit: fails and another", 0.5
]

[<Fact>]
let ``Examples cover outcomes, depths, sizes and options`` () =
    let coverage = Coverage()

    for index in 0..599 do
        let example = ExampleGenerators.at fixedSeed index
        let repository = Example.repository example.Families

        for question in example.Questions do
            match ask (Some stepBudget) repository question (Rer.Reference.ReferenceResolver()) with
            | Answered observed -> coverage.Note(example, question, observed)
            | TooLong
            | Broke _ -> ()

    let missing = [
        for name, percent in required do
            if 100.0 * coverage.Share name < percent then
                $"{name}: {coverage.Share name:P2} of questions, and at least {percent / 100.0:P2} wanted"
    ]

    Assert.True(missing.IsEmpty, String.concat "\n" (missing @ [ coverage.Table() ]))

// Filters and orderers contain arrays, which compare by reference. So examples are compared as books, by their
// contents.
let private text (example: Example) =
    use bytes = new MemoryStream()
    BookFile.Write(bytes, [| ExampleBook.ofExample "example" example |])

    Encoding.UTF8.GetString(bytes.ToArray())
    + String.concat " " [ for question in example.Questions -> string question.Settings.Limit ]

[<Fact>]
let ``An example is the same whenever it is drawn`` () =
    for index in [ 0; 7; 50 ] do
        Assert.Equal(text (ExampleGenerators.at 5UL index), text (ExampleGenerators.at 5UL index))
        Assert.NotEqual<string>(text (ExampleGenerators.at 5UL index), text (ExampleGenerators.at 6UL index))

[<Fact>]
let ``Smaller examples are well-formed, and never the example itself`` () =
    for index in 0..19 do
        let example = ExampleGenerators.at fixedSeed index

        if Shrinkers.isWellFormed example then
            for smaller in Shrinkers.example example do
                Assert.NotEqual<string>(text example, text smaller)
                Assert.True(Shrinkers.isWellFormed smaller)

[<Fact>]
let ``Shrinking ends with an example that cannot be made smaller`` () =
    // Any example with two families that some question mentions. Shrinking must leave exactly that.
    let mentions (example: Example) =
        example.Questions
        |> List.exists (fun question ->
            question.Request
            |> List.map _.Name
            |> List.distinct
            |> List.filter (fun name -> example.Families |> List.exists (fun family -> family.Family = name))
            |> List.length
            |> (<=) 2)

    let example = Seq.initInfinite (ExampleGenerators.at fixedSeed) |> Seq.find mentions
    let shrunk = Shrinkers.shrink 100_000 mentions example
    Assert.Equal(2, shrunk.Families.Length)
    Assert.Equal(2, shrunk.Families |> List.sumBy _.Packages.Length)
    Assert.Equal(2, shrunk.Questions.Head.Request.Length)
    Assert.Equal(Settings.Default, shrunk.Questions.Head.Settings)
