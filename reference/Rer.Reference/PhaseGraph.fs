namespace Rer.Reference

open Rer
open Rer.Reference

/// <summary>The graph of a phase: the resolved packages and how they depend on each other, or what failed.</summary>
/// <remarks>Mirrors <c>_ResolvePhase.get_graph</c>, with a function for each of its steps. See
/// SOLVER.md#graphs.</remarks>
[<RequireQualifiedAccess>]
module PhaseGraph =

    /// Draws several things in turn.
    let private each (draw: 'T -> GraphDraft -> GraphDraft) (items: 'T seq) (draft: GraphDraft) : GraphDraft =
        Seq.fold (fun draft item -> draw item draft) draft items

    /// Connects the requests of the solve to the scopes of their families.
    let private connectRequests (requests: Requirement[]) : GraphDraft -> GraphDraft =
        requests
        |> each (fun request draft ->
            match draft.RequestNodes.TryFind request.Text, draft.ScopeNodes.TryFind request.Name with
            | Some(source, _), Some target -> GraphDraft.addDependency source target draft
            | _ -> draft)

    /// Connects a solved scope to the requirements of its variant.
    let private addRequirements (context: SolveContext) (scope: PackageScope) (draft: GraphDraft) : GraphDraft =
        match PackageScope.solvedVariant context scope with
        | None -> draft
        | Some variant ->
            let source = draft.ScopeNodes[scope.PackageName]

            let add request draft =
                let target, draft = GraphDraft.addRequest request draft
                GraphDraft.addDependency source target draft

            each add variant.RequiresList.Requirements draft

    /// Connects a scope to what was extracted from it.
    let private addExtraction (family: string, request: Requirement) (draft: GraphDraft) : GraphDraft =
        match draft.ScopeNodes.TryFind family with
        | None -> draft
        | Some source ->
            let target, draft = GraphDraft.addRequest request draft
            GraphDraft.addDependency source target draft

    /// Connects the extractions of one family to the requirement that they were merged into.
    let private addMerge (requests: Requirement list) (draft: GraphDraft) : GraphDraft =
        let merged = RequirementList.Create requests

        let add merged request draft =
            let source, draft = GraphDraft.addRequest request draft
            let target, draft = GraphDraft.addRequest merged draft
            GraphDraft.addEdge GraphEdgeKind.Merge "" source target draft

        match merged.Requirements with
        | [| merged |] -> each (add merged) (requests |> List.filter ((<>) merged)) draft
        | _ -> draft // they conflict

    let private addConflictEdge source target draft =
        GraphDraft.addEdge GraphEdgeKind.Conflict "CONFLICT" source target draft

    let private addDependencyConflict (conflict: DependencyConflict) (draft: GraphDraft) : GraphDraft =
        let scopeNode = draft.ScopeNodes.TryFind conflict.ConflictingRequest.Name
        let scopeRequest = scopeNode |> Option.bind draft.ScopeRequests.TryFind

        let source, target, draft =
            match scopeNode, scopeRequest with
            | Some scope, Some request when request.ConflictsWith conflict.ConflictingRequest ->
                let request, draft = GraphDraft.addRequest conflict.ConflictingRequest draft
                request, scope, draft
            | Some scope, None ->
                // The node of a conflict of the request.
                let dependency, draft = GraphDraft.addRequest conflict.Dependency draft
                scope, dependency, draft
            | Some scope, _ ->
                let dependency, draft = GraphDraft.addRequest conflict.Dependency draft
                dependency, scope, draft
            | None, _ ->
                let dependency, draft = GraphDraft.addRequest conflict.Dependency draft
                let request, draft = GraphDraft.addRequest conflict.ConflictingRequest draft
                dependency, request, draft

        draft
        |> addConflictEdge source target
        |> GraphDraft.addFailure [ source; target ]

    /// If a failure has only one reduction, its requirement shares a node with requirements of the same text.
    let private addReduction (isOnly: bool) (reduction: Reduction) (draft: GraphDraft) : GraphDraft =
        let scope = draft.ScopeNodes[reduction.Name]
        let other = draft.ScopeNodes[reduction.ConflictingRequest.Name]

        let dependency, draft =
            if isOnly then
                let dependency, draft = GraphDraft.addRequest reduction.Dependency draft
                dependency, GraphDraft.addDependency scope dependency draft
            else
                let dependency, draft = GraphDraft.addReduct reduction.Dependency draft
                dependency, GraphDraft.addEdge GraphEdgeKind.Reduction reduction.Reducee scope dependency draft

        draft
        |> addConflictEdge dependency other
        |> GraphDraft.addFailure [ scope; dependency; other ]

    let private addCycle (families: string list) (draft: GraphDraft) : GraphDraft =
        let nodes = families |> List.map (fun family -> draft.ScopeNodes[family])
        let following = List.tail nodes @ List.truncate 1 nodes

        draft
        |> GraphDraft.addFailure nodes
        |> each
            (fun (source, target) -> GraphDraft.addEdge GraphEdgeKind.Cycle "CYCLE" source target)
            (List.zip nodes following)

    let private addFailureReason (reason: FailureReason) : GraphDraft -> GraphDraft =
        match reason with
        | DependencyConflicts conflicts -> each addDependencyConflict conflicts
        | TotalReduction [ reduction ] -> addReduction true reduction
        | TotalReduction reductions -> each (addReduction false) reductions
        | Cycle packages -> addCycle (List.map fst packages)

    /// Connects requirements without outgoing edges to the scopes that satisfy them.
    let private connectLeaves (scopes: PackageScope[]) (draft: GraphDraft) : GraphDraft =
        let scopesByName =
            scopes |> Seq.map (fun scope -> scope.PackageName, scope) |> Map.ofSeq

        let sources = draft.Edges |> Map.keys |> Seq.map fst |> Set.ofSeq

        let connect (id: int, request: Requirement) (draft: GraphDraft) =
            match draft.ScopeNodes.TryFind request.Name with
            | Some scope when
                not (sources.Contains id)
                && not (request.ConflictsWith scopesByName[request.Name].PackageRequest)
                ->
                GraphDraft.addDependency id scope draft
            | _ -> draft

        each connect (draft.RequestNodes |> Map.values |> Seq.sortBy fst) draft

    /// <summary>Draws the graph of a phase. Mirrors <c>_ResolvePhase.get_graph</c>.</summary>
    let draw (context: SolveContext) (phase: ResolvePhase) : ResolveGraph =
        let requests = context.RequestList.Requirements
        let extractions = ResolvePhase.extractionsInOrder phase.Extractions

        let merges =
            extractions
            |> List.map snd
            |> List.groupBy _.Name
            |> List.map snd
            |> List.filter (fun requests -> requests.Length > 1)

        GraphDraft.empty
        |> each GraphDraft.addInitialRequest requests
        |> each (GraphDraft.addScopeOrRequest context) phase.Scopes
        |> connectRequests requests
        |> each (addRequirements context) phase.Scopes
        |> each addExtraction extractions
        |> each addMerge merges
        |> each addFailureReason (Option.toList phase.FailureReason)
        |> connectLeaves phase.Scopes
        |> GraphDraft.toGraph context.Options.PruneUnfailed
