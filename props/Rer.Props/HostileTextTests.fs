/// Hostile text: whatever is read, the answer is an answer, in bounded time and memory.
module Rer.Props.HostileTextTests

open System
open System.Collections.Generic
open System.IO
open System.Text
open FsCheck.FSharp
open Xunit
open Rer
open Rer.Books
open Rer.Repositories
open Rer.Fuzzing
open Rer.Fuzzing.Asking
open Rer.Fuzzing.Generators
open Rer.Props.Checking

/// What reading or solving one hostile text may take of a processor. Texts have up to some 500,000 characters.
let private timeBound = TimeSpan.FromSeconds 5.0

let private memoryBound = 512L * 1024L * 1024L

/// Runs a reader: it may say that the text is wrong, in one line for users, and nothing else may happen.
let private isBounded (what: string) (read: unit -> unit) =
    let begun = Environment.CpuUsage.TotalTime
    // On whatever thread: one test runs at a time.
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

/// A repository and a question of which some texts are hostile.
type private HostileQuestion = {
    Request: string[]
    Packages: Dictionary<string, IReadOnlyDictionary<string, PackageDefinition>>
    Options: ResolveOptions
}

let private hostileQuestion =
    gen {
        let! index = Gen.choose (0, 100_000)
        let example = ExampleGenerators.at fixedSeed index
        let question = example.Questions.Head
        let! percent = Draw.pick [ 0; 3; 20 ]
        let hostile = HostileText.hostile percent

        let texts items =
            items |> Seq.map hostile |> Gen.sequenceToArray

        let! request =
            question.Request
            |> List.map (fun need -> HostileText.hostile 40 need.Text)
            |> Gen.sequenceToArray

        let packages = Dictionary<string, IReadOnlyDictionary<string, PackageDefinition>>()

        let! definitions =
            [
                for family in example.Families do
                    for package in family.Packages do
                        gen {
                            let definition = Example.definition package
                            let! name = HostileText.hostile (percent / 3) family.Family
                            let! version = hostile package.Version
                            let! requires = texts definition.Requires
                            let! variants = definition.Variants |> Seq.map texts |> Gen.sequenceToArray
                            let variants = [| for variant in variants -> variant :> IReadOnlyList<string> |]

                            return
                                name,
                                version,
                                PackageDefinition(
                                    Requires = requires,
                                    Variants = variants,
                                    Timestamp = definition.Timestamp
                                )
                        }
            ]
            |> Gen.sequenceToList

        for name, ofFamily in List.groupBy (fun (name, _, _) -> name) definitions do
            packages[name] <-
                Dictionary(
                    dict [
                        for version, named in List.groupBy (fun (_, version, _) -> version) ofFamily do
                            let _, _, definition = named.Head
                            version, definition
                    ]
                )

        let! excludes =
            Draw.many
                (Draw.weighted [ 3, 0; 1, 1 ])
                (Gen.oneof [
                    HostileText.noise
                    HostileText.damaged "glob(foo-1.*[a-z]?)"
                    HostileText.damaged @"regex(foo-[0-9]+(\.x)*$)"
                    HostileText.damaged "range(fa-1+<2)"
                    HostileText.damaged "after(fa:1500000000)"
                ])

        let! firstVersion = HostileText.hostile 50 "1.2"
        let! ordered = Draw.chance 30

        let orderers: PackageOrderer[] | null =
            if ordered then
                [| VersionSplitOrderer(firstVersion, Packages = [| "*" |]) |]
            else
                null

        return {
            Request = request
            Packages = packages
            Options =
                ResolveOptions(
                    PackageFilters =
                        (if excludes.IsEmpty then
                             [||]
                         else
                             [| PackageFilter(Array.ofList excludes, [||]) |]),
                    PackageOrderers = orderers,
                    Callback =
                        SolverCallback(fun state ->
                            if state.NumSolves > 200 then
                                struct (SolverCallbackReturn.Abort, "enough")
                            else
                                struct (SolverCallbackReturn.KeepGoing, ""))
                )
        }
    }

let private solve (engine: IResolver) hostile =
    engine.Resolve(hostile.Request, MemoryPackageRepository(hostile.Packages, "PATH"), hostile.Options)

[<Fact>]
let ``Hostile requests and packages have an answer, the same from both engines`` () =
    let reference, fast = Rer.Reference.ReferenceResolver(), FastResolver()

    holds fixedSeed 1500 hostileQuestion (fun hostile ->
        let mutable expected = Unchecked.defaultof<ResolveResult>
        let mutable actual = Unchecked.defaultof<ResolveResult>
        let what = String.Join(" ", hostile.Request)

        isBounded what (fun () -> expected <- solve reference hostile)
        && isBounded what (fun () -> actual <- solve fast hostile)
        && (let expected, actual =
                Observation.observe expected [], Observation.observe actual []

            // Of several errors, which an engine meets first depends on when it reads what.
            let areErrors =
                expected.Outcome.StartsWith "error" && actual.Outcome.StartsWith "error"

            let differences =
                if areErrors then
                    []
                else
                    Observation.differences expected actual

            Assert.True(differences.IsEmpty, differences |> List.map string |> String.concat "\n")
            true))

let private bookText =
    gen {
        let! index = Gen.choose (0, 100_000)
        use bytes = new MemoryStream()
        BookFile.Write(bytes, [| ExampleBook.ofExample "hostile" (ExampleGenerators.at fixedSeed index) |])
        return! HostileText.damaged (Encoding.UTF8.GetString(bytes.ToArray()))
    }

let private nested =
    gen {
        let! opening = Draw.pick [ "["; "{\"a\":"; "("; "{"; "- "; "not "; "-"; "f(" ]
        let! times = Draw.pick [ 10; 1000; 100_000 ]
        return String.replicate times opening
    }

let private read (reader: Stream -> unit) (text: string) =
    use stream = new MemoryStream(Encoding.UTF8.GetBytes text)
    reader stream

[<Fact>]
let ``Hostile books are read or rejected`` () =
    let readBook = read (fun stream -> BookFile.Read(stream, "hostile.json") |> ignore)

    holds fixedSeed 1000 (Gen.frequency [ 8, bookText; 1, HostileText.noise; 1, nested ]) (fun text ->
        isBounded text[.. min 80 (text.Length - 1)] (fun () -> readBook text))

let private packageFile = [
    "name = 'foo'\nversion = '1.2.3'\nrequires = ['bar-1+<2', '!baz', '~qux-3']\nvariants = [['python-3.11'], ['python-3.13', 'x']]\n"
    "# -*- coding: utf-8 -*-\nname = \"foo\"\n\n@early()\ndef requires():\n    if building:\n        return ['a']\n    return ['b-%d' % 3]\n"
    "name = 'foo'\ndescription = '''\n    many\n    lines\n'''\nversion = '.'.join(['1', '2'])\nbuild_requires = ['cmake-3'] + ['x' for _ in range(3)]\ntimestamp = 1500000000\nwith scope('config') as c:\n    c.release_packages_path = '/x'\n"
    "name = f'{\"foo\"!r}'\nversion = '1' if True else '2'\ndef commands():\n    env.PATH.append('{root}/bin')\n    match x:\n        case [1, *rest]: pass\n"
]

let private packageText =
    Gen.frequency [
        12, Draw.pick packageFile |> Gen.bind HostileText.damaged
        1, HostileText.noise
        1, nested
    ]

[<Fact>]
let ``Hostile package files are read or rejected`` () =
    holds fixedSeed 3000 packageText (fun text ->
        isBounded text[.. min 80 (text.Length - 1)] (fun () ->
            PackageFile.ParsePython("package.py", Encoding.UTF8.GetBytes text) |> ignore))

let private packageYaml =
    Draw.pick [
        "name: foo\nversion: 1.2.3\nrequires:\n- bar-1+<2\n- '!baz'\nvariants:\n- [python-3.11]\n- [python-3.13, x]\n"
        "name: foo\nversion: '1.10'\ntimestamp: 1500000000\nbuild_requires: [cmake-3, ~x]\ndescription: |\n  many\n  lines\nanchors: &a {b: 1}\nagain: *a\n"
    ]
    |> Gen.bind HostileText.damaged

[<Fact>]
let ``Hostile YAML is read or rejected`` () =
    holds fixedSeed 2000 (Gen.frequency [ 12, packageYaml; 1, HostileText.noise; 1, nested ]) (fun text ->
        isBounded text[.. min 80 (text.Length - 1)] (fun () ->
            PackageFile.ParseYaml("package.yaml", Encoding.UTF8.GetBytes text) |> ignore))

[<Fact>]
let ``Hostile ranges and requirements are read the same by both implementations`` () =
    let text =
        gen {
            let! plain =
                Draw.pick [
                    "1.2+<3"
                    "1..2|4"
                    ">=1,<2"
                    "==1.0"
                    "<2,>=1"
                    "foo-1.2+"
                    "!foo==1|2"
                    "~foo<3"
                    "1.a_b-C"
                ]

            return! HostileText.hostile 95 plain
        }

    holds fixedSeed 10_000 text (fun text ->
        Algebra.fast.Version text = Algebra.reference.Version text
        && Algebra.fast.Range text = Algebra.reference.Range text
        && Algebra.fast.Requirement text = Algebra.reference.Requirement text)
