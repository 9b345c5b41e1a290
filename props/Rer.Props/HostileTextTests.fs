/// Hostile text: every text gives an answer, within bounded time and memory.
[<FsCheck.Xunit.Properties(Replay = Rer.Props.Checking.FixedReplay,
                           Arbitrary = [| typeof<Rer.Props.HostileDraws.HostileDraws> |])>]
module Rer.Props.HostileTextTests

open System
open System.IO
open System.Text
open FsCheck.Xunit
open global.Xunit
open Rer
open Rer.Books
open Rer.Repositories
open Rer.Fuzzing
open Rer.Fuzzing.Asking
open Rer.Props.HostileDraws

/// The processor time allowed for reading or solving one hostile text. Texts have up to about 500,000 characters.
let private timeBound = TimeSpan.FromSeconds 5.0

let private memoryBound = 512L * 1024L * 1024L

/// Runs a reader. It may report that the text is wrong, in one line for users. Nothing else may happen.
let private isBounded (what: string) (read: unit -> unit) =
    let begun = Environment.CpuUsage.TotalTime
    // Counts all threads, because only one test runs at a time.
    let before = GC.GetTotalAllocatedBytes()

    try
        read ()
    with :? PackageDataException as error ->
        Assert.False(String.IsNullOrWhiteSpace error.Message, "an error without a message")

    let allocated = GC.GetTotalAllocatedBytes() - before
    let taken = Environment.CpuUsage.TotalTime - begun
    Assert.True(taken < timeBound, $"{taken} for {what}")
    Assert.True(allocated < memoryBound, $"{allocated / 1048576L} MB for {what}")
    true

let private solve (engine: IResolver) hostile =
    engine.Resolve(hostile.Request, MemoryPackageRepository(hostile.Packages, "PATH"), hostile.Options)

let private reference, fast = Rer.Reference.ReferenceResolver(), FastResolver()

[<Property(MaxTest = 1500)>]
let ``Hostile requests and packages have an answer, the same from both engines`` (hostile: HostileQuestion) =
    let mutable expected = Unchecked.defaultof<ResolveResult>
    let mutable actual = Unchecked.defaultof<ResolveResult>
    let what = String.Join(" ", hostile.Request)

    isBounded what (fun () -> expected <- solve reference hostile)
    && isBounded what (fun () -> actual <- solve fast hostile)
    && (let expected, actual =
            Observation.observe expected [], Observation.observe actual []

        // If there are several errors, the order in which an engine reads decides which it finds first.
        let areErrors =
            expected.Outcome.StartsWith "error" && actual.Outcome.StartsWith "error"

        let differences =
            if areErrors then
                []
            else
                Observation.differences expected actual

        Assert.True(differences.IsEmpty, differences |> List.map string |> String.concat "\n")
        true)

let private read (reader: Stream -> unit) (text: string) =
    use stream = new MemoryStream(Encoding.UTF8.GetBytes text)
    reader stream

let private beginning (text: string) = text[.. min 80 (text.Length - 1)]

[<Property(MaxTest = 1000)>]
let ``Hostile books are read or rejected`` (HostileBook text) =
    isBounded (beginning text) (fun () -> text |> read (fun stream -> BookFile.Read(stream, "hostile.json") |> ignore))

[<Property(MaxTest = 3000)>]
let ``Hostile package files are read or rejected`` (HostilePython text) =
    isBounded (beginning text) (fun () -> PackageFile.ParsePython("package.py", Encoding.UTF8.GetBytes text) |> ignore)

[<Property(MaxTest = 2000)>]
let ``Hostile YAML is read or rejected`` (HostileYaml text) =
    isBounded (beginning text) (fun () -> PackageFile.ParseYaml("package.yaml", Encoding.UTF8.GetBytes text) |> ignore)

[<Property(MaxTest = 10_000)>]
let ``Both implementations read hostile ranges and requirements in the same way`` (HostileRequirement text) =
    Algebra.fast.Version text = Algebra.reference.Version text
    && Algebra.fast.Range text = Algebra.reference.Range text
    && Algebra.fast.Requirement text = Algebra.reference.Requirement text
