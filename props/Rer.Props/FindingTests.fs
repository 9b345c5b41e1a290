/// A run turns a difference into a small book that reproduces it.
module Rer.Props.FindingTests

open System
open System.IO
open Xunit
open Rer
open Rer.Books
open Rer.Fuzzing
open Rer.Fuzzing.Properties
open Rer.Props.Checking

let private reference: Engine = fun () -> Rer.Reference.ReferenceResolver()

/// The first difference that a run finds between a wrong engine and the reference, in a field that a book stores. A
/// book does not store counts of tests, for instance.
let private firstFinding (engine: Engine) output =
    let agrees = (Oracles.agreesWith reference).Name

    let plan: FuzzPlan = {
        Seed = fixedSeed
        Time = TimeSpan.Zero
        AtLeast = 0
        Only = None
        Threads = 1
        Reference = reference
        Engine = engine
        Rez = None
        Output = output
    }

    seq { 0..149 }
    |> Seq.collect (fun index -> (Fuzz.run { plan with Only = Some index } ignore).Findings)
    |> Seq.find (fun finding ->
        finding.Check = agrees
        && List.contains finding.Differences.Head.Field [ "outcome"; "packages"; "failure: description" ])

let private differs (resolver: IResolver) (book: Book) =
    book.Cases
    |> Seq.exists (fun case -> CaseComparison.Check(resolver, book.Repository, case).Count > 0)

[<Fact>]
let ``A difference is shrunk to a small book that shows it again`` () =
    let wrong = Canaries.spoiled "wrong variant order"
    let output = Directory.CreateTempSubdirectory "rer-finding"

    try
        let finding = firstFinding wrong output.FullName
        let shrunk = finding.Shrunk
        let packages = shrunk.Families |> List.sumBy _.Packages.Length

        let needs =
            shrunk.Families
            |> List.collect _.Packages
            |> List.sumBy (Example.needs >> List.length)

        TestContext.Current.TestOutputHelper
        |> Option.ofObj
        |> Option.iter (fun helper -> helper.WriteLine(File.ReadAllText finding.Book))

        let question = Assert.Single shrunk.Questions
        Assert.InRange(question.Request.Length, 1, 3)
        Assert.InRange(shrunk.Families.Length, 1, 4)
        Assert.InRange(packages, 1, 8)
        Assert.InRange(needs, 0, 10)

        // As `Rer.Fuzz --replay` does: the book contains the reference's answers.
        let book = Assert.Single(BookFile.Read finding.Book)
        Assert.Contains("the reference says the same", book.Note)
        Assert.True(differs (wrong ()) book, "the wrong engine gives the book's answers")
        Assert.False(differs (reference ()) book, "the reference does not give the book's answers")
    finally
        output.Delete true
