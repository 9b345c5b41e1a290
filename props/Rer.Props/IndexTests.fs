/// The fast engine on each form of a repository that it can be given, kept from question to question.
module Rer.Props.IndexTests

open System.IO
open System.Runtime.CompilerServices
open Xunit
open Rer
open Rer.Fuzzing
open Rer.Fuzzing.Generators
open Rer.Fuzzing.Properties
open Rer.Props.Checking

let private reference: Engine = fun () -> Rer.Reference.ReferenceResolver()

/// Solves on an index that is made once for each repository, and shared by all solves on it.
let private onIndex (make: IPackageRepository -> CompiledRepository) : Engine =
    let fast = FastResolver() :> IResolver
    let indexes = ConditionalWeakTable<IPackageRepository, CompiledRepository>()

    let resolver = {
        new IResolver with
            member _.Name = "fast, on an index"

            member _.Resolve(request, repository, options, cancellation) =
                fast.Resolve(request, indexes.GetValue(repository, make), options, cancellation)
    }

    fun () -> resolver

/// An index that was written to a file and is read from there.
let private throughFile (repository: IPackageRepository) =
    let path = Path.GetTempFileName()

    try
        CompiledRepository.Compile(repository).Save(path, "fuzz")

        match CompiledRepository.TryOpen(path, "fuzz", repository) with
        | null -> failwith "An index that was just written is not read."
        | index -> index
    finally
        // What is mapped stays readable.
        File.Delete path

let private indexes =
    Map [
        "made on the way", CompiledRepository
        "made at once", CompiledRepository.Compile
        "read from a file", throughFile
    ]

let indexNames () = TheoryData<string>(Map.keys indexes)

[<Theory>]
[<MemberData(nameof indexNames)>]
let ``On an index the properties hold`` (index: string) =
    let engine = onIndex indexes[index]
    // An index that is made at once loads everything, and once more to solve for a build.
    let properties = Array.ofList (Properties.ofAnswers reference)

    for number in 0..59 do
        let example = ExampleGenerators.at fixedSeed number
        let repository = Example.repository example.Families

        for position, question in List.indexed example.Questions do
            // One repository for all questions of an example: the index is warm from the second on.
            let agrees = Verdict.compare (reference ()) (engine ()) repository question

            let property = properties[(number + position) % properties.Length]

            for name, verdict in
                [
                    "the reference says the same", agrees
                    property.Name, property.Check engine example question
                ] do
                match verdict with
                | Agree
                | OutOfBudget -> ()
                | Differ differences ->
                    let told = differences |> List.map string |> String.concat "\n"
                    Assert.Fail $"an index {index}, example {number}: {name}: does not hold.\n{told}"
