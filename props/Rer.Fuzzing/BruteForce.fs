/// A third opinion. It knows what a valid resolve is but not how to find one, so it tries everything.
module Rer.Fuzzing.BruteForce

open Rer.Fuzzing.Ranges

/// A package that may be chosen: one variant of one version.
type Candidate = {
    Version: string
    Index: int option
    Needs: Need list
}

/// Candidates by family.
type Chosen = Map<string, Candidate>

type Search =
    | Found of Chosen
    | NothingFound
    | Exhausted

let private candidates (settings: Settings) (family: Family) : Candidate list =
    let hidden (package: Package) =
        settings.Timestamp > 0L && package.Timestamp > settings.Timestamp

    let ofVariant (package: Package) index (own: Need list) = {
        Version = package.Version
        Index = index
        Needs =
            package.Requires
            @ own
            @ (if settings.Building then package.BuildRequires else [])
    }

    family.Packages
    // If versions are equal in rez's order, such as `1.0` and `1-0`, rez sees only the first.
    |> List.distinctBy (fun package -> Versions.tokens package.Version)
    |> List.filter (hidden >> not)
    |> List.collect (fun package ->
        match package.Variants with
        | [] -> [ ofVariant package None [] ]
        | variants -> variants |> List.mapi (fun index own -> ofVariant package (Some index) own))

let private isEphemeral (need: Need) = need.Name.StartsWith '.'

/// Whether a version is compatible with a requirement for its family.
let allows version (need: Need) =
    match need.Prefix with
    | Conflict -> not (contains version need.Range)
    // A weak requirement without a range has no effect at all.
    | Weak
    | Required -> contains version need.Range

/// Whether requirements for one ephemeral can hold together. That depends only on their ranges.
let private ephemeralHolds (needs: Need list) =
    let allowed need =
        let intervals = intervals need.Range

        if need.Prefix = Conflict then
            complement intervals
        else
            intervals

    needs |> List.map allowed |> List.reduce intersect |> (not << List.isEmpty)

/// Ephemerals that are only excluded never conflict, even if nothing is left of their range.
let private ephemeralsHold (needs: Need list) =
    needs
    |> List.filter isEphemeral
    |> List.groupBy _.Name
    |> List.forall (fun (_, needs) ->
        needs |> List.forall (fun need -> need.Prefix <> Required)
        || ephemeralHolds needs)

// A choice is dropped if it conflicts with what is chosen, or with itself.
let private fits (chosen: Chosen) (needs: Need list) name (candidate: Candidate) =
    needs
    |> List.forall (fun need -> need.Name <> name || allows candidate.Version need)
    && candidate.Needs
       |> List.forall (fun need ->
           match Map.tryFind need.Name chosen with
           | Some other -> allows other.Version need
           | None -> need.Name <> name || allows candidate.Version need)

/// Searches for any set of packages that satisfies a request, within a given number of steps.
let search (steps: int) (families: Family list) (question: Question) : Search =
    let pool =
        Map.ofList [ for family in families -> family.Family, candidates question.Settings family ]

    let mutable left = steps

    let rec complete (chosen: Chosen) (needs: Need list) =
        left <- left - 1

        if left < 0 then
            Exhausted
        elif not (ephemeralsHold needs) then
            NothingFound
        else
            let missing =
                needs
                |> List.tryFind (fun need ->
                    need.Prefix = Required
                    && not (isEphemeral need)
                    && not (Map.containsKey need.Name chosen))

            match missing with
            | None -> Found chosen
            | Some need ->
                pool
                |> Map.tryFind need.Name
                |> Option.defaultValue []
                |> List.filter (fits chosen needs need.Name)
                |> firstOf (fun candidate -> complete (Map.add need.Name candidate chosen) (needs @ candidate.Needs))

    and firstOf (next: Candidate -> Search) (items: Candidate list) =
        match items with
        | [] -> NothingFound
        | first :: rest ->
            match next first with
            | NothingFound -> firstOf next rest
            | found -> found

    complete Map.empty question.Request

/// Whether rez may exclude versions that nothing excludes, so that it does not find a resolve with them. For rez, the
/// request is one list of requirements, and so are the requirements of a variant.
let mayExcludeTooMuch (families: Family list) (question: Question) =
    Example.mayMergeTooWide question.Request
    || families
       |> List.collect (candidates question.Settings)
       |> List.exists (fun candidate -> Example.mayMergeTooWide candidate.Needs)

/// The reasons why a set of packages is not a resolve of a request; empty if it is one.
let faults (families: Family list) (question: Question) (packages: (string * string * int option) list) : string list =
    let candidate (name, version, index) =
        families
        |> List.tryFind (fun family -> family.Family = name)
        |> Option.bind (fun family ->
            candidates question.Settings family
            |> List.tryFind (fun candidate -> candidate.Version = version && candidate.Index = index))

    let found = packages |> List.map (fun package -> package, candidate package)

    let unknown = [
        for package, candidate in found do
            if candidate.IsNone then
                $"{package} is not in the repository"
    ]

    let chosen =
        Map.ofList [
            for (name, _, _), candidate in found do
                match candidate with
                | Some candidate -> name, candidate
                | None -> ()
        ]

    let unmet owner (need: Need) =
        match Map.tryFind need.Name chosen with
        // rez does not reduce a package by its own version, so it never notices a conflict with its own family.
        | Some _ when need.Name = owner && need.Prefix <> Required -> None
        // For rez, <4|3..3.1|>4 is the any range, which includes 4.
        | Some _ when unionMayBeTooWide (intervals need.Range) -> None
        | Some other when allows other.Version need -> None
        | Some other -> Some $"{owner} needs {need.Text}, but the resolve has {need.Name}-{other.Version}"
        | None when need.Prefix = Required && not (isEphemeral need) ->
            Some $"{owner} needs {need.Text}, which is missing"
        | None -> None

    let owned = [
        for need in question.Request -> "the request", need
        for name, candidate in Map.toList chosen do
            for need in candidate.Needs -> name, need
    ]

    let superfluous =
        let required =
            set [
                for owner, need in owned do
                    if owner <> need.Name && need.Prefix = Required then
                        need.Name
            ]

        [
            for name in Map.keys chosen do
                if not (required.Contains name) then
                    $"nothing needs {name}"
        ]

    let repeated =
        if Map.count chosen < packages.Length && unknown.IsEmpty then
            [ "a family occurs twice" ]
        else
            []

    let clashing =
        if ephemeralsHold (List.map snd owned) then
            []
        else
            [ "ephemerals that exclude each other" ]

    unknown
    @ List.choose (fun (owner, need) -> unmet owner need) owned
    @ superfluous
    @ repeated
    @ clashing
