/// Requests as text. Both engines accept and reject the same ones as rez, in rez's words.
module Rer.Props.RequestTextTests

open System
open FsCheck
open FsCheck.FSharp
open global.Xunit
open Rer
open Rer.Fuzzing
open Rer.Fuzzing.Generators
open Rer.Props.Checking

/// The environment variable for the number of texts that a long run draws, instead of the suite's number.
let private countVariable = "RER_REQUEST_TEXTS"

let private noPackages = MemoryPackageRepository([])

// A text that is accepted names a package that does not exist, or requires nothing.
let private judgement (engine: IResolver) (algebra: Algebra) (text: string) : RequestJudgement =
    match engine.Resolve([| text |], noPackages) with
    | :? ErrorResult as error when error.Kind = ResolveErrorKind.InvalidSyntax -> Refused error.Message
    | _ ->
        match algebra.Requirement text with
        | Some written -> Accepted written
        | None -> Refused "the request was solved, but is not a requirement"

let private draw seed count =
    Gen.sampleWithSeed (Rnd seed) 0 count RequestTexts.requirement

let private judgements (texts: string[]) =
    let ofEngine engine algebra =
        texts |> Array.map (judgement engine algebra)

    ofEngine (FastResolver()) Algebra.fast, ofEngine (Rer.Reference.ReferenceResolver()) Algebra.reference

[<Fact>]
let ``Both engines accept and reject the same requests, in the same words`` () =
    let texts = draw fixedSeed 10_000
    let fast, reference = judgements texts

    for i in 0 .. texts.Length - 1 do
        Assert.Equal(reference[i], fast[i])

    let accepted =
        reference
        |> Array.filter (fun judgement -> judgement.IsAccepted)
        |> Array.length

    Assert.InRange(accepted, texts.Length / 4, 3 * texts.Length / 4)

[<FactWithRez>]
let ``Requests are accepted and rejected as by a real rez, in its words`` () =
    withRez (LiveRez.FromEnvironment()) (fun rez ->
        let count = setting countVariable 500 int

        let seed = freshSeed ()
        let texts = draw seed count
        let fast, reference = judgements texts

        for i, said in Seq.indexed (rez.JudgeRequests texts) do
            // An engine adds the text's location first.
            let ours =
                match said, fast[i] with
                | Refused words, Refused message when message.EndsWith($": {words}", StringComparison.Ordinal) -> said
                | _, ours -> ours

            Assert.True((said = ours), $"seed {seed}: '{texts[i]}': rez {said}, fast {fast[i]}")
            Assert.Equal(fast[i], reference[i]))
