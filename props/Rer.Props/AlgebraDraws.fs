/// Versions, ranges and requirements, as the laws of the algebra ask for them.
module Rer.Props.AlgebraDraws

open FsCheck
open FsCheck.FSharp
open Rer.Fuzzing
open Rer.Fuzzing.Generators

type TwoVersions = TwoVersions of string * string

/// Versions of which a range is made, and others.
type VersionsAndOthers = VersionsAndOthers of string list * string list

/// A range and a version, which may be in it.
type RangeAndVersion = RangeAndVersion of Ranges.Range * string

type ThreeRanges = ThreeRanges of string * string * string

/// Requirements on one family.
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

/// What FsCheck draws of each type.
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
