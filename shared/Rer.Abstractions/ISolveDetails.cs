namespace Rer;

/// <summary>What an engine computes about an ended solve when a result is asked for it.</summary>
internal interface ISolveDetails
{
    /// <summary>The resolve graph, or that of the reported failure. <c>Solver.get_graph</c>.</summary>
    ResolveGraph GetGraph();

    /// <summary>A failure by index, or with null the reported one. <c>Solver.failure_reason</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There were not so many failures.</exception>
    SolveFailure GetFailure(int? index);

    /// <summary>The graph of a failure. <c>Solver.get_fail_graph</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There were not so many failures.</exception>
    ResolveGraph GetFailureGraph(int index);
}
