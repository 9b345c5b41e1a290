/// The fast engine on each form of a repository that it supports. The repository is kept from question to question.
module Rer.Props.IndexTests

open System.Runtime.CompilerServices
open Rer
open Rer.Compiling
open Rer.Repositories.Disk
open Rer.Repositories.Indexing
open Rer.Repositories.Layout
open Rer.Fuzzing
open Rer.Fuzzing.Properties
open Rer.Props.ExampleDraws

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

/// A compiled family from an index.
type private Stored(entry: FamilyEntry) =
    inherit StoredFamily()
    override _.IsWatched = false

    override _.Read(slot, repository, limits) =
        entry.ReadCompiled(slot, repository, limits)

    override _.TimestampOf position = entry.TimestampAt position

    override _.GetDefinition version =
        entry.ReadDefinition(entry.Find version, (fun () -> [||]))

    override _.Use(_, _) = ()

/// A family's entry in an index, written and read again.
let private entryOf (compiler: FamilyCompiler) (repository: IPackageRepository) family =
    let content =
        FamilyContent(family, IsListed = true, IsSteady = true, Versions = repository.GetVersions family)

    for version in content.Versions do
        try
            content.Definitions[version] <-
                IndexedDefinition(DefinitionIdentity(), repository.GetDefinition(family, version))
        with :? PackageDataException ->
            () // left for the solve to report

    let data =
        FamilyEntryFormat.Write(content, IdentityUse.Shared, compiler.Compile content)

    FamilyEntry.Parse(FormatBytes(System.ArraySegment data, FormatOrigin("index", "it is damaged")), IdentityUse.Shared)

/// An index that was written and read again.
let private throughIndex (repository: IPackageRepository) =
    let compiler = FamilyCompiler()

    let entries =
        dict [
            for family in repository.GetFamilies() -> family, entryOf compiler repository family
        ]

    CompiledRepository
        {
            new IPackageRepository with
                member _.SearchPaths = repository.SearchPaths
                member _.GetFamilies() = repository.GetFamilies()
                member _.GetVersions family = repository.GetVersions family

                member _.GetDefinition(family, version) =
                    repository.GetDefinition(family, version)
            interface ICompiledSource with
                member _.Has family = entries.ContainsKey family

                member _.FindCompiled family =
                    match entries.TryGetValue family with
                    | true, NonNull entry when entry.HasCompiled -> Stored entry
                    | _ -> null
        }

let private indexes =
    List.map (fun (name, make) -> name, onIndex make) [
        "made on the way", CompiledRepository
        "made at once", CompiledRepository.Compile
        "read from a file", throughIndex
    ]

// An index that is made at once loads everything, and loads it again for building.
let private properties = Array.ofList (Properties.ofAnswers reference)

[<ExampleProperty(60)>]
let ``On an index the properties hold`` (example: Example) (FsCheck.NonNegativeInt start) =
    let repository = Example.repository example.Families

    for index, engine in indexes do
        for position, question in List.indexed example.Questions do
            let property = properties[(start + position) % properties.Length]
            // One repository for all questions of an example, so the index is warm from the second question on.
            Verdict.compare (reference ()) (engine ()) repository question
            |> mustAgree $"an index {index}, question {position}: the reference says the same"

            property.Check engine example question
            |> mustAgree $"an index {index}, question {position}: {property.Name}"
