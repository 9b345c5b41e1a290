namespace Rer.Reference

open Rer

/// <summary>A version of a package, and those of its variants that are still possible.</summary>
/// <remarks>Mirrors <c>_PackageEntry</c>.</remarks>
[<ReferenceEquality>]
type PackageEntry = {
    /// The version of the package.
    Package: Package
    /// The variants, of which there is at least one. Entries made of the whole version share them.
    Variants: SharedOrder<PackageVariant>
} with

    /// <summary>The version.</summary>
    member this.Version = this.Package.Version

    /// <summary>How many variants there are.</summary>
    member this.Length = this.Variants.Items.Length

/// <summary>What entries do.</summary>
[<RequireQualifiedAccess>]
module PackageEntry =

    /// <summary>An entry of some of the variants of another, in its order.</summary>
    let ofSome (isSorted: bool) (entry: PackageEntry) (variants: PackageVariant[]) : PackageEntry = {
        entry with
            Variants = SharedOrder(variants, isSorted)
    }

    /// How much a variant is preferred. Mirrors the key of `_PackageEntry.sort`.
    let private sortKey (context: SolveContext) (variant: PackageVariant) : SortKey =
        // Requested packages by their place in the request, conflicts counted.
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
            // A weak requirement without a range: to rez a 0, which compares with no other key and raises. Here it is
            // below all ranges.
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
    /// Sorts the variants, the preferred first, for all entries that share them: by the highest versions of requested
    /// packages, then by the fewest additional packages, by their highest versions, by their names, and at last the
    /// higher index first. In the mode <c>intersection_priority</c>, before all of it, by the most requested packages.
    /// Mirrors <c>_PackageEntry.sort</c>.
    /// </summary>
    let sort (context: SolveContext) (entry: PackageEntry) : unit =
        entry.Variants.Sort(PythonSort.sortDescending SortKey.less (sortKey context))

    /// <summary>Splits off the first variants; none if these are all. Mirrors <c>_PackageEntry.split</c>.</summary>
    let split (context: SolveContext) (count: int) (entry: PackageEntry) : (PackageEntry * PackageEntry) option =
        if count >= entry.Length then
            None
        else
            sort context entry
            let first, rest = Array.splitAt count entry.Variants.Items
            Some(ofSome true entry first, ofSome true entry rest)
