/// Engines that are wrong on purpose, each in one typical way. The properties must catch every one of them.
module Rer.Props.Canaries

open System.Collections.Concurrent
open System.Collections.Generic
open System.Runtime.CompilerServices
open System.Threading
open Rer
open Rer.Fuzzing.Properties

/// A wrong engine and what is wrong with it.
type Canary = { Fault: string; Engine: Engine }

/// An engine whose answers come from a function.
type private Asking
    (resolve: IReadOnlyList<string> -> IPackageRepository -> ResolveOptions -> CancellationToken -> ResolveResult) =
    interface IResolver with
        member _.Name = "canary"

        member _.Resolve(request, repository, options, cancellation) =
            match options with
            | null -> resolve request repository ResolveOptions.Default cancellation
            | options -> resolve request repository options cancellation

/// The reference with one of its lines spoiled: see Rer.Canaries. An empty name spoils nothing.
let spoiled (fault: string) : Engine =
    fun () ->
        let inner = Rer.Canaries.ReferenceResolver() :> IResolver

        let during action =
            Rer.Canaries.Fault.During(fault, action)

        Asking(fun request repository options cancellation ->
            match during (fun () -> inner.Resolve(request, repository, options, cancellation)) with
            | :? FailedResult as failed ->
                // Details that a result computes on demand are spoiled as well.
                FailedResult(
                    failed.Statistics,
                    {
                        new ISolveDetails with
                            member _.GetGraph() = during failed.GetGraph

                            member _.GetFailureGraph index =
                                during (fun () -> failed.GetGraph index)

                            member _.GetFailure index =
                                during (fun () ->
                                    if index.HasValue then
                                        failed.GetFailure index.Value
                                    else
                                        failed.Failure)
                    }
                )
            | other -> other)

let private reference = Rer.Reference.ReferenceResolver() :> IResolver

/// A repository that always returns the first definition that it had for a family and version.
type private Remembering
    (inner: IPackageRepository, remembered: ConcurrentDictionary<struct (string * string), PackageDefinition>) =
    interface IPackageRepository with
        member _.SearchPaths = inner.SearchPaths
        member _.GetFamilies() = inner.GetFamilies()
        member _.GetVersions family = inner.GetVersions family

        member _.GetDefinition(family, version) =
            remembered.GetOrAdd(struct (family, version), fun _ -> inner.GetDefinition(family, version))

let private staleDefinitions: Engine =
    let remembered = ConcurrentDictionary<struct (string * string), PackageDefinition>()

    fun () ->
        Asking(fun request repository options cancellation ->
            reference.Resolve(request, Remembering(repository, remembered), options, cancellation))

let private staleAnswers: Engine =
    fun () ->
        let remembered =
            ConditionalWeakTable<IPackageRepository, ConcurrentDictionary<string, ResolveResult>>()

        Asking(fun request repository options cancellation ->
            remembered
                .GetOrCreateValue(repository)
                .GetOrAdd(
                    String.concat " " request,
                    fun _ -> reference.Resolve(request, repository, options, cancellation)
                ))

let private faultsOfReference = [
    "skipped reduction"
    "dropped conflict requirement"
    "off-by-one split"
    "wrong variant order"
    "wrong tie of variants"
    "wrong failure reported"
    "limit off by one"
]

/// All of them.
let all: Canary list =
    List.map
        (fun fault -> {
            Fault = fault
            Engine = spoiled fault
        })
        faultsOfReference
    @ [
        {
            Fault = "stale cache of definitions, kept from one repository to the next"
            Engine = staleDefinitions
        }
        {
            Fault = "stale cache of answers, by request, regardless of the options"
            Engine = staleAnswers
        }
    ]
