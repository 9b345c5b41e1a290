/// Draws versions, ranges and requirements for the laws of the algebra.
module Rer.Props.AlgebraDraws

open FsCheck
open FsCheck.FSharp
open Rer.Fuzzing
open Rer.Fuzzing.Generators

type TwoVersions = TwoVersions of string * string

/// Versions from which a range is made, and other versions.
type VersionsAndOthers = VersionsAndOthers of string list * string list

/// A range and a version that may be in it.
type RangeAndVersion = RangeAndVersion of Ranges.Range * string

type ThreeRanges = ThreeRanges of string * string * string

/// Two requirements for one family.
type TwoRequirements = TwoRequirements of string * string

let private habits: RequirementGenerators.Habits = {
    Bare = 5
    Conflict = 25
    Weak = 25
    Ephemeral = 0
    MissingFamily = 0
    Reachable = 0
    Malformed = 0
    // Unions of these obey no laws: see SOLVER.md.
    Meeting = 0
    Narrow = 10
}

let private version =
    Draw.pick VersionGenerators.schemes |> Gen.bind VersionGenerators.version

// Few versions per draw, so that the ends of ranges meet.
let private versions = Gen.listOfLength 4 version

let private range versions =
    RequirementGenerators.range habits versions

let private rangeText versions = range versions |> Gen.map Ranges.text

let private twoVersions = Gen.zip version version

let private oneRange =
    gen {
        let! versions = versions
        let! range = range versions
        let! at = Gen.oneof [ Draw.pick versions; version ]
        return range, at
    }

let private threeRanges =
    versions |> Gen.bind (fun versions -> Gen.three (rangeText versions))

let private twoRequirements =
    gen {
        let! versions = versions

        let need =
            RequirementGenerators.onSome habits (Map.ofList [ "foo", versions ]) [ "foo" ]

        let! left = need
        let! right = need
        return left.Text, right.Text
    }

/// The types that FsCheck can draw.
type AlgebraDraws =
    static member TwoVersions() =
        Gen.zip version version |> Gen.map TwoVersions |> Arb.fromGen

    static member VersionsAndOthers() =
        Gen.zip versions versions |> Gen.map VersionsAndOthers |> Arb.fromGen

    static member RangeAndVersion() =
        oneRange |> Gen.map RangeAndVersion |> Arb.fromGen

    static member ThreeRanges() =
        threeRanges |> Gen.map ThreeRanges |> Arb.fromGen

    static member TwoRequirements() =
        twoRequirements |> Gen.map TwoRequirements |> Arb.fromGen
