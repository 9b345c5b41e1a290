/// The laws of versions, ranges and requirements in each implementation. The implementations are also compared with
/// each other and with the generators' own.
[<FsCheck.Xunit.Properties(MaxTest = 3000,
                           Replay = Rer.Props.Checking.FixedReplay,
                           Arbitrary = [| typeof<Rer.Props.AlgebraDraws.AlgebraDraws> |])>]
module Rer.Props.AlgebraTests

open FsCheck
open FsCheck.FSharp
open FsCheck.Xunit
open global.Xunit
open Rer.Fuzzing
open Rer.Fuzzing.Generators
open Rer.Props.AlgebraDraws
open Rer.Props.Checking

/// Each law by its name, on three ranges.
let private laws (algebra: Algebra) : (string * (string -> string -> string -> bool)) list =
    // 1-2 and 1.2 are one version. A text shows the one that came first, as in rez.
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
    // The empty range has no text in rez. None represents it.
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

/// Both implementations.
let private ofAll property = List.forall property Algebra.all

[<Property>]
let ``Ranges obey the laws of sets`` (ThreeRanges(a, b, c)) =
    ofAll (fun algebra ->
        for name, law in laws algebra do
            Assert.True(law a b c, $"{algebra.Name}: {name}: {a}, {b}, {c}")

        true)

[<Property>]
let ``Ranges contain the versions that plain intervals contain`` (RangeAndVersion(range, at)) =
    ofAll (fun algebra ->
        let text = Ranges.text range

        algebra.Contains text at = Ranges.contains at range
        && (algebra.Inverse text
            |> Option.exists (fun inverse -> algebra.Contains inverse at))
            =
            not (Ranges.contains at range))

[<Property>]
let ``Versions are ordered as the third implementation orders them`` (TwoVersions(one, other)) =
    ofAll (fun algebra ->
        sign (algebra.Compare one other) = sign (Versions.compare one other)
        && algebra.Compare one (algebra.Next one) < 0
        && algebra.Next one = Option.get (Versions.next one)
        && [ 1..4 ]
           |> List.forall (fun tokens -> algebra.Trim tokens one = Versions.trim tokens one))

[<Property>]
let ``A range of versions holds those versions and no others`` (VersionsAndOthers(inside, others)) =
    ofAll (fun algebra ->
        let range = algebra.OfVersions inside

        List.forall (algebra.Contains range) inside
        && others
           |> List.forall (fun other ->
               algebra.Contains range other = List.exists (fun version -> Versions.compare version other = 0) inside))

[<Property>]
let ``Both implementations say the same of versions and ranges`` (ThreeRanges(a, b, c)) =
    let reference, fast = Algebra.reference, Algebra.fast

    fast.Range a = reference.Range a
    && fast.Union a b = reference.Union a b
    && fast.Intersection a b = reference.Intersection a b
    && fast.Difference a b = reference.Difference a b
    && fast.Inverse c = reference.Inverse c
    && fast.IsSuperset a b = reference.IsSuperset a b
    && fast.Intersects a b = reference.Intersects a b
    && fast.Span c = reference.Span c

[<Property>]
let ``Both implementations say the same of requirements`` (TwoRequirements(left, right)) =
    let reference, fast = Algebra.reference, Algebra.fast

    fast.Requirement left = reference.Requirement left
    && fast.Merged left right = reference.Merged left right
    && fast.Conflicts left right = reference.Conflicts left right

[<Property>]
let ``Requirements that conflict do not merge, and others do`` (TwoRequirements(left, right)) =
    ofAll (fun algebra ->
        let bothExclude = "!~".Contains left[0] && "!~".Contains right[0]
        bothExclude || algebra.Conflicts left right = (algebra.Merged left right).IsNone)

/// The environment variable for the number of sets of texts that a long run draws, instead of the suite's number.
let private countVariable = "RER_ALGEBRA_TEXTS"

[<FactWithRez>]
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
