namespace Rer.Reference

open System.Collections.Generic
open Rer

/// <summary>The versions of a family, filtered and loaded when an intersection first reaches them.</summary>
/// <remarks>Mirrors <c>_PackageVariantList</c>. It stores the loaded versions. It also stores the order of each
/// version's variants, for all entries made from that version.</remarks>
[<Sealed>]
type PackageVariantList(context: SolveContext, family: string) =

    let packages = context.Packages family

    do
        if packages.Length = 0 then
            let message =
                $"package family not found: {family} (searched: {context.Source.SearchPaths})"

            raise (SolveError(ResolveErrorKind.PackageFamilyNotFound, message))

    // The versions reached so far; none for a version that a filter hides.
    let reached =
        Dictionary<Package, SharedOrder<PackageVariant> option>(HashIdentity.Reference)

    let load (package: Package) =
        if FilterList.excludes package context.Filters then
            None
        else
            let variants =
                match package.Definition.Variants.Count with
                | 0 -> [| PackageVariant(context, package, None) |]
                | count -> Array.init count (fun i -> PackageVariant(context, package, Some i))

            Some(SharedOrder(variants, false))

    let reach (package: Package) =
        match reached.TryGetValue package with
        | true, variants -> variants
        | false, _ ->
            context.ThrowIfCancelled()
            let variants = load package
            reached[package] <- variants
            variants

    /// <summary>
    /// The versions in a range that no filter hides, in the order of the repository. Mirrors
    /// <c>_PackageVariantList.get_intersection</c>.
    /// </summary>
    member _.GetIntersection(range: VersionRange) : PackageEntry[] =
        packages
        |> Array.choose (fun package ->
            if range.Contains package.Version then
                reach package
                |> Option.map (fun variants -> {
                    Package = package
                    Variants = variants
                })
            else
                None)
