/// The examples for all properties, and the four kinds of repository that they come from.
module Rer.Fuzzing.Generators.ExampleGenerators

open FsCheck
open FsCheck.FSharp
open Rer.Fuzzing
open Rer.Fuzzing.Generators.Draw
open Rer.Fuzzing.Generators.VersionGenerators
open Rer.Fuzzing.Generators.RequirementGenerators
open Rer.Fuzzing.Generators.RepositoryGenerators

let private anyScheme =
    Gen.frequency [
        4, Gen.constant Semantic
        3, Gen.constant Short
        2, Gen.constant Year
        6, pick schemes
    ]

/// Small repositories with every oddity of versions, ranges and requirements.
let semantics size =
    gen {
        let! scheme = anyScheme
        let! mixed = chance 40
        let! bare = pick [ 15; 35; 60 ]
        // Requests that exclude more than they require, of packages that contradict themselves. The versions of an
        // excluded family are read late, or only when a failure is drawn.
        let! excludes = chance 10
        let! conflict = if excludes then Gen.constant 30 else pick [ 0; 5; 12 ]
        let! weak = if excludes then Gen.constant 20 else pick [ 0; 6; 15 ]
        let! ephemeral = pick [ 0; 0; 6; 18 ]
        let! missing = weighted [ 3, 0; 1, 6 ]
        let! malformed = weighted [ 4, 0; 1, 1 ]

        let! contradicting =
            if excludes then
                Gen.constant 30
            else
                weighted [ 3, 0; 1, 10 ]

        let! layered = chance 88

        let habits = {
            Bare = bare
            Conflict = conflict
            Weak = weak
            Ephemeral = ephemeral
            MissingFamily = missing
            Reachable = 80
            Malformed = malformed
            Meeting = 1
            Narrow = 15
        }

        return {
            Name = "semantics"
            Families = Gen.choose (2, 3 + size / 15)
            Versions = weighted [ 3, 1; 2, 2; 2, 3; 2, 4; 1, 6 ]
            Requires = weighted [ 2, 0; 4, 1; 3, 2; 1, 3 ]
            Variants = weighted [ 4, 0; 1, 1; 2, 2; 2, 3; 1, 5 ]
            Layered = layered
            Inherited = 60
            Contradicting = contradicting
            Schemes = (if mixed then anyScheme else Gen.constant scheme)
            Habits = habits
            RequestHabits = {
                habits with
                    MissingFamily = missing / 2
                    Malformed = 1
            }
            Limited = 10
        }
    }

/// Denser repositories with narrow ranges that differ from version to version, for backtracking, splits and failures.
let search size =
    gen {
        let! scheme = pick [ Semantic; Short; Year ]
        let! bare = pick [ 0; 10; 25 ]
        let! narrow = pick [ 40; 60; 80 ]
        let! conflict = pick [ 0; 4; 10 ]
        let! weak = pick [ 0; 8 ]
        let! inherited = pick [ 0; 20; 50 ]

        let habits = {
            Bare = bare
            Conflict = conflict
            Weak = weak
            Ephemeral = 0
            MissingFamily = 0
            Reachable = 100
            Malformed = 0
            Meeting = 1
            Narrow = narrow
        }

        return {
            Name = "search"
            Families = Gen.choose (5, 6 + size / 7)
            Versions = Gen.choose (3, 5 + size / 8)
            Requires = weighted [ 3, 1; 4, 2; 3, 3; 1, 4 ]
            Variants = weighted [ 4, 0; 2, 2; 2, 3; 1, 4 ]
            Layered = true
            Inherited = inherited
            Contradicting = 0
            Schemes = Gen.constant scheme
            Habits = habits
            RequestHabits = { habits with Bare = 70; Narrow = 10 }
            Limited = 35
        }
    }

/// Repositories like a studio's: many families in layers, wide ranges, variants that exclude each other.
let studio size =
    gen {
        let! narrow = pick [ 10; 25; 40 ]

        let habits = {
            Bare = 30
            Conflict = 3
            Weak = 6
            Ephemeral = 2
            MissingFamily = 0
            Reachable = 100
            Malformed = 0
            Meeting = 1
            Narrow = narrow
        }

        return {
            Name = "studio"
            Families = Gen.choose (10 + size / 10, 12 + size * 28 / 100)
            Versions = weighted [ 2, 2; 3, 4; 2, 6; 1, 10 ]
            Requires = weighted [ 1, 0; 3, 1; 4, 2; 2, 4 ]
            Variants = weighted [ 3, 0; 3, 2; 2, 3 ]
            Layered = true
            Inherited = 80
            Contradicting = 0
            Schemes = Gen.frequency [ 6, Gen.constant Semantic; 2, Gen.constant Year; 1, Gen.constant Short ]
            Habits = habits
            RequestHabits = { habits with Bare = 70; Narrow = 5 }
            Limited = 15
        }
    }

/// Families that may require any other family: cycles, and packages that end up requiring their own family.
let circles size =
    gen {
        let! scheme = anyScheme

        let habits = {
            Bare = 50
            Conflict = 5
            Weak = 8
            Ephemeral = 3
            MissingFamily = 0
            Reachable = 90
            Malformed = 0
            Meeting = 1
            Narrow = 20
        }

        return {
            Name = "circles"
            Families = Gen.choose (2, 4 + size / 20)
            Versions = Gen.choose (1, 4)
            Requires = weighted [ 4, 0; 4, 1; 2, 2 ]
            Variants = weighted [ 3, 0; 1, 2; 1, 3 ]
            Layered = false
            Inherited = 50
            Contradicting = 2
            Schemes = Gen.constant scheme
            Habits = habits
            RequestHabits = habits
            Limited = 10
        }
    }

let private anyRequest (drawn: Drawn) =
    many
        (weighted [ 2, 1; 4, 2; 4, 3; 2, 4; 1, 6 ])
        (onSome drawn.Profile.RequestHabits drawn.Catalog (drawn.Families |> List.map _.Family))

/// A request for a package, together with requirements on some of the families that the package requires. It makes
/// conflict scopes widen and intersections empty.
let private requestAgainst (drawn: Drawn) =
    gen {
        let! family = pick drawn.Families
        let! package = pick family.Packages

        let! against =
            Example.needs package
            |> some 60
            |> Gen.bind (
                each (fun (need: Need) ->
                    gen {
                        let! prefix = weighted [ 3, Conflict; 1, Weak; 3, Required ]
                        let versions = Map.tryFind need.Name drawn.Catalog |> Option.defaultValue []
                        let! range = range drawn.Profile.Habits versions

                        return {
                            need with
                                Prefix = prefix
                                Range = range
                        }
                    })
            )

        let! isExact = chance 50

        return
            {
                Name = family.Family
                Prefix = Required
                Range = if isExact then [ Ranges.Exactly package.Version ] else []
                Separator = '-'
            }
            :: against
    }

let private question (drawn: Drawn) =
    gen {
        let! request = Gen.frequency [ 7, anyRequest drawn; 1, requestAgainst drawn ]

        let! settings =
            OptionGenerators.settings drawn.Profile.Limited drawn.Profile.RequestHabits drawn.Catalog

        return {
            Request = request
            Settings = settings
        }
    }

/// A repository of a profile with a few questions.
let ofProfile (profile: Gen<Profile>) questions : Gen<Example> =
    gen {
        let! profile = profile
        let! drawn = repository profile
        let! questions = many questions (question drawn)

        return {
            Families = drawn.Families
            Questions = questions
        }
    }

/// Examples of every kind, by size: 2 families at size 1, up to 40 at size 100.
let example: Gen<Example> =
    Gen.sized (fun size ->
        let size = min size 100

        Gen.frequency [
            5, ofProfile (semantics size) (Gen.constant 6)
            5, ofProfile (search size) (Gen.constant 6)
            2, ofProfile (studio size) (Gen.constant 5)
            1, ofProfile (circles size) (Gen.constant 4)
        ])

/// The example of a seed and an index. It is the same for as long as the generators do not change.
let at (seed: uint64) (index: int) : Example =
    let size = 1 + index * 37 % 100
    let random = Rnd(seed + uint64 index * 0x9E3779B97F4A7C15UL)
    (Gen.sampleWithSeed random size 1 example)[0]
