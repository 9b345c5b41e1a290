namespace Rer.Reference

/// <summary>A directed graph.</summary>
/// <remarks>Mirrors the <c>digraph</c> of <c>rez.vendor.pygraph</c>. The recursion depth of its functions does not grow
/// with the depth of the graph.</remarks>
[<NoComparison; NoEquality>]
type Digraph<'Node when 'Node: comparison> = {
    /// The nodes, each once.
    Nodes: 'Node list
    /// The nodes that a node's edges lead to.
    Neighbors: 'Node -> 'Node list
}

/// <summary>Searches in a graph.</summary>
[<RequireQualifiedAccess>]
module Digraph =

    /// <summary>
    /// Finds a cycle, in which each node leads to the next and the last to the first; empty if there is none. The
    /// search is depth-first, through nodes and neighbours in order. Mirrors <c>find_cycle</c>.
    /// </summary>
    let findCycle (graph: Digraph<'Node>) : 'Node list =
        // The path contains the nodes from the current one back to the start of the search, each with the neighbours
        // left to visit.
        let rec visit (visited: Set<'Node>) (path: ('Node * 'Node list) list) (starts: 'Node list) =
            match path, starts with
            | [], [] -> []
            | [], start :: starts when visited.Contains start -> visit visited [] starts
            | [], start :: starts -> visit (visited.Add start) [ start, graph.Neighbors start ] starts
            | (_, []) :: path, _ -> visit visited path starts
            | (node, next :: others) :: above, _ when visited.Contains next ->
                match path |> List.tryFindIndex (fun (ancestor, _) -> ancestor = next) with
                | Some i -> path |> List.take (i + 1) |> List.map fst |> List.rev
                | None -> visit visited ((node, others) :: above) starts
            | (node, next :: others) :: above, _ ->
                visit (visited.Add next) ((next, graph.Neighbors next) :: (node, others) :: above) starts

        visit Set.empty [] graph.Nodes

    /// <summary>
    /// The nodes that can be reached from some nodes, including those nodes. Mirrors <c>accessibility</c>.
    /// </summary>
    let reachable (neighbors: 'Node -> 'Node list) (starts: 'Node list) : Set<'Node> =
        let rec visit (visited: Set<'Node>) (pending: 'Node list) =
            match pending with
            | [] -> visited
            | node :: pending when visited.Contains node -> visit visited pending
            | node :: pending ->
                visit (visited.Add node) (List.fold (fun pending next -> next :: pending) pending (neighbors node))

        visit Set.empty starts

    /// <summary>
    /// The families of an acyclic graph, dependencies before dependents. Apart from that, the wanted families come
    /// first, in their order, and then the others by name. Wanted families that are not in the graph are left out.
    /// Mirrors <c>_get_dependency_order</c>.
    /// </summary>
    let dependencyOrder (graph: Digraph<string>) (wanted: string list) : string list =
        let dependencies =
            graph.Nodes
            |> List.map (fun node -> node, (reachable graph.Neighbors [ node ]).Remove node)
            |> Map.ofList

        let others =
            graph.Nodes
            |> List.filter (fun node -> not (List.contains node wanted))
            |> List.sortWith PythonText.compare

        // If the first node still waits for others, directly or indirectly, the first of those in the list is moved in
        // front of it.
        let rec place (placed: string list) (nodes: string list) =
            match nodes with
            | [] -> List.rev placed
            | first :: rest ->
                match dependencies.TryFind first with
                | None -> place placed rest
                | Some needed ->
                    match rest |> List.tryFindIndex needed.Contains with
                    | Some i -> place placed (rest[i] :: first :: List.removeAt i rest)
                    | None -> place (first :: placed) rest

        place [] (wanted @ others)
