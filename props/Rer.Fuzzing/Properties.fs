/// Properties that must hold for any single engine, whatever its answers are.
module Rer.Fuzzing.Properties

open System.Threading.Tasks
open Rer
open Rer.Fuzzing.Asking
open Rer.Fuzzing.Observation

/// Creates an engine that has not solved anything yet.
type Engine = unit -> IResolver

/// A property of an engine's answers, checked on one question of an example.
type Property = {
    Name: string
    Check: Engine -> Example -> Question -> Verdict
}

let private fresh (engine: Engine) (example: Example) (question: Question) =
    ask (Some stepBudget) (Example.repository example.Families) question (engine ())

/// The same question must have the same answer on a changed example, except for the parts that a property ignores.
let private sameAfter
    change
    (leaveOpen: Observed -> Observed)
    (engine: Engine)
    (example: Example)
    (question: Question)
    =
    let before = fresh engine example question

    match change example question with
    | None -> Agree
    | Some(changedExample, changedQuestion) ->
        let openly answer =
            match answer with
            | Answered observed -> Answered(leaveOpen observed)
            | other -> other

        Verdict.ofAnswers (openly before) (openly (fresh engine changedExample changedQuestion))

// Removes fields that a property ignores.
let private without (names: string list) (observed: Observed) = {
    observed with
        Fields =
            observed.Fields
            |> List.filter (fun field -> not (List.contains field.Name names))
}

// The order of listing decides the order of reductions, and that decides the order of a failure's graph. It also
// decides which of several packages with contradictions or parse errors a solve or a graph reaches first.
let private upToListing (observed: Observed) =
    let isOfPackage =
        List.contains observed.Outcome [ "error PackageConflict"; "error InvalidSyntax" ]

    let isOpen (field: Field) =
        field.Name.EndsWith ": description"
        || field.Name.EndsWith ": involved"
        || List.exists (fun (ending: string) -> field.Name.EndsWith ending) graphOrderFields
        || (isOfPackage && field.Name = "message")
        || field.Value.StartsWith(undrawable, System.StringComparison.Ordinal)

    // 1-2 and 1.2 are one version, and texts show the spelling that was listed first. A graph distinguishes its nodes
    // by text. If both spellings remain, it has a node for each.
    let spelled (text: string) = text.Replace('-', '.')

    let sorted (field: Field) =
        if field.Name.EndsWith ": details" || field.Name.StartsWith "graph" then
            {
                field with
                    Value =
                        (spelled field.Value).Split '\n'
                        |> Array.distinct
                        |> Array.sort
                        |> String.concat "\n"
            }
        elif isOfPackage && field.Name = "outcome" then
            {
                field with
                    Value = "error of a package"
            }
        else
            {
                field with
                    Value = spelled field.Value
            }

    {
        observed with
            Fields = observed.Fields |> List.filter (not << isOpen) |> List.map sorted
    }

let private twice: Property = {
    Name = "solving twice gives the same answer"
    Check =
        fun engine example question ->
            let repository = Example.repository example.Families
            let resolver = engine ()
            let first = ask (Some stepBudget) repository question resolver
            Verdict.ofAnswers first (ask (Some stepBudget) repository question resolver)
}

/// An answer does not depend on earlier solves, although an engine keeps data between them.
let private warm: Property = {
    Name = "solving after other questions gives the same answer"
    Check =
        fun engine example question ->
            let repository = Example.repository example.Families
            let resolver = engine ()

            for other in List.rev example.Questions do
                ask (Some stepBudget) repository other resolver |> ignore

            Verdict.ofAnswers (fresh engine example question) (ask (Some stepBudget) repository question resolver)
}

let private inParallel: Property = {
    Name = "solving at the same time as other questions gives the same answer"
    Check =
        fun engine example question ->
            let repository = Example.repository example.Families
            let resolver = engine ()
            let questions = Array.ofList (example.Questions @ [ question; question ])
            let answers = Array.create questions.Length TooLong

            Parallel.For(
                0,
                questions.Length,
                fun index -> answers[index] <- ask (Some stepBudget) repository questions[index] resolver
            )
            |> ignore

            Verdict.worst [
                for asked, answer in Array.zip questions answers do
                    if asked = question then
                        Verdict.ofAnswers (fresh engine example question) answer
            ]
}

let private unoptimised: Property = {
    Name = "rez's shortcuts do not change the answer"
    Check =
        sameAfter
            (fun example question ->
                let settings = {
                    question.Settings with
                        Optimised = not question.Settings.Optimised
                }

                Some(example, { question with Settings = settings }))
            (without [
                "intersection tests"
                "intersection broad tests"
                "reduction tests"
                "reduction broad tests"
            ])
}

let private repeatedRequest: Property = {
    Name = "requesting the same requirement twice changes nothing"
    Check =
        sameAfter
            (fun example question ->
                let repeated = question.Request @ question.Request

                // Repeating a conflict can make rez's union of conflicts wider than before.
                if Example.mayMergeTooWide repeated then
                    None
                else
                    Some(example, { question with Request = repeated }))
            id
}

let private unrelatedFamily: Property = {
    Name = "a family that nothing mentions changes nothing"
    Check =
        sameAfter
            (fun example question ->
                let unrelated = {
                    Family = "unrelated"
                    Packages = [
                        {
                            Version = "1"
                            Requires = question.Request |> List.filter (fun need -> need.Prefix = Required)
                            Variants = []
                            BuildRequires = []
                            Timestamp = 1500000100L
                        }
                    ]
                }

                Some(
                    {
                        example with
                            Families = unrelated :: example.Families
                    },
                    question
                ))
            id
}

let rec private keepsListing (orderer: PackageOrderer) =
    match orderer with
    | :? NoOrderer -> true
    | :? PerFamilyOrderer as family -> Seq.exists keepsListing family.Orderers
    | _ -> false

// 1-2 and 1.2 are one version. A requirement that several variants share is spelled as in the first of them. Another
// spelling is another node, and a node without an incoming edge is not drawn.
let private withoutGraphsOfSpellings (example: Example) (question: Question) (observed: Observed) =
    let isSpelledOtherwise =
        example.Families
        |> List.collect _.Packages
        |> List.collect Example.needs
        |> List.append question.Request
        |> List.exists (fun need -> (Ranges.text need.Range).Contains '-')

    if isSpelledOtherwise then
        {
            observed with
                Fields =
                    observed.Fields
                    |> List.filter (fun field -> not (field.Name.StartsWith "graph"))
        }
    else
        observed

let private reversedListing: Property = {
    Name = "the order of listing changes only the order of reductions"
    Check =
        fun engine example question ->
            sameAfter
                (fun example question ->
                    let orderers =
                        Option.defaultValue [] question.Settings.Orderers
                        @ question.Settings.ConfiguredOrderers

                    let hasEqualVersions =
                        example.Families
                        |> List.exists (fun family ->
                            (List.distinctBy
                                (fun (package: Package) -> Versions.tokens package.Version)
                                family.Packages)
                                .Length
                                <
                                family.Packages.Length)

                    // `no_order` is the order of listing, and rez sees the first listed of two equal versions.
                    if hasEqualVersions || List.exists keepsListing orderers then
                        None
                    else
                        let reversed =
                            example.Families
                            |> List.rev
                            |> List.map (fun family -> {
                                family with
                                    Packages = List.rev family.Packages
                            })

                        Some({ example with Families = reversed }, question))
                (upToListing >> withoutGraphsOfSpellings example question)
                engine
                example
                question
}

// Leaves out what a solve did not load. A family that it listed keeps one version, because otherwise it would not
// exist.
let private withoutUnloaded (recording: RecordingRepository) (families: Family list) =
    families
    |> List.filter (fun family -> recording.HasListed family.Family)
    |> List.map (fun family ->
        let loaded =
            family.Packages
            |> List.filter (fun package -> recording.HasLoaded(family.Family, package.Version))

        {
            family with
                Packages =
                    if loaded.IsEmpty then
                        [ List.last family.Packages ]
                    else
                        loaded
        })

let private unloadedVersions (lazyEngine: Engine) : Property = {
    Name = "removing versions that a solve never loads changes nothing"
    Check =
        fun engine example question ->
            let recording = RecordingRepository(Example.repository example.Families)
            ask (Some stepBudget) recording question (lazyEngine ()) |> ignore

            sameAfter
                (fun example question ->
                    Some(
                        {
                            example with
                                Families = withoutUnloaded recording example.Families
                        },
                        question
                    ))
                id
                engine
                example
                question
}

let private asksOnce: Property = {
    Name = "a solve lists a family once and loads a version once"
    Check =
        fun engine example question ->
            let recording = RecordingRepository(Example.repository example.Families)
            ask (Some stepBudget) recording question (engine ()) |> ignore

            match recording.Repeated with
            | [] -> Agree
            | repeated ->
                Differ [
                    {
                        Field = "repository"
                        Expected = "each call once"
                        Actual = String.concat ", " repeated
                    }
                ]
}

// The packages of the resolve, each with only the chosen variant, and all of them requested by version. Which of
// several variants is preferred depends on the request, so the others have to be removed to keep the resolve.
let private pinned (packages: ResolvedPackage list) (example: Example) (question: Question) =
    let chosen =
        dict [
            for package in packages -> (package.Name, package.Version), package.VariantIndex
        ]

    let onlyChosen family (package: Package) =
        match chosen.TryGetValue((family, package.Version)) with
        | true, index when index.HasValue -> {
            package with
                Variants = [ package.Variants[index.Value] ]
          }
        | _ -> package

    let families =
        example.Families
        |> List.map (fun family -> {
            family with
                Packages = List.map (onlyChosen family.Family) family.Packages
        })

    let exactly (package: ResolvedPackage) : Need = {
        Name = package.Name
        Prefix = Required
        Range = [ Ranges.Exactly package.Version ]
        Separator = '-'
    }

    { example with Families = families },
    {
        question with
            Request = question.Request @ List.map exactly packages
    }

let private namesAndVersions (packages: ResolvedPackage seq) =
    packages
    |> Seq.map (fun package -> $"{package.Name}-{package.Version}")
    |> Seq.sort
    |> String.concat " "

let private resolvedAsRequest: Property = {
    Name = "requesting the resolved versions keeps the resolve"
    Check =
        fun engine example question ->
            match fresh engine example question with
            | Answered resolved when
                resolved.Outcome = "solved"
                && not question.Settings.IsLimited
                && not (BruteForce.mayExcludeTooMuch example.Families question)
                ->
                let pinnedExample, pinnedQuestion = pinned resolved.Packages example question

                // Only the resolved versions must stay the same.
                let versions answer =
                    match answer with
                    | Answered observed ->
                        Answered {
                            observed with
                                Fields = [
                                    {
                                        Name = "versions"
                                        Value = observed.Outcome + " " + namesAndVersions observed.Packages
                                    }
                                ]
                        }
                    | other -> other

                Verdict.ofAnswers (versions (Answered resolved)) (versions (fresh engine pinnedExample pinnedQuestion))
            | answer -> Verdict.ofAnswers answer answer
}

/// The properties of answers, given an engine that loads versions as late as rez does.
let ofAnswers (lazyEngine: Engine) : Property list = [
    twice
    warm
    inParallel
    unoptimised
    repeatedRequest
    unrelatedFamily
    reversedListing
    unloadedVersions lazyEngine
    resolvedAsRequest
]

/// Every property.
let all (lazyEngine: Engine) : Property list = asksOnce :: ofAnswers lazyEngine
