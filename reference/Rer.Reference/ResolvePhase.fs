namespace Rer.Reference

open Rer
open Rer.Reference

/// <summary>The state of a phase, or of the solve. Mirrors <c>SolverStatus</c>.</summary>
type SolverStatus =
    /// The phase has not been solved yet.
    | Pending
    /// Every scope is down to one variant.
    | Solved
    /// Nothing more can be done without choosing between variants.
    | Exhausted
    /// There is no solution.
    | Failed
    /// There is a solution, but its packages require each other in a cycle.
    | Cyclic
    /// The solve continues.
    | Unsolved

/// <summary>The complete state of a resolve between two decisions.</summary>
/// <remarks>Mirrors <c>_ResolvePhase</c>. See SOLVER.md#phases.</remarks>
[<NoComparison; NoEquality>]
type ResolvePhase = {
    /// A scope for each family.
    Scopes: PackageScope[]
    /// The state of the phase.
    Status: SolverStatus
    /// Why it failed, if it failed for a reason.
    FailureReason: FailureReason option
    /// What was extracted while the phase was solved, with the family it was extracted from, the latest first.
    Extractions: (string * Requirement) list
    /// The scopes that the others still have to be reduced by.
    ChangedScopes: Set<int>
}

/// <summary>Functions on phases, except for solving them.</summary>
[<RequireQualifiedAccess>]
module ResolvePhase =

    /// <summary>The first phase, with the scopes of the request. Mirrors <c>_ResolvePhase.__init__</c>.</summary>
    /// <exception cref="T:Rer.Reference.SolveError">A family or package is not found.</exception>
    let create (cache: PackageVariantCache) : ResolvePhase =
        let scopes =
            cache.Context.RequestList.Requirements |> Array.map (PackageScope.create cache)

        {
            Scopes = scopes
            Status = Pending
            FailureReason = None
            Extractions = []
            // At first, all scopes are reduced by all scopes.
            ChangedScopes = Set.ofSeq (seq { 0 .. scopes.Length - 1 })
        }

    /// <summary>The text of its scopes. Mirrors <c>__str__</c>.</summary>
    let text (context: SolveContext) (phase: ResolvePhase) : string =
        System.String.Join(' ', phase.Scopes |> Seq.map (PackageScope.text context))

    /// <summary>
    /// The extractions as in rez's dictionary. Each pair of families occurs once, at the position of the first
    /// extraction and with the requirement of the last.
    /// </summary>
    let extractionsInOrder (extractions: (string * Requirement) list) : (string * Requirement) list =
        extractions
        |> List.rev
        |> List.groupBy (fun (source, request) -> source, request.Name)
        |> List.map (fun (_, extractions) -> List.last extractions)

    /// The families of a solved phase, and the families that each requires. Mirrors `_get_minimal_graph`.
    let private minimalGraph (context: SolveContext) (scopes: PackageScope list) : Digraph<string> =
        let requires (scope: PackageScope) =
            match PackageScope.solvedVariant context scope with
            | None -> []
            | Some variant ->
                variant.RequiresList.Requirements
                |> Seq.filter (fun request -> not request.IsConflict)
                |> Seq.map _.Name
                |> List.ofSeq

        let neighbors =
            scopes
            |> List.map (fun scope -> scope.PackageName, requires scope)
            |> Map.ofList

        {
            Nodes = scopes |> List.map _.PackageName
            Neighbors = fun family -> neighbors[family]
        }

    /// <summary>
    /// Drops the conflicts of a solved phase and sorts the other scopes: dependencies first, then in the order of the
    /// request, then by name. A phase with a cycle becomes cyclic instead. Mirrors <c>_ResolvePhase.finalise</c>.
    /// </summary>
    let finalise (context: SolveContext) (phase: ResolvePhase) : ResolvePhase =
        let scopes =
            phase.Scopes |> List.ofArray |> List.filter (fun scope -> not scope.IsConflict)

        let byFamily =
            scopes |> List.map (fun scope -> scope.PackageName, scope) |> Map.ofList

        let graph = minimalGraph context scopes

        match Digraph.findCycle graph with
        | [] ->
            let requested = context.RequestList.Requirements |> Seq.map _.Name |> List.ofSeq
            let ordered = Digraph.dependencyOrder graph requested

            {
                phase with
                    Scopes = [| for family in ordered -> byFamily[family] |]
            }
        | families ->
            let package family =
                PackageScope.solvedVariant context byFamily[family]
                |> Option.map (fun variant -> family, variant.Version)

            {
                phase with
                    Scopes = Array.ofList scopes
                    Status = Cyclic
                    FailureReason = Some(Cycle(List.choose package families))
            }

    /// <summary>
    /// Splits an exhausted phase in two at the first scope that can be split. The first half is the more promising one,
    /// and has something to extract. Mirrors <c>_ResolvePhase.split</c>.
    /// </summary>
    let split (context: SolveContext) (phase: ResolvePhase) : ResolvePhase * ResolvePhase =
        let i, (first, second) =
            phase.Scopes
            |> Seq.indexed
            |> Seq.pick (fun (i, scope) -> PackageScope.split context scope |> Option.map (fun parts -> i, parts))

        let withScope scope = {
            phase with
                Scopes = Array.updateAt i scope phase.Scopes
                Status = Pending
                ChangedScopes = Set.singleton i
        }

        withScope first, withScope second

    /// <summary>The variants of a final phase, in order. Mirrors <c>_get_solved_variants</c>.</summary>
    let solvedVariants (context: SolveContext) (phase: ResolvePhase) : PackageVariant list =
        phase.Scopes |> Seq.choose (PackageScope.solvedVariant context) |> List.ofSeq

    /// <summary>The ephemerals of a final phase, in order. Mirrors <c>_get_solved_ephemerals</c>.</summary>
    let solvedEphemerals (phase: ResolvePhase) : Requirement list =
        phase.Scopes |> Seq.choose PackageScope.solvedEphemeral |> List.ofSeq
