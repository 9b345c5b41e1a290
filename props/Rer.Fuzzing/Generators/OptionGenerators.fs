/// Options: select modes, filters, orderers, limits.
module Rer.Fuzzing.Generators.OptionGenerators

open FsCheck
open FsCheck.FSharp
open Rer
open Rer.Fuzzing
open Rer.Fuzzing.Generators.Draw
open Rer.Fuzzing.Generators.RequirementGenerators

let private time = Gen.choose (1500000000, 1500000400)

let private familyAndVersion (catalog: Catalog) =
    gen {
        let! family = pick (List.ofSeq (Map.keys catalog))
        let! version = pick (Map.find family catalog)
        return family, (if version = "" then "1" else version)
    }

/// A filter rule of any of rez's kinds, with and without its label.
let rule habits (catalog: Catalog) : Gen<string> =
    gen {
        let! family, version = familyAndVersion catalog
        let! start = VersionGenerators.beginning version
        let! time = time
        let! range = range habits (Map.find family catalog)

        let need = {
            Name = family
            Prefix = Required
            Range = range
            Separator = '-'
        }

        return!
            weighted [
                3, $"glob(*-{start}*)"
                2, "glob(*.[0-1])"
                2, $"glob({family}-{start}?*)"
                3, $"{family}-*"
                2, $"regex({family}-[0-9].*)"
                1, @"regex(.*\.[02]$)"
                4, $"range({need.Text})"
                2, need.Text
                1, $"range(!{family}-{start})"
                3, $"before({time})"
                3, $"after({time})"
                3, $"before({family}:{time})"
                3, $"after({family}:{time})"
            ]
    }

/// Filters that hide some packages and leave others.
let filters habits catalog : Gen<PackageFilter list> =
    many
        (weighted [ 4, 1; 1, 2 ])
        (gen {
            let! excludes = many (Gen.choose (1, 3)) (rule habits catalog)
            let! includes = many (weighted [ 5, 0; 3, 1; 1, 2 ]) (rule habits catalog)
            return PackageFilter(Array.ofList excludes, Array.ofList includes)
        })

let private plainOrderer (catalog: Catalog) (families: string list) : Gen<PackageOrderer> =
    gen {
        let! version = Map.find families.Head catalog |> pick
        let version = if version = "" then "1" else version
        let! time = time
        let! descending = chance 40
        let! rank = weighted [ 3, 0; 1, 1; 1, 2; 1, 3 ]
        let packages = Array.ofList families

        return!
            pick [
                SortedOrderer(descending, Packages = packages) :> PackageOrderer
                VersionSplitOrderer(version, Packages = packages)
                SoftTimestampOrderer(int64 time, rank, Packages = packages)
                NoOrderer(Packages = packages)
            ]
    }

let private families (catalog: Catalog) =
    gen {
        let! shuffled = Gen.shuffle (Map.keys catalog)
        let! count = weighted [ 4, 1; 3, 2; 1, 3 ]
        return List.ofArray shuffled |> List.truncate count
    }

/// Orderers of all five kinds, some of them for every family.
let orderers catalog : Gen<PackageOrderer list> =
    let plain = families catalog |> Gen.bind (plainOrderer catalog)

    let forAll =
        gen {
            let! descending = chance 50
            let! isNone = chance 30

            return
                if isNone then
                    NoOrderer() :> PackageOrderer
                else
                    SortedOrderer(descending, Packages = [| "*" |])
        }

    let perFamily =
        gen {
            let! orderers = many (Gen.choose (1, 2)) plain
            let! descending = chance 50
            let! hasDefault = chance 50

            let fallback: PackageOrderer | null =
                if hasDefault then SortedOrderer descending else null

            return PerFamilyOrderer(Array.ofList orderers, fallback) :> PackageOrderer
        }

    many (weighted [ 1, 0; 6, 1; 4, 2; 1, 3 ]) (Gen.frequency [ 6, plain; 1, forAll; 2, perFamily ])

let private step = weighted [ 6, 1; 3, 2; 2, 3; 1, 4; 1, 6 ]

// A limit on failures, another limit, or both. rez decides which of two wins at the same step.
let private limits =
    gen {
        let! fails = Gen.frequency [ 4, step; 1, Gen.constant 0 ]
        let! step = step
        let! other = weighted [ 2, AbortAt step; 3, FailAt step; 1, TimeUpAt step ]

        return! weighted [ 4, (Some fails, Unlimited); 5, (None, other); 2, (Some fails, other) ]
    }

let private sometimes percent (unless: 'a) (generate: Gen<'a>) =
    gen {
        let! drawn = chance percent
        if drawn then return! generate else return unless
    }

/// Settings. About a third of them are rez's defaults. `limited` is the percentage of the others that have a limit.
let settings limited habits catalog : Gen<Settings> =
    gen {
        let! isDefault = chance 35

        let! mode =
            sometimes 25 VariantSelectMode.VersionPriority (Gen.constant VariantSelectMode.IntersectionPriority)

        let! filters = sometimes 18 [] (filters habits catalog)
        let! timestamp = sometimes 10 0L (Gen.map int64 time)
        let! given = sometimes 22 None (Gen.map Some (orderers catalog))
        let! configured = sometimes 10 [] (orderers catalog)
        let! building = chance 15
        let! unoptimised = chance 12
        let! ignoreMissing = chance 15
        let! unpruned = chance 12
        let! maxFails, limit = sometimes limited (None, Unlimited) limits

        if isDefault then
            return Settings.Default
        else
            return {
                SelectMode = mode
                Filters = filters
                Timestamp = timestamp
                Orderers = given
                ConfiguredOrderers = configured
                Building = building
                Optimised = not unoptimised
                ErrorOnMissing = not ignoreMissing
                PruneUnfailed = not unpruned
                MaxFails = maxFails
                Limit = limit
            }
    }
