using Rer.Compiling;
using Rer.Versions;

namespace Rer.Replaying;

/// <summary>
/// Builds the graph of a phase: requests, scopes, requirements, extractions, and what failed. Corresponds to
/// <c>_ResolvePhase.get_graph</c>, in the same order.
/// </summary>
internal sealed class GraphBuilder
{
    private const string NodeColor = "#F6F6F6";
    private const string RequestColor = "#FFFFAA";
    private const string SolvedColor = "#AAFFAA";
    private const string Filled = "filled";
    private const string Dashed = "filled,dashed";

    private readonly ReplayPhase _phase;
    private readonly List<Requirement> _requests;
    private readonly List<GraphNode> _nodes = [];
    private readonly Dictionary<(int From, int To), (int Order, GraphEdgeKind Kind, string Label)> _edges = [];
    private readonly Dictionary<string, (Requirement Request, int Node)> _requestNodes = [];
    private readonly Dictionary<string, int> _scopeNodes = [];
    private readonly Dictionary<int, Requirement> _scopeRequests = [];
    private readonly HashSet<int> _failed = [];
    private int _edgesAdded;

    private GraphBuilder(ReplayPhase phase, List<Requirement> requests)
    {
        _phase = phase;
        _requests = requests;
    }

    /// <summary>Builds the graph of a phase.</summary>
    internal static ResolveGraph Build(ReplayPhase phase, Asking.SolveInput input)
    {
        ReplayContext context = new(input);
        List<Requirement> requests = context.Conflict is null ? [.. context.Request.Select(item => item.Value)] : [];
        GraphBuilder builder = new(phase, requests);
        builder.AddRequestsAndScopes();
        builder.AddRequirements();
        builder.AddExtractions();
        builder.AddFailure();
        builder.ConnectLeaves();
        return builder.ToGraph(input.Options.PruneUnfailed);
    }

    private void AddRequestsAndScopes()
    {
        foreach (Requirement request in _requests)
        {
            RequestNode(request, RequestColor);
        }

        foreach (ReplayScope scope in _phase.Scopes)
        {
            string text = scope.IsConflict ? scope.Request.ToString() : "";
            if (scope.IsConflict && _requestNodes.Remove(text, out (Requirement, int Node) request))
            {
                // A conflict scope that equals a request. The request's node becomes the scope's node.
                _scopeNodes[scope.Name] = request.Node;
                continue;
            }

            AddScope(scope);
        }

        foreach (Requirement request in _requests)
        {
            if (
                _requestNodes.TryGetValue(request.ToString(), out (Requirement, int Node) from)
                && _scopeNodes.TryGetValue(request.Name, out int to)
            )
            {
                Connect(from.Node, to);
            }
        }
    }

    private void AddScope(ReplayScope scope)
    {
        if (_scopeNodes.ContainsKey(scope.Name))
        {
            return;
        }

        int node =
            scope.SolvedVariant is { } variant
                ? AddNode(VariantLabel(scope.Slice!.Family, variant), SolvedColor, Filled)
            : scope.IsConflict ? AddNode(scope.ToString(), NodeColor, Dashed)
            : AddNode(scope.ToString(), NodeColor, Filled);
        _scopeNodes[scope.Name] = node;
        _scopeRequests[node] = scope.Request;
    }

    private void AddRequirements()
    {
        foreach (ReplayScope scope in _phase.Scopes)
        {
            foreach (CompiledRequirement requirement in scope.SolvedRequirements)
            {
                Connect(_scopeNodes[scope.Name], RequestNode(requirement.Value, NodeColor));
            }
        }
    }

    private void AddExtractions()
    {
        Dictionary<(string From, string To), Requirement> extractions = _phase.Extractions.ByFamilies();
        foreach (((string from, _), Requirement extracted) in extractions)
        {
            if (_scopeNodes.TryGetValue(from, out int node))
            {
                Connect(node, RequestNode(extracted, NodeColor));
            }
        }

        foreach (
            IGrouping<string, Requirement> group in extractions
                .GroupBy(extraction => extraction.Key.To, extraction => extraction.Value)
                .Where(group => group.Skip(1).Any())
        )
        {
            if (!RequirementMerge.TryMerge([.. group], out Requirement[] merged, out _))
            {
                continue;
            }

            foreach (Requirement request in group.Where(request => !merged[0].Equals(request)))
            {
                int from = RequestNode(request, NodeColor);
                Connect(from, RequestNode(merged[0], NodeColor), GraphEdgeKind.Merge);
            }
        }
    }

    private void AddFailure()
    {
        switch (_phase.Reason)
        {
            case ConflictReason conflict:
                AddConflict(conflict);
                break;
            case ReductionReason { Reductions: [var only] }:
                int required = RequestNode(only.Dependency, NodeColor);
                Connect(_scopeNodes[only.Family.Slot.Name], required);
                AddReduction(only, required);
                break;
            case ReductionReason reduction:
                foreach (ReducedVariant reduced in reduction.Reductions)
                {
                    int node = AddNode(reduced.Dependency.ToString(), NodeColor, Dashed);
                    Connect(_scopeNodes[reduced.Family.Slot.Name], node, GraphEdgeKind.Reduction, reduced.Label);
                    AddReduction(reduced, node);
                }

                break;
            case CycleReason cycle:
                for (int i = 0; i < cycle.Scopes.Count; i++)
                {
                    int from = _scopeNodes[cycle.Scopes[i].Name];
                    int to = _scopeNodes[cycle.Scopes[(i + 1) % cycle.Scopes.Count].Name];
                    _failed.Add(from);
                    Connect(from, to, GraphEdgeKind.Cycle, "CYCLE");
                }

                break;
        }
    }

    private void AddConflict(ConflictReason conflict)
    {
        bool hasScope = _scopeNodes.TryGetValue(conflict.ConflictingRequest.Name, out int scopeNode);
        bool hasRequest = _scopeRequests.TryGetValue(hasScope ? scopeNode : -1, out Requirement? request);
        (int from, int to) =
            hasRequest && request!.ConflictsWith(conflict.ConflictingRequest)
                ? (RequestNode(conflict.ConflictingRequest, NodeColor), scopeNode)
            : hasScope && !hasRequest
                // A conflict request that conflicts with a requirement.
                ? (scopeNode, RequestNode(conflict.Dependency, NodeColor))
            : (
                RequestNode(conflict.Dependency, NodeColor),
                hasScope ? scopeNode : RequestNode(conflict.ConflictingRequest, NodeColor)
            );
        Connect(from, to, GraphEdgeKind.Conflict, "CONFLICT");
        _failed.Add(from);
        _failed.Add(to);
    }

    private void AddReduction(ReducedVariant reduced, int required)
    {
        int conflicting = _scopeNodes[reduced.ConflictingRequest.Name];
        Connect(required, conflicting, GraphEdgeKind.Conflict, "CONFLICT");
        _failed.UnionWith([_scopeNodes[reduced.Family.Slot.Name], required, conflicting]);
    }

    private void ConnectLeaves()
    {
        HashSet<int> sources = [.. _edges.Keys.Select(edge => edge.From)];
        // A request whose node became a scope's was removed from the dictionary, and a later one may have taken its slot.
        // So the dictionary's order is not rez's.
        foreach ((Requirement request, int node) in _requestNodes.Values.OrderBy(known => known.Node).ToArray())
        {
            if (
                !sources.Contains(node)
                && _scopeNodes.TryGetValue(request.Name, out int target)
                && !request.ConflictsWith(_phase.Scopes.Last(scope => scope.Name == request.Name).Request)
            )
            {
                Connect(node, target);
            }
        }
    }

    private int RequestNode(Requirement request, string color)
    {
        string text = request.ToString();
        if (_requestNodes.TryGetValue(text, out (Requirement, int Node) known))
        {
            return known.Node;
        }

        int node = AddNode(text, color, Dashed);
        _requestNodes[text] = (request, node);
        return node;
    }

    private int AddNode(string label, string color, string style)
    {
        _nodes.Add(new GraphNode(_nodes.Count + 1, label, color, style));
        return _nodes.Count - 1;
    }

    /// <summary>
    /// Adds an edge. An existing edge between the two nodes is replaced and moves to the end, as in <c>_add_edge</c>.
    /// The order decides which way the paths below a failure go.
    /// </summary>
    private void Connect(int from, int to, GraphEdgeKind kind = GraphEdgeKind.Dependency, string label = "")
    {
        _edges[(from, to)] = (_edgesAdded++, kind, label);
    }

    private ResolveGraph ToGraph(bool prune)
    {
        bool[] kept = new bool[_nodes.Count];
        if (prune && _failed.Count > 0)
        {
            KeepWhatLeadsToFailure(kept);
        }
        else
        {
            Array.Fill(kept, true);
        }

        int[] position = new int[_nodes.Count];
        List<GraphNode> nodes = [];
        for (int node = 0; node < _nodes.Count; node++)
        {
            position[node] = nodes.Count;
            if (kept[node])
            {
                nodes.Add(_nodes[node]);
            }
        }

        IEnumerable<GraphEdge> edges = _edges
            .Where(edge => kept[edge.Key.From] && kept[edge.Key.To])
            .OrderBy(edge => edge.Value.Order)
            .Select(edge => new GraphEdge(
                position[edge.Key.From],
                position[edge.Key.To],
                edge.Value.Kind,
                edge.Value.Label
            ));
        return new ResolveGraph(nodes, [.. edges]);
    }

    private void KeepWhatLeadsToFailure(bool[] kept)
    {
        ILookup<int, int> sources = _edges.Keys.ToLookup(edge => edge.To, edge => edge.From);
        Stack<int> toVisit = new(_failed);
        while (toVisit.TryPop(out int node))
        {
            if (!kept[node])
            {
                kept[node] = true;
                foreach (int source in sources[node])
                {
                    toVisit.Push(source);
                }
            }
        }
    }

    private static string VariantLabel(CompiledFamily family, VariantId variant) =>
        $"{VersionedName.Of(family.Slot.Name, family.TextOf(variant))}[{family.IndexOf(variant)}]";
}
