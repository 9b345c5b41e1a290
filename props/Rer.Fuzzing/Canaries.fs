/// Engines that are wrong on purpose, each in one way that engines go wrong. Properties that let one of them live are
/// not worth their time.
module Rer.Fuzzing.Canaries

open System.Collections.Concurrent
open System.Collections.Generic
open System.Linq
open System.Runtime.CompilerServices
open Rer

/// A wrong engine, made from a right one. `Fault` says what is wrong with it.
type Canary = {
    Fault: string
    Spoil: IResolver -> IResolver
}

/// An engine that asks another, and changes what it asks or hears.
type private Spoiled
    (inner: IResolver, resolve: IReadOnlyList<string> -> IPackageRepository -> ResolveOptions -> ResolveResult) =
    interface IResolver with
        member _.Name = inner.Name

        member _.Resolve(request, repository, options, _) =
            let options =
                match options with
                | null -> ResolveOptions.Default
                | options -> options

            resolve request repository options

/// A repository whose definitions another engine sees changed.
type private Altered(inner: IPackageRepository, alter: string -> string -> PackageDefinition -> PackageDefinition) =
    interface IPackageRepository with
        member _.SearchPaths = inner.SearchPaths
        member _.GetFamilies() = inner.GetFamilies()
        member _.GetVersions family = inner.GetVersions family

        member _.GetDefinition(family, version) =
            alter family version (inner.GetDefinition(family, version))

let private withRequirements (requires: IReadOnlyList<string>) variants (definition: PackageDefinition) =
    PackageDefinition(
        Requires = requires,
        Variants = variants,
        BuildRequires = definition.BuildRequires,
        Timestamp = definition.Timestamp
    )

let private seeing alter (inner: IResolver) : IResolver =
    Spoiled(inner, fun request repository options -> inner.Resolve(request, Altered(repository, alter), options))

let private saying (change: ResolveResult -> ResolveResult) (inner: IResolver) : IResolver =
    Spoiled(inner, fun request repository options -> change (inner.Resolve(request, repository, options)))

let private skippedReduction = {
    Fault = "a skipped reduction: the last variant of a package is never reduced by its last requirement"
    Spoil =
        seeing (fun _ _ definition ->
            match List.ofSeq definition.Variants |> List.rev with
            | last :: others when not others.IsEmpty && last.Count > 0 ->
                let shortened = last.Take(last.Count - 1).ToArray() :> IReadOnlyList<string>
                withRequirements definition.Requires (Array.ofList (List.rev (shortened :: others))) definition
            | _ -> definition)
}

let private droppedConflict = {
    Fault = "dropped conflict requirements: packages that exclude others do not"
    Spoil =
        seeing (fun _ _ definition ->
            let kept (needs: IReadOnlyList<string>) =
                needs.Where(fun need -> not (need.StartsWith '!')).ToArray() :> IReadOnlyList<string>

            withRequirements (kept definition.Requires) (definition.Variants.Select(kept).ToArray()) definition)
}

// Reversed on the way in and numbered back on the way out: what is left is that of two equal variants the other wins.
let private wrongVariantOrder = {
    Fault = "a wrong variant order: ties go to the lower index"
    Spoil =
        fun inner ->
            Spoiled(
                inner,
                fun request repository options ->
                    let reversed _ _ (definition: PackageDefinition) =
                        withRequirements definition.Requires (definition.Variants.Reverse().ToArray()) definition

                    match inner.Resolve(request, Altered(repository, reversed), options) with
                    | :? SolvedResult as solved ->
                        let numberedBack (package: ResolvedPackage) =
                            if package.VariantIndex.HasValue then
                                let count = repository.GetDefinition(package.Name, package.Version).Variants.Count
                                ResolvedPackage(package.Name, package.Version, count - 1 - package.VariantIndex.Value)
                            else
                                package

                        let right = inner.Resolve(request, repository, options) :?> SolvedResult

                        SolvedResult(
                            solved.Packages.Select(numberedBack).ToArray(),
                            solved.Ephemerals,
                            right.Statistics,
                            {
                                new ISolveDetails with
                                    member _.GetGraph() = right.GetGraph()

                                    member _.GetFailure _ =
                                        invalidOp "A solved result has no failures."

                                    member _.GetFailureGraph _ =
                                        invalidOp "A solved result has no failures."
                            }
                        )
                        :> ResolveResult
                    | _ -> inner.Resolve(request, repository, options)
            )
}

let private staleDefinitions = {
    Fault = "a stale cache: definitions are remembered across repositories"
    Spoil =
        let remembered = ConcurrentDictionary<struct (string * string), PackageDefinition>()

        seeing (fun family version definition -> remembered.GetOrAdd(struct (family, version), definition))
}

let private staleAnswers = {
    Fault = "a stale cache: an answer is remembered for the request, whatever the options"
    Spoil =
        let remembered =
            ConditionalWeakTable<IPackageRepository, ConcurrentDictionary<string, ResolveResult>>()

        fun inner ->
            Spoiled(
                inner,
                fun request repository options ->
                    remembered
                        .GetOrCreateValue(repository)
                        .GetOrAdd(String.concat " " request, fun _ -> inner.Resolve(request, repository, options))
            )
}

let private wrongFailure = {
    Fault = "the wrong failure reported: the last where rez reports the first"
    Spoil =
        saying (fun result ->
            match result with
            | :? FailedResult as failed when failed.Statistics.NumFails > 0 ->
                FailedResult(
                    failed.Statistics,
                    {
                        new ISolveDetails with
                            member _.GetGraph() = failed.GetGraph()
                            member _.GetFailureGraph index = failed.GetGraph index

                            member _.GetFailure index =
                                failed.GetFailure(if index.HasValue then index.Value else -1)
                    }
                )
            | other -> other)
}

/// All of them.
let all: Canary list = [
    skippedReduction
    droppedConflict
    wrongVariantOrder
    staleDefinitions
    staleAnswers
    wrongFailure
]
