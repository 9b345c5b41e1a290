namespace Rer.Reference

open System.Collections.Generic
open Rer

/// <summary>How rez writes packages.</summary>
[<RequireQualifiedAccess>]
module PackageText =

    /// <summary>A version of a package: <c>foo-1.2</c>, or <c>foo</c> if it is unversioned. Mirrors
    /// <c>VersionedObject.__str__</c>.</summary>
    let ofPackage (name: string) (version: Version) : string =
        if version.IsEmpty then name else $"{name}-{version}"

    /// <summary>A variant: <c>foo-1.2[0]</c>, or <c>foo-1.2[]</c> if it is the only one. Mirrors
    /// <c>PackageVariant.__str__</c>.</summary>
    let ofVariant (name: string) (version: Version) (index: int option) : string =
        let index = index |> Option.map string |> Option.defaultValue ""
        $"{ofPackage name version}[{index}]"

/// <summary>A version of a package. Its definition is loaded on first use.</summary>
/// <remarks>Mirrors <c>rez.packages.Package</c>, reduced to what the solver reads.</remarks>
[<Sealed>]
type Package(name: string, version: Version, load: unit -> PackageDefinition) =

    let definition = lazy load ()

    /// <summary>The family.</summary>
    member _.Name = name

    /// <summary>The version.</summary>
    member _.Version = version

    /// <summary>The definition. The first access loads it.</summary>
    member _.Definition = definition.Value

    /// <summary>When it was released; 0 if unknown. Loads the definition.</summary>
    member _.Timestamp = definition.Value.Timestamp

    /// <summary>The text: <c>foo-1.2</c>, or <c>foo</c> for an unversioned package.</summary>
    member _.QualifiedName = PackageText.ofPackage name version

/// <summary>
/// The packages of a repository as one solve sees them. A family is listed, and a definition loaded, at most once.
/// </summary>
/// <remarks>Takes the place of <c>iter_packages</c> and rez's resource caches. It stores the loaded packages, and how
/// long loading took. This is one of the places where a solve changes something (SOLVER.md#memory).</remarks>
[<Sealed>]
type PackageSource(repository: IPackageRepository, clock: System.TimeProvider) =

    let families = Dictionary<string, Package[]>()
    let mutable loadTime = System.TimeSpan.Zero

    let timed (load: unit -> 'T) =
        let start = clock.GetTimestamp()

        try
            load ()
        finally
            loadTime <- loadTime + clock.GetElapsedTime start

    let list family =
        let package (text: string) =
            let version =
                Input.parse $"package {family}: version '{text}'" (fun () -> Version.Parse text)

            Package(family, version, (fun () -> timed (fun () -> repository.GetDefinition(family, text))))

        timed (fun () -> repository.GetVersions family)
        |> Seq.map package
        // If versions are equal, such as 1.0 and 1-0, rez sees only the first.
        |> Seq.distinctBy _.Version
        |> Array.ofSeq

    /// <summary>The places searched, as messages show them.</summary>
    member _.SearchPaths = System.String.Join("; ", repository.SearchPaths)

    /// <summary>The versions of a family in the order of the repository; empty if there is no such family.</summary>
    /// <exception cref="T:Rer.Reference.SolveError">The name is not valid for a family. That happens if an orderer
    /// looks up an ephemeral.</exception>
    member _.Packages(family: string) : Package[] =
        match families.TryGetValue family with
        | true, packages -> packages
        | false, _ when not (PackageRequest.isPackageName family) ->
            raise (SolveError(ResolveErrorKind.InvalidSyntax, PackageRequest.complaint family))
        | false, _ ->
            let packages = list family
            families[family] <- packages
            packages

    /// <summary>How long listing and loading took.</summary>
    member _.LoadTime = loadTime
