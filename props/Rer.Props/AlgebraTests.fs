/// The laws of versions, ranges and requirements, in each implementation; and the implementations against each other
/// and against the third that the generators have.
module Rer.Props.AlgebraTests

open FsCheck
open FsCheck.FSharp
open Xunit
open Rer.Fuzzing
open Rer.Fuzzing.Generators
open Rer.Props.Checking

let private count = 3000

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

/// Each law by its name, on three ranges.
let private laws (algebra: Algebra) : (string * (string -> string -> string -> bool)) list =
    // 1-2 and 1.2 are one version: which of the two a text shows depends on what came first, in rez as well.
    let spelled (text: string) = text.Replace('-', '.')
    let union left right = algebra.Union left right |> spelled

    let intersection left right =
        algebra.Intersection left right |> Option.map spelled

    let inverse range =
        algebra.Inverse range |> Option.map spelled

    let difference left right =
        algebra.Difference left right |> Option.map spelled

    let written text =
        algebra.Range text |> Option.map spelled

    let canonical text = written text |> Option.get
    // The empty range has no text in rez: None stands for it.
    let unionOf left right =
        match left, right with
        | None, other
        | other, None -> other
        | Some left, Some right -> Some(union left right)

    let intersectionOf left right =
        match left, right with
        | Some left, Some right -> intersection left right
        | _ -> None

    let inverseOf range =
        match range with
        | None -> Some ""
        | Some range -> inverse range

    [
        "writing and reading again changes nothing", fun a _ _ -> written (canonical a) = Some(canonical a)
        "union commutes", fun a b _ -> union a b = union b a
        "union associates", fun a b c -> union (union a b) c = union a (union b c)
        "union with itself changes nothing", fun a _ _ -> union a a = canonical a
        "union with everything is everything", fun a _ _ -> union a "" = ""
        "intersection commutes", fun a b _ -> intersection a b = intersection b a
        "intersection associates",
        fun a b c -> intersectionOf (intersection a b) (Some c) = intersectionOf (Some a) (intersection b c)
        "intersection with itself changes nothing", fun a _ _ -> intersection a a = Some(canonical a)
        "intersection with everything changes nothing", fun a _ _ -> intersection a "" = Some(canonical a)
        "intersection distributes over union",
        fun a b c -> intersection a (union b c) = unionOf (intersection a b) (intersection a c)
        "union distributes over intersection",
        fun a b c -> unionOf (Some a) (intersection b c) |> Option.bind written = intersection (union a b) (union a c)
        "inverting twice changes nothing", fun a _ _ -> inverseOf (inverse a) |> Option.bind written = Some(canonical a)
        "a range and its inverse share nothing", fun a _ _ -> intersectionOf (Some a) (inverse a) = None
        "a range and its inverse are everything",
        fun a _ _ -> unionOf (Some a) (inverse a) |> Option.bind written = Some ""
        "the inverse of a union is the intersection of inverses",
        fun a b _ -> inverse (union a b) = intersectionOf (inverse a) (inverse b)
        "difference is intersection with the inverse", fun a b _ -> difference a b = intersectionOf (Some a) (inverse b)
        "intersects where there is an intersection", fun a b _ -> algebra.Intersects a b = (intersection a b).IsSome
        "superset where the union adds nothing", fun a b _ -> algebra.IsSuperset a b = (union a b = canonical a)
        "a range is a superset of each intersection",
        fun a b _ -> intersection a b |> Option.forall (fun both -> algebra.IsSuperset a both)
        "the span is a superset", fun a _ _ -> algebra.IsSuperset (algebra.Span a) a
    ]

let private check (implementation: string) =
    Algebra.all |> List.find (fun algebra -> algebra.Name = implementation)

[<Theory>]
[<InlineData "reference">]
[<InlineData "fast">]
let ``Ranges obey the laws of sets`` (implementation: string) =
    let laws = laws (check implementation)

    holds fixedSeed count threeRanges (fun (a, b, c) ->
        for name, law in laws do
            Assert.True(law a b c, $"{name}: {a}, {b}, {c}")

        true)

[<Theory>]
[<InlineData "reference">]
[<InlineData "fast">]
let ``Ranges hold the versions that plain intervals hold`` (implementation: string) =
    let algebra = check implementation

    holds fixedSeed count oneRange (fun (range, at) ->
        let text = Ranges.text range

        algebra.Contains text at = Ranges.contains at range
        && (algebra.Inverse text
            |> Option.exists (fun inverse -> algebra.Contains inverse at))
            =
            not (Ranges.contains at range))

[<Theory>]
[<InlineData "reference">]
[<InlineData "fast">]
let ``Versions are ordered as the third implementation orders them`` (implementation: string) =
    let algebra = check implementation

    holds fixedSeed count twoVersions (fun (one, other) ->
        sign (algebra.Compare one other) = sign (Versions.compare one other)
        && algebra.Compare one (algebra.Next one) < 0
        && algebra.Next one = Option.get (Versions.next one)
        && [ 1..4 ]
           |> List.forall (fun tokens -> algebra.Trim tokens one = Versions.trim tokens one))

[<Theory>]
[<InlineData "reference">]
[<InlineData "fast">]
let ``A range of versions holds those versions and no others`` (implementation: string) =
    let algebra = check implementation

    holds fixedSeed count (Gen.zip versions versions) (fun (inside, others) ->
        let range = algebra.OfVersions inside

        List.forall (algebra.Contains range) inside
        && others
           |> List.forall (fun other ->
               algebra.Contains range other = List.exists (fun version -> Versions.compare version other = 0) inside))

[<Fact>]
let ``Both implementations say the same of versions and ranges`` () =
    let reference, fast = Algebra.reference, Algebra.fast

    holds fixedSeed count threeRanges (fun (a, b, c) ->
        fast.Range a = reference.Range a
        && fast.Union a b = reference.Union a b
        && fast.Intersection a b = reference.Intersection a b
        && fast.Difference a b = reference.Difference a b
        && fast.Inverse c = reference.Inverse c
        && fast.IsSuperset a b = reference.IsSuperset a b
        && fast.Intersects a b = reference.Intersects a b
        && fast.Span c = reference.Span c)

[<Fact>]
let ``Both implementations say the same of requirements`` () =
    let reference, fast = Algebra.reference, Algebra.fast

    holds fixedSeed count twoRequirements (fun (left, right) ->
        fast.Requirement left = reference.Requirement left
        && fast.Merged left right = reference.Merged left right
        && fast.Conflicts left right = reference.Conflicts left right)

[<Theory>]
[<InlineData "reference">]
[<InlineData "fast">]
let ``Requirements that conflict do not merge, and others do`` (implementation: string) =
    let algebra = check implementation

    holds fixedSeed count twoRequirements (fun (left, right) ->
        let bothExclude = "!~".Contains left[0] && "!~".Contains right[0]
        bothExclude || algebra.Conflicts left right = (algebra.Merged left right).IsNone)

/// The environment variable that says how many sets of texts a long run draws, instead of those of the suite.
let private countVariable = "RER_ALGEBRA_TEXTS"

[<Fact>]
let ``The public algebra says what a real rez says`` () =
    withRez (LiveRez.FromEnvironment()) (fun rez ->
        let count = setting countVariable 500 int

        let seed = freshSeed ()
        let texts = Gen.sampleWithSeed (Rnd seed) 0 count RequestTexts.algebra

        for chunk in Array.chunkBySize 1000 texts do
            for texts, said in Seq.zip chunk (rez.AlgebraFacts chunk) do
                let ours = AlgebraFacts.ofTexts texts
                Assert.True((ours.Length = said.Length), $"seed {seed}: {texts}: rez {said}, ours {ours}")

                for fact, ours in List.zip said ours do
                    Assert.True((fact = "" || fact = ours), $"seed {seed}: {texts}: rez '{fact}', ours '{ours}'"))
