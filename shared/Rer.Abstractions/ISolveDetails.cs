namespace Rer;

/// <summary>Details of a finished solve, which an engine computes when a caller asks for them.</summary>
internal interface ISolveDetails
{
    /// <summary>
    /// The resolve graph, or the graph of the reported failure. Corresponds to <c>Solver.get_graph</c>.
    /// </summary>
    ResolveGraph GetGraph();

    /// <summary>
    /// A failure by index, or the reported failure if the index is null. Corresponds to <c>Solver.failure_reason</c>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no failure with this index.</exception>
    SolveFailure GetFailure(int? index);

    /// <summary>The graph of a failure. Corresponds to <c>Solver.get_fail_graph</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no failure with this index.</exception>
    ResolveGraph GetFailureGraph(int index);
}
