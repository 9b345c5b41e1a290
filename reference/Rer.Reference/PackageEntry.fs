namespace Rer.Reference

open Rer

/// <summary>A version of a package, with the variants that are still possible.</summary>
/// <remarks>Mirrors <c>_PackageEntry</c>.</remarks>
[<ReferenceEquality>]
type PackageEntry = {
    /// The version of the package.
    Package: Package
    /// The variants, at least one. Entries made from the whole version share them.
    Variants: SharedOrder<PackageVariant>
} with

    /// <summary>The version.</summary>
    member this.Version = this.Package.Version

    /// <summary>The number of variants.</summary>
    member this.Length = this.Variants.Items.Length

/// <summary>Functions on entries.</summary>
[<RequireQualifiedAccess>]
module PackageEntry =

    /// <summary>An entry with some of the variants of another, in the same order.</summary>
    let ofSome (isSorted: bool) (entry: PackageEntry) (variants: PackageVariant[]) : PackageEntry = {
        entry with
            Variants = SharedOrder(variants, isSorted)
    }

    /// How preferred a variant is. Mirrors the key in `_PackageEntry.sort`.
    let private sortKey (context: SolveContext) (variant: PackageVariant) : SortKey =
        // Requested packages by their position in the request, including conflicts.
        let requested =
            context.RequestList.Requirements
            |> Array.indexed
            |> Array.choose (fun (i, request) ->
                if request.IsConflict then
                    None
                else
                    match variant.TryGet request.Name with
                    | ValueNone -> None
                    | ValueSome requirement -> Some(i, requirement))

        let names =
            requested |> Seq.map (fun (_, requirement) -> requirement.Name) |> Set.ofSeq

        let additional =
            variant.RequiresList.Requirements
            |> Array.filter (fun requirement -> not requirement.IsConflict && not (names.Contains requirement.Name))

        let rangeKey (orderer: Orderer) (requirement: Requirement) =
            match requirement.Range with
            | Some range -> Orderer.sortKeyOfRange orderer requirement.Name range
            // A weak requirement without a range. In rez its key is 0, which cannot be compared with any other key, so
            // rez raises. Here it is below all ranges.
            | None -> SortKey.Sequence []

        let requestedKey =
            SortKey.Sequence [
                for i, requirement in requested ->
                    SortKey.Sequence [ SortKey.Number -i; rangeKey (context.Orderer requirement.Name) requirement ]
            ]

        let additionalKey =
            SortKey.Sequence [
                for requirement in additional ->
                    SortKey.Sequence [
                        rangeKey (context.AdditionalOrderer requirement.Name) requirement
                        SortKey.Name requirement.Name
                    ]
            ]

        SortKey.Sequence [
            if context.Options.VariantSelectMode = VariantSelectMode.IntersectionPriority then
                SortKey.Number requested.Length
            requestedKey
            SortKey.Number -additional.Length
            additionalKey
            SortKey.Number(Option.defaultValue 0 variant.Index)
        ]

    /// <summary>
    /// Sorts the variants, the preferred first, for all entries that share them. The criteria are: the highest versions
    /// of requested packages, then the fewest additional packages, then the highest versions of those, then their
    /// names, and finally the higher index. In the mode <c>intersection_priority</c>, the number of requested packages
    /// comes before all of these. Mirrors <c>_PackageEntry.sort</c>.
    /// </summary>
    let sort (context: SolveContext) (entry: PackageEntry) : unit =
        entry.Variants.Sort(PythonSort.sortDescending SortKey.less (sortKey context))

    /// <summary>
    /// Splits off the first variants; none if these are all variants. Mirrors <c>_PackageEntry.split</c>.
    /// </summary>
    let split (context: SolveContext) (count: int) (entry: PackageEntry) : (PackageEntry * PackageEntry) option =
        if count >= entry.Length then
            None
        else
            sort context entry
            let first, rest = Array.splitAt count entry.Variants.Items
            Some(ofSome true entry first, ofSome true entry rest)
