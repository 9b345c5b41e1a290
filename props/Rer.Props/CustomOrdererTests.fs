/// Caller-supplied orderers. Both engines call them in the same way. An orderer that orders as rez does changes
/// nothing.
module Rer.Props.CustomOrdererTests

open Xunit
open Rer
open Rer.Fuzzing
open Rer.Fuzzing.Properties
open Rer.Props.ExampleDraws

let private hash (seed: int) (text: string) =
    text
    |> Seq.fold (fun sum character -> (sum * 31 + int character) % 1_000_003) seed

/// Puts versions in an unexpected order, leaves some out, and may do the same with ranges.
let private shuffling (seed: int) = {
    new IPackageOrderer with
        member _.Name = $"shuffling {seed}"
        member _.RanksRanges = seed % 3 = 0

        member _.Order(_, versions) =
            versions
            |> Seq.sortBy (hash seed)
            |> Seq.truncate (1 + hash seed "some" % (versions.Count + 1))
            |> Array.ofSeq
            :> _

        member _.CompareRanges(family, range, otherFamily, otherRange) =
            compare (hash seed (family + range) % 5) (hash seed (otherFamily + otherRange) % 5)
}

/// Orders versions as rez does by default.
let private descending = {
    new IPackageOrderer with
        member _.Name = "descending"
        member _.RanksRanges = false
        member _.Order(_, versions) = versions |> Seq.rev |> Array.ofSeq :> _
        member _.CompareRanges(_, _, _, _) = 0
}

let private reference: Engine = fun () -> Rer.Reference.ReferenceResolver()

let private fast: Engine =
    let resolver = FastResolver()
    fun () -> resolver

let private withOrderers (orderers: PackageOrderer list) (question: Question) = {
    question with
        Settings = {
            question.Settings with
                Orderers = Some orderers
        }
}

[<ExampleProperty(60)>]
let ``The engines agree on orderers that shuffle`` (example: Example) (FsCheck.NonNegativeInt seed) =
    let property = Oracles.agreesWith reference

    for position, question in List.indexed example.Questions do
        let seed = seed + position
        let others = question.Settings.Orderers |> Option.defaultValue []

        let some =
            CustomOrderer(
                shuffling seed,
                Packages = [|
                    for family in List.truncate (1 + seed % 3) example.Families -> family.Family
                |]
            )

        let orderers: PackageOrderer list =
            if seed % 2 = 0 then
                [ CustomOrderer(shuffling seed) ]
            else
                some :: others

        property.Check fast example (withOrderers orderers question)
        |> mustAgree $"question {position}: {property.Name}"

[<ExampleProperty(60)>]
let ``An orderer that does as rez does changes nothing`` (example: Example) =
    let repository = Example.repository example.Families

    for question in example.Questions do
        let ask orderers =
            Asking.ask (Some Asking.stepBudget) repository (withOrderers orderers question)

        let plain = ask [] (FastResolver())
        let ordered = ask [ CustomOrderer descending ] (FastResolver())
        Assert.Equal(string plain, string ordered)
