/// Hostile texts in requests, packages, books and files.
module Rer.Props.HostileDraws

open System.Collections.Generic
open System.IO
open System.Text
open FsCheck.FSharp
open Rer
open Rer.Books
open Rer.Fuzzing
open Rer.Fuzzing.Generators
open Rer.Props.Checking

/// A repository and a question with some hostile texts.
type HostileQuestion = {
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

type HostileBook = HostileBook of string
type HostilePython = HostilePython of string
type HostileYaml = HostileYaml of string

/// A version, a range or a requirement.
type HostileRequirement = HostileRequirement of string

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

/// A text, or sometimes junk: noise, or deep nesting.
let private orJunk weight text =
    Gen.frequency [ weight, text; 1, HostileText.noise; 1, nested ]

let private packageFile = [
    "name = 'foo'\nversion = '1.2.3'\nrequires = ['bar-1+<2', '!baz', '~qux-3']\nvariants = [['python-3.11'], ['python-3.13', 'x']]\n"
    "# -*- coding: utf-8 -*-\nname = \"foo\"\n\n@early()\ndef requires():\n    if building:\n        return ['a']\n    return ['b-%d' % 3]\n"
    "name = 'foo'\ndescription = '''\n    many\n    lines\n'''\nversion = '.'.join(['1', '2'])\nbuild_requires = ['cmake-3'] + ['x' for _ in range(3)]\ntimestamp = 1500000000\nwith scope('config') as c:\n    c.release_packages_path = '/x'\n"
    "name = f'{\"foo\"!r}'\nversion = '1' if True else '2'\ndef commands():\n    env.PATH.append('{root}/bin')\n    match x:\n        case [1, *rest]: pass\n"
]

let private packageText = Draw.pick packageFile |> Gen.bind HostileText.damaged

let private packageYaml =
    Draw.pick [
        "name: foo\nversion: 1.2.3\nrequires:\n- bar-1+<2\n- '!baz'\nvariants:\n- [python-3.11]\n- [python-3.13, x]\n"
        "name: foo\nversion: '1.10'\ntimestamp: 1500000000\nbuild_requires: [cmake-3, ~x]\ndescription: |\n  many\n  lines\nanchors: &a {b: 1}\nagain: *a\n"
    ]
    |> Gen.bind HostileText.damaged

let private requirementText =
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

/// The types that FsCheck can draw.
type HostileDraws =
    static member Question() = Arb.fromGen hostileQuestion

    static member Book() =
        bookText |> orJunk 8 |> Gen.map HostileBook |> Arb.fromGen

    static member Python() =
        packageText |> orJunk 12 |> Gen.map HostilePython |> Arb.fromGen

    static member Yaml() =
        packageYaml |> orJunk 12 |> Gen.map HostileYaml |> Arb.fromGen

    static member Requirement() =
        requirementText |> Gen.map HostileRequirement |> Arb.fromGen
