/// Repositories: families in layers or in cycles, whose successive versions resemble each other.
module Rer.Fuzzing.Generators.RepositoryGenerators

open FsCheck
open FsCheck.FSharp
open Rer.Fuzzing
open Rer.Fuzzing.Generators.Draw
open Rer.Fuzzing.Generators.VersionGenerators
open Rer.Fuzzing.Generators.RequirementGenerators

/// The kind of repository to generate.
type Profile = {
    /// For messages and coverage.
    Name: string
    Families: Gen<int>
    Versions: Gen<int>
    Requires: Gen<int>
    Variants: Gen<int>
    /// Whether a family may require only families after it.
    Layered: bool
    /// The probability, in percent, that a requirement is copied unchanged to the next version.
    Inherited: int
    /// The percentage of packages whose requirements are kept as drawn, including contradictions.
    Contradicting: int
    Schemes: Gen<Scheme>
    /// How packages require others.
    Habits: Habits
    /// How requests require packages.
    RequestHabits: Habits
    /// The percentage of questions that have a limit.
    Limited: int
}

/// A repository, and what was drawn along the way. Requests are drawn from the same habits.
type Drawn = {
    Profile: Profile
    Catalog: Catalog
    Families: Family list
}

// Names whose order by code point is not alphabetical: digits, capitals, underscores, dots.
let private names =
    [
        "fa"
        "fb"
        "Fb"
        "f_c"
        "fd"
        "f10"
        "f2"
        "lib.e"
        "ZZ"
        "_g"
        "fh"
        "fi"
        "fj"
        "fk"
        "fl"
        "fm"
        "fn"
        "fo"
    ]
    @ [ for index in 1..30 -> $"p{index}" ]

let private timestamp =
    gen {
        let! known = chance 75
        let! seconds = Gen.choose (0, 400)
        return if known then 1500000000L + int64 seconds else 0L
    }

// The package of one version, drawn around the requirements that its family tends to have.
let private package profile catalog (below: string list) variantCount tendency version =
    gen {
        if below.IsEmpty then
            let! timestamp = timestamp

            return {
                Version = version
                Requires = []
                Variants = []
                BuildRequires = []
                Timestamp = timestamp
            }
        else
            let need = onSome profile.Habits catalog below

            let! requires =
                tendency
                |> each (fun (usual: Need) ->
                    gen {
                        let! inherits = chance profile.Inherited
                        if inherits then return usual else return! need
                    })

            let! contradicts = chance profile.Contradicting

            let tidy needs =
                if contradicts then needs else consistent catalog needs

            // Drawn packages seldom contradict themselves, but these do.
            let! excludesItsOwn = chance 40

            let contradicted (needs: Need list) =
                match needs with
                | need :: _ when
                    contradicts
                    && excludesItsOwn
                    && need.Prefix = Required
                    && not (need.Name.StartsWith '.')
                    ->
                    needs @ [ { need with Prefix = Conflict } ]
                | _ -> needs

            let! dropsOne = chance 15

            let requires =
                (if dropsOne then
                     List.truncate (requires.Length - 1) requires
                 else
                     requires)
                |> tidy
                |> contradicted

            let! hasVariants = chance 85

            // Exclusive variants differ in the range of one family. Overlapping ones differ in anything.
            let! axis = pick below
            let! exclusive = chance 50

            let overlapping = many (weighted [ 1, 0; 4, 1; 3, 2; 1, 3 ]) need

            let onAxis =
                gen {
                    let! range =
                        range
                            {
                                profile.Habits with
                                    Bare = 0
                                    Narrow = 80
                            }
                            (Map.find axis catalog)

                    let! rest = many (weighted [ 5, 0; 3, 1; 1, 2 ]) need

                    return
                        {
                            Name = axis
                            Prefix = Required
                            Range = range
                            Separator = '-'
                        }
                        :: rest
                }

            let! variants =
                if variantCount > 0 && hasVariants then
                    many (Gen.choose (1, variantCount)) (if exclusive then onAxis else overlapping)
                else
                    Gen.constant []

            let! buildRequires = many (weighted [ 8, 0; 2, 1; 1, 2 ]) need
            let! timestamp = timestamp

            return {
                Version = version
                Requires = requires
                Variants =
                    variants
                    |> List.map (fun own -> (tidy (requires @ own)) |> List.skip requires.Length)
                BuildRequires =
                    if contradicts then
                        buildRequires
                    else
                        tidy (requires @ buildRequires) |> List.skip requires.Length
                Timestamp = timestamp
            }
    }

let private family profile catalog order name =
    gen {
        let position = List.findIndex ((=) name) order

        let below =
            if profile.Layered then
                List.skip (position + 1) order
            else
                List.filter ((<>) name) order

        let! tendency =
            if below.IsEmpty then
                Gen.constant []
            else
                many profile.Requires (onSome profile.Habits catalog below)

        let! variantCount = profile.Variants

        let! packages =
            Map.find name catalog
            |> each (package profile catalog below variantCount tendency)

        return { Family = name; Packages = packages }
    }

/// A repository of a profile.
let repository (profile: Profile) : Gen<Drawn> =
    gen {
        let! count = profile.Families
        let! shuffled = Gen.shuffle (List.truncate (max count 2) names)
        let order = List.ofArray shuffled

        let! versions =
            order
            |> each (fun _ ->
                gen {
                    let! unversioned = chance 3
                    let! scheme = profile.Schemes
                    let! count = profile.Versions
                    return! versions (if unversioned then Unversioned else scheme) count
                })

        let catalog = List.zip order versions |> Map.ofList
        let! families = order |> each (family profile catalog order)

        return {
            Profile = profile
            Catalog = catalog
            Families = families
        }
    }
