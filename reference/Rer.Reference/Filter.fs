namespace Rer.Reference

open Rer

/// <summary>Rules that hide packages, by family, the cheapest first.</summary>
/// <remarks>Mirrors <c>PackageFilter</c>.</remarks>
[<NoComparison; NoEquality>]
type Filter = {
    /// Rules by the family that they apply to; none for all.
    Excludes: Map<string option, Rule list>
    /// Rules by the family that they apply to; none for all.
    Includes: Map<string option, Rule list>
}

/// <summary>Functions on filters.</summary>
[<RequireQualifiedAccess>]
module Filter =

    let private empty = {
        Excludes = Map.empty
        Includes = Map.empty
    }

    /// Mirrors `PackageFilter._add_rule`.
    let private addRule (rules: Map<string option, Rule list>) (rule: Rule) : Map<string option, Rule list> =
        let others = rules |> Map.tryFind rule.Family |> Option.defaultValue []
        rules |> Map.add rule.Family (others @ [ rule ] |> List.sortBy _.Cost)

    /// <summary>Mirrors <c>PackageFilter.add_exclusion</c>.</summary>
    let addExclusion (rule: Rule) (filter: Filter) : Filter = {
        filter with
            Excludes = addRule filter.Excludes rule
    }

    /// <summary>A filter with a single rule, which hides packages.</summary>
    let ofExclusion (rule: Rule) : Filter = addExclusion rule empty

    /// <summary>
    /// Whether a package is hidden: a rule for its family or for all families excludes it, and no rule includes it.
    /// Mirrors <c>PackageFilter.excludes</c>.
    /// </summary>
    let excludes (package: Package) (filter: Filter) : bool =
        let anyMatches (rules: Map<string option, Rule list>) =
            [ Some package.Name; None ]
            |> List.exists (fun family ->
                rules
                |> Map.tryFind family
                |> Option.exists (List.exists (fun rule -> rule.Matches package)))

        anyMatches filter.Excludes && not (anyMatches filter.Includes)

    /// <summary>How expensive it is to evaluate the filter. Mirrors <c>PackageFilter.cost</c>.</summary>
    let cost (filter: Filter) : float =
        filter.Excludes
        |> Map.toSeq
        |> Seq.sumBy (fun (family, rules) ->
            let cost = rules |> List.sumBy _.Cost
            // For rez, the empty name is not a family.
            if Option.exists ((<>) "") family then cost / 10. else cost)

    /// <summary>Parses a filter. Mirrors <c>PackageFilter.from_pod</c>.</summary>
    /// <exception cref="T:Rer.Reference.SolveError">A rule cannot be parsed.</exception>
    let parse (filter: PackageFilter) : Filter =
        let read rules =
            rules |> Seq.map Rule.parse |> Seq.fold addRule Map.empty

        {
            Excludes = read filter.Excludes
            Includes = read filter.Includes
        }

/// <summary>
/// Filters, the cheapest first. A package hidden by any of them is hidden. Mirrors <c>PackageFilterList</c>.
/// </summary>
[<RequireQualifiedAccess>]
module FilterList =

    /// <summary>Parses filters. Mirrors <c>PackageFilterList.from_pod</c>.</summary>
    /// <exception cref="T:Rer.Reference.SolveError">A rule cannot be parsed.</exception>
    let parse (filters: PackageFilter seq) : Filter list =
        filters |> Seq.map Filter.parse |> List.ofSeq |> List.sortBy Filter.cost

    /// <summary>
    /// Adds a rule that hides packages to the most expensive filter. Mirrors <c>PackageFilterList.add_exclusion</c>.
    /// </summary>
    let addExclusion (rule: Rule) (filters: Filter list) : Filter list =
        match List.tryLast filters with
        | Some last -> List.updateAt (filters.Length - 1) (Filter.addExclusion rule last) filters
        | None -> [ Filter.ofExclusion rule ]

    /// <summary>Mirrors <c>PackageFilterList.excludes</c>.</summary>
    let excludes (package: Package) (filters: Filter list) : bool =
        filters |> List.exists (Filter.excludes package)
