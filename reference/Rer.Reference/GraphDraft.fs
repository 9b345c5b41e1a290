namespace Rer.Reference

open Rer
open Rer.Reference

/// <summary>A graph being drawn. Nodes are numbered in the order in which they are added.</summary>
/// <remarks>Mirrors the nested functions of <c>_ResolvePhase.get_graph</c> that add nodes and edges.</remarks>
[<NoComparison; NoEquality>]
type GraphDraft = {
    /// The nodes by number, from 1.
    Nodes: Map<int, GraphNode>
    /// The edges by their ends, each with its position in the order of edges.
    Edges: Map<int * int, int * GraphEdgeKind * string>
    /// The number of edges added, including those that replaced others.
    EdgesAdded: int
    /// The nodes of requests by text, with the request.
    RequestNodes: Map<string, int * Requirement>
    /// The nodes of scopes by family.
    ScopeNodes: Map<string, int>
    /// The requests of the scopes that have their own node.
    ScopeRequests: Map<int, Requirement>
    /// The nodes involved in the failure.
    FailureNodes: Set<int>
}

/// <summary>Drawing graphs.</summary>
[<RequireQualifiedAccess>]
module GraphDraft =

    let private nodeColor = "#F6F6F6"
    let private requestColor = "#FFFFAA"
    let private solvedColor = "#AAFFAA"

    /// <summary>A graph without nodes.</summary>
    let empty = {
        Nodes = Map.empty
        Edges = Map.empty
        EdgesAdded = 0
        RequestNodes = Map.empty
        ScopeNodes = Map.empty
        ScopeRequests = Map.empty
        FailureNodes = Set.empty
    }

    let private addNode label color style (draft: GraphDraft) : int * GraphDraft =
        let id = draft.Nodes.Count + 1

        id,
        {
            draft with
                Nodes = draft.Nodes.Add(id, GraphNode(id, label, color, style))
        }

    /// <summary>
    /// Adds an edge, replacing one between the same nodes. Mirrors <c>_add_edge</c> and similar functions.
    /// </summary>
    let addEdge (kind: GraphEdgeKind) (label: string) (source: int) (target: int) (draft: GraphDraft) : GraphDraft = {
        draft with
            Edges = draft.Edges.Add((source, target), (draft.EdgesAdded, kind, label))
            EdgesAdded = draft.EdgesAdded + 1
    }

    /// <summary>Adds a plain edge.</summary>
    let addDependency (source: int) (target: int) (draft: GraphDraft) : GraphDraft =
        addEdge GraphEdgeKind.Dependency "" source target draft

    let private requestNode color (request: Requirement) (draft: GraphDraft) : int * GraphDraft =
        match draft.RequestNodes.TryFind request.Text with
        | Some(id, _) -> id, draft
        | None ->
            let id, draft = addNode request.Text color "filled,dashed" draft

            id,
            {
                draft with
                    RequestNodes = draft.RequestNodes.Add(request.Text, (id, request))
            }

    /// <summary>Adds the node of a request of the solve, if it is new. Mirrors <c>_add_request_node</c>.</summary>
    let addInitialRequest (request: Requirement) (draft: GraphDraft) : GraphDraft =
        requestNode requestColor request draft |> snd

    /// <summary>The node of a requirement, which is added if it is new. Mirrors <c>_add_request_node</c>.</summary>
    let addRequest (request: Requirement) (draft: GraphDraft) : int * GraphDraft = requestNode nodeColor request draft

    /// <summary>
    /// Adds a new node for a requirement of a variant that was reduced. Mirrors <c>_add_reduct_node</c>.
    /// </summary>
    let addReduct (request: Requirement) (draft: GraphDraft) : int * GraphDraft =
        addNode request.Text nodeColor "filled,dashed" draft

    /// <summary>Adds the node of a scope. Mirrors <c>_add_scope_node</c>.</summary>
    let addScope (context: SolveContext) (scope: PackageScope) (draft: GraphDraft) : GraphDraft =
        let label, color, style =
            match PackageScope.solvedVariant context scope with
            | Some variant -> string variant, solvedColor, "filled"
            | None when scope.IsConflict -> PackageScope.text context scope, nodeColor, "filled,dashed"
            | None -> PackageScope.text context scope, nodeColor, "filled"

        let id, draft = addNode label color style draft

        {
            draft with
                ScopeNodes = draft.ScopeNodes.Add(scope.PackageName, id)
                ScopeRequests = draft.ScopeRequests.Add(id, scope.PackageRequest)
        }

    /// <summary>
    /// Adds the node of a scope. If the scope is a conflict of the request, that is the node of the request.
    /// </summary>
    let addScopeOrRequest (context: SolveContext) (scope: PackageScope) (draft: GraphDraft) : GraphDraft =
        match draft.RequestNodes.TryFind scope.PackageRequest.Text with
        | Some(id, _) when scope.IsConflict -> {
            draft with
                ScopeNodes = draft.ScopeNodes.Add(scope.PackageName, id)
                RequestNodes = draft.RequestNodes.Remove scope.PackageRequest.Text
          }
        | _ -> addScope context scope draft

    /// <summary>Marks nodes as involved in the failure.</summary>
    let addFailure (nodes: int list) (draft: GraphDraft) : GraphDraft = {
        draft with
            FailureNodes = Set.union draft.FailureNodes (Set.ofList nodes)
    }

    /// <summary>The graph of all nodes, or only of those that lead to the failure.</summary>
    let toGraph (prune: bool) (draft: GraphDraft) : ResolveGraph =
        let isKept: int -> bool =
            if prune && not draft.FailureNodes.IsEmpty then
                let sources = draft.Edges |> Map.keys |> Seq.groupBy snd |> Map.ofSeq

                let incidents node =
                    sources.TryFind node
                    |> Option.map (Seq.map fst >> List.ofSeq)
                    |> Option.defaultValue []

                (Digraph.reachable incidents (List.ofSeq draft.FailureNodes)).Contains
            else
                fun _ -> true

        let kept = draft.Nodes |> Map.filter (fun id _ -> isKept id)
        let position = kept |> Map.keys |> Seq.mapi (fun i id -> id, i) |> Map.ofSeq

        let edges =
            draft.Edges
            |> Map.toSeq
            |> Seq.filter (fun ((source, target), _) -> isKept source && isKept target)
            |> Seq.sortBy (fun (_, (place, _, _)) -> place)
            |> Seq.map (fun ((source, target), (_, kind, label)) ->
                GraphEdge(position[source], position[target], kind, label))

        ResolveGraph(Array.ofSeq kept.Values, Array.ofSeq edges)
