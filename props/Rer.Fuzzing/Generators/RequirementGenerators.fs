/// Requirements in every spelling, mostly for versions that exist.
module Rer.Fuzzing.Generators.RequirementGenerators

open FsCheck
open FsCheck.FSharp
open Rer.Fuzzing
open Rer.Fuzzing.Ranges
open Rer.Fuzzing.Generators.Draw

/// The versions of each family, from which ranges are drawn.
type Catalog = Map<string, string list>

/// How often requirements are of a kind, in percent.
type Habits = {
    /// Without a range.
    Bare: int
    Conflict: int
    Weak: int
    Ephemeral: int
    MissingFamily: int
    /// Ranges that are redrawn until they contain an existing version.
    Reachable: int
    /// Ranges that nothing satisfies, such as `3+<2`.
    Malformed: int
    /// Ranges whose parts meet at a version.
    Meeting: int
    /// Ranges of one or two versions, which make solves backtrack.
    Narrow: int
}

let private ordered low high =
    if Versions.compare low high <= 0 then
        low, high
    else
        high, low

let private span (versions: string list) : Gen<Span> =
    gen {
        let! whole = pick versions
        let! one = pick versions |> Gen.bind VersionGenerators.beginning
        let! other = pick versions |> Gen.bind VersionGenerators.beginning
        let low, high = ordered one other

        return!
            weighted [
                28, Prefix one
                10, Exactly whole
                14, AtLeast(one, false)
                4, AtLeast(one, true)
                3, Above one
                5, Below one
                3, AtMost one
                20, FromUntil(low, high)
                4, Inclusive(low, high)
                3, Comma(low, high)
                2, Outside(low, high)
                2, Reversed(low, high)
            ]
    }

let private narrowSpan (versions: string list) : Gen<Span> =
    gen {
        let! whole = pick versions
        let! trimmed = VersionGenerators.beginning whole

        return!
            weighted [
                3, Exactly whole
                3, Prefix whole
                2, Prefix trimmed
                1, Inclusive(whole, whole)
            ]
    }

// Redraws a few times until rez accepts the range and, if requested, until it contains an existing version.
let rec private accepted tries mustReach versions (draw: Gen<Span>) : Gen<Range> =
    gen {
        let! count = weighted [ 85, 1; 12, 2; 3, 3 ]
        let! spans = Gen.listOfLength count draw
        let valid = List.filter isValid spans

        let reaches =
            not (List.isEmpty valid)
            && (not mustReach || List.exists (fun version -> contains version valid) versions)

        if reaches then return valid
        elif tries = 0 then return []
        else return! accepted (tries - 1) mustReach versions draw
    }

/// Spans that meet at a version. rez's union of them does not always contain the same versions.
let private meeting (versions: string list) : Gen<Range> =
    gen {
        let! at = pick versions
        let! below = pick versions

        let! spans =
            many
                (Gen.choose (2, 4))
                (pick [
                    Below at
                    AtMost at
                    Above at
                    AtLeast(at, false)
                    Exactly at
                    Exactly below
                    FromUntil(below, at)
                    Inclusive(below, at)
                ])

        return List.filter isValid spans
    }

// Sometimes uses another separator: 1-2 is the version 1.2, and only their texts differ.
let private respelled (version: string) =
    gen {
        let! isOther = chance 6

        return
            if not isOther then version
            elif version.Contains '.' then version.Replace('.', '-')
            else version.Replace('-', '.')
    }

/// A range for a family with some versions.
let range habits (versions: string list) : Gen<Range> =
    gen {
        let named = List.filter ((<>) "") versions
        let! named = each respelled (if named.IsEmpty then [ "1"; "2" ] else named)
        let! malformed = chance habits.Malformed

        if malformed then
            return [ FromUntil("3", "2") ]
        else
            let! meets = chance habits.Meeting
            let! narrow = chance habits.Narrow
            let! mustReach = chance habits.Reachable

            return!
                if meets then
                    meeting named
                else
                    accepted 8 mustReach versions (if narrow then narrowSpan named else span named)
    }

let private ephemeralRange =
    pick [
        []
        [ Prefix "1" ]
        [ Prefix "2" ]
        [ AtLeast("1", false) ]
        [ Prefix "1"; Prefix "3" ]
        [ FromUntil("2", "4") ]
        [ Exactly "1.5" ]
        [ Prefix "1.5" ]
        [ Prefix "1-5" ]
        [ AtLeast("1-5", false) ]
        [ Below "3" ]
    ]

let private separator = weighted [ 20, '-'; 1, '@'; 1, '#' ]

// Never a conflict and never weak, because rez rejects those in requests and in packages.
let private ephemeral =
    gen {
        let! name = pick [ ".feat"; ".mode"; ".abi" ]
        let! range = ephemeralRange

        return {
            Name = name
            Prefix = Required
            Range = range
            Separator = '-'
        }
    }

let private onPackage habits (catalog: Catalog) (families: string list) =
    gen {
        let! missing = chance habits.MissingFamily
        let! known = pick families
        let name = if missing then "nosuch" else known
        let! bare = chance habits.Bare

        let! range =
            if bare then
                Gen.constant []
            else
                range habits (catalog |> Map.tryFind name |> Option.defaultValue [])

        let! roll = Gen.choose (1, 100)
        let! separator = separator

        return {
            Name = name
            Prefix =
                if roll <= habits.Conflict then Conflict
                elif roll <= habits.Conflict + habits.Weak then Weak
                else Required
            Range = range
            Separator = separator
        }
    }

/// A requirement, of a package or a request, for some families.
let onSome habits catalog families : Gen<Need> =
    gen {
        let! isEphemeral = chance habits.Ephemeral

        return!
            if isEphemeral then
                ephemeral
            else
                onPackage habits catalog families
    }

/// Drops requirements that contradict earlier ones, as far as existing versions show. rez raises an error for a package
/// that contradicts itself, and most packages should not.
let consistent (catalog: Catalog) (needs: Need list) : Need list =
    let allows version need =
        match need.Prefix with
        | Conflict -> not (contains version need.Range)
        | Required
        | Weak -> contains version need.Range

    let fits kept need =
        let versions =
            catalog |> Map.tryFind need.Name |> Option.defaultValue [ "1"; "2"; "3"; "1.5" ]

        let same = need :: List.filter (fun other -> other.Name = need.Name) kept

        same.Length = 1
        || versions |> List.exists (fun version -> List.forall (allows version) same)

    needs
    |> List.fold (fun kept need -> if fits kept need then kept @ [ need ] else kept) []
