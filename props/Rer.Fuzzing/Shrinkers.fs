/// Smaller examples that are still valid. A generated example is cut down to one of them if engines differ on it.
module Rer.Fuzzing.Shrinkers

open Rer.Fuzzing.Ranges

/// Whether an example is valid for rez: names and versions are distinct, families have packages, and ranges are not
/// empty.
let isWellFormed (example: Example) =
    let distinctBy (key: 'a -> 'b) (items: 'a list) =
        (List.distinctBy key items).Length = items.Length

    let needs =
        (example.Questions |> List.collect _.Request)
        @ (example.Families |> List.collect _.Packages |> List.collect Example.needs)

    needs |> List.forall (fun need -> List.forall isValid need.Range)
    && distinctBy _.Family example.Families
    && example.Families
       |> List.forall (fun family ->
           not family.Packages.IsEmpty
           && distinctBy (fun (package: Package) -> package.Version) family.Packages)

/// Every list with one item removed.
let private without (items: 'a list) : 'a list seq =
    seq { for index in 0 .. items.Length - 1 -> List.removeAt index items }

/// Every list with one item replaced by a smaller one.
let private inOne (shrink: 'a -> 'a seq) (items: 'a list) : 'a list seq =
    seq {
        for index, item in List.indexed items do
            for smaller in shrink item -> List.updateAt index smaller items
    }

// Halves first, so that a large list shrinks in few steps.
let private halves (items: 'a list) : 'a list seq =
    seq {
        if items.Length >= 4 then
            let first, second = List.splitAt (items.Length / 2) items
            yield first
            yield second
    }

let private fewer items =
    Seq.append (halves items) (without items)

/// Wider and simpler spans.
let private span span : Span seq =
    match span with
    | Prefix _
    | Exactly _ -> Seq.empty
    | AtLeast(v, true) -> [ AtLeast(v, false) ]
    | AtLeast(v, false)
    | Above v -> [ Prefix v ]
    | Below _
    | AtMost _ -> Seq.empty
    | FromUntil(low, high) -> [ AtLeast(low, false); Below high ]
    | Inclusive(low, high) -> [ AtLeast(low, false); AtMost high; FromUntil(low, high) ]
    | Comma(low, high)
    | Reversed(low, high)
    | Outside(low, high) -> [ FromUntil(low, high) ]

/// Wider and simpler ranges.
let private range (range: Range) : Range seq =
    seq {
        if not range.IsEmpty then
            yield []

        if range.Length > 1 then
            yield! without range

        yield! inOne span range |> Seq.filter (List.forall isValid)
    }

/// Requirements with a wider range, or a simpler prefix and separator.
let private need (need: Need) : Need seq =
    seq {
        if { need with Separator = '-' }.Text <> need.Text then
            yield { need with Separator = '-' }

        for wider in range need.Range -> { need with Range = wider }

        if need.Prefix = Weak then
            yield { need with Prefix = Conflict }
    }

let private needs items =
    Seq.append (fewer items) (inOne need items)

let private package (package: Package) : Package seq =
    seq {
        for fewer in fewer package.Variants -> { package with Variants = fewer }
        for fewer in needs package.Requires -> { package with Requires = fewer }
        for fewer in needs package.BuildRequires -> { package with BuildRequires = fewer }
        for smaller in inOne needs package.Variants -> { package with Variants = smaller }

        if package.Timestamp <> 0L then
            yield { package with Timestamp = 0L }
    }

let private family (family: Family) : Family seq =
    seq {
        if family.Packages.Length > 1 then
            for fewer in fewer family.Packages -> { family with Packages = fewer }

        for smaller in inOne package family.Packages -> { family with Packages = smaller }
    }

let private settings (settings: Settings) : Settings seq =
    let standard = Settings.Default

    seq {
        if settings <> standard then
            yield standard

        for fewer in without settings.Filters -> { settings with Filters = fewer }

        for smaller in
            settings.Filters
            |> inOne (fun filter ->
                seq {
                    for excludes in without (List.ofSeq filter.Excludes) ->
                        Rer.PackageFilter(Array.ofList excludes, filter.Includes)

                    for includes in without (List.ofSeq filter.Includes) ->
                        Rer.PackageFilter(filter.Excludes, Array.ofList includes)
                }) -> { settings with Filters = smaller }

        match settings.Orderers with
        | Some orderers ->
            yield { settings with Orderers = None }
            for fewer in without orderers -> { settings with Orderers = Some fewer }
        | None -> ()

        for fewer in without settings.ConfiguredOrderers ->
            {
                settings with
                    ConfiguredOrderers = fewer
            }

        yield {
            settings with
                Timestamp = standard.Timestamp
        }

        yield {
            settings with
                SelectMode = standard.SelectMode
        }

        yield {
            settings with
                Building = standard.Building
        }

        yield {
            settings with
                Optimised = standard.Optimised
        }

        yield {
            settings with
                ErrorOnMissing = standard.ErrorOnMissing
        }

        yield {
            settings with
                PruneUnfailed = standard.PruneUnfailed
        }

        yield {
            settings with
                MaxFails = standard.MaxFails
        }

        yield { settings with Limit = standard.Limit }
    }
    |> Seq.filter ((<>) settings)

let private question (question: Question) : Question seq =
    seq {
        for smaller in settings question.Settings -> { question with Settings = smaller }
        for smaller in needs question.Request -> { question with Request = smaller }
    }

// Renames versions throughout the packages and every range, even if that changes the order of the family's versions or
// the contents of a range. Only text matters here, so rules and orderers are not changed.
let private renamed (from: string) (into: string) (example: Example) : Example option =
    let version text = if text = from then into else text

    let span span =
        match span with
        | Prefix v -> Prefix(version v)
        | Exactly v -> Exactly(version v)
        | AtLeast(v, symbolic) -> AtLeast(version v, symbolic)
        | Above v -> Above(version v)
        | Below v -> Below(version v)
        | AtMost v -> AtMost(version v)
        | FromUntil(low, high) -> FromUntil(version low, version high)
        | Inclusive(low, high) -> Inclusive(version low, version high)
        | Comma(low, high) -> Comma(version low, version high)
        | Outside(low, high) -> Outside(version low, version high)
        | Reversed(low, high) -> Reversed(version low, version high)

    let need (need: Need) = {
        need with
            Range = List.map span need.Range
    }

    let needs = List.map need

    let package (package: Package) = {
        package with
            Version = version package.Version
            Requires = needs package.Requires
            Variants = List.map needs package.Variants
            BuildRequires = needs package.BuildRequires
    }

    let families =
        example.Families
        |> List.map (fun family -> {
            family with
                Packages = List.map package family.Packages
        })

    let renamed = {
        Families = families
        Questions =
            example.Questions
            |> List.map (fun question -> {
                question with
                    Request = needs question.Request
            })
    }

    if isWellFormed renamed then Some renamed else None

let private simplerVersions (example: Example) : Example seq =
    seq {
        let versions =
            example.Families
            |> List.collect (fun family -> family.Packages |> List.map _.Version)
            |> List.distinct

        for from in versions do
            let tokens = Versions.tokens from

            let shorter =
                if tokens.Length > 1 then
                    [ Versions.trim 1 from; Versions.trim (tokens.Length - 1) from ]
                else
                    []

            let plainer = [ "1"; "2"; "3" ] |> List.filter (fun plain -> from.Length > 1)

            for into in shorter @ plainer do
                if into <> from then
                    yield! renamed from into example |> Option.toList
    }

/// Every smaller example that is one step away, the largest steps first.
let example (example: Example) : Example seq =
    seq {
        if example.Questions.Length > 1 then
            for question in example.Questions ->
                {
                    example with
                        Questions = [ question ]
                }

        for fewer in fewer example.Families -> { example with Families = fewer }
        for smaller in inOne question example.Questions -> { example with Questions = smaller }
        for smaller in inOne family example.Families -> { example with Families = smaller }
        yield! simplerVersions example
    }

/// The smallest example found by moving from a failing example to any smaller one that still fails. `attempts` limits
/// how many are tried.
let shrink (attempts: int) (fails: Example -> bool) (failing: Example) : Example =
    let mutable left = attempts

    let rec go current =
        let smaller =
            example current
            |> Seq.tryFind (fun candidate ->
                left <- left - 1
                left >= 0 && fails candidate)

        match smaller with
        | Some smaller when left > 0 -> go smaller
        | Some smaller -> smaller
        | None -> current

    go failing
