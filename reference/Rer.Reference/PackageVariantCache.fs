namespace Rer.Reference

open System.Collections.Generic

/// <summary>The families of a solve, each listed once.</summary>
/// <remarks>Mirrors <c>PackageVariantCache</c>.</remarks>
[<Sealed>]
type PackageVariantCache(context: SolveContext) =

    let variantLists = Dictionary<string, PackageVariantList>()

    /// <summary>The context of the solve.</summary>
    member _.Context = context

    /// <summary>The slice of a family's versions in a range; none if there are no versions.</summary>
    /// <exception cref="T:Rer.Reference.SolveError">There is no such family.</exception>
    member _.GetVariantSlice(packageName: string, range: VersionRange) : PackageVariantSlice option =
        let variantList =
            match variantLists.TryGetValue packageName with
            | true, known -> known
            | false, _ ->
                let variantList = PackageVariantList(context, packageName)
                variantLists[packageName] <- variantList
                variantList

        match variantList.GetIntersection range with
        | [||] -> None
        | entries -> Some(PackageVariantSlice.create context packageName entries)
