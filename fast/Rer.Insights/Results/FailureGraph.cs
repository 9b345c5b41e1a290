namespace Rer.Insights;

/// <summary>Draws the graph of a failure, if there is one.</summary>
internal static class FailureGraph
{
    /// <summary>
    /// Draws the graph of the reported failure. Drawing reads packages that the solve did not read. If one of them
    /// contradicts itself, there is no graph, but the failure remains.
    /// </summary>
    /// <param name="failed">The failure.</param>
    /// <param name="whyNot">Why there is no graph, in one line; empty if there is one.</param>
    public static ResolveGraph? TryDraw(FailedResult failed, out string whyNot)
    {
        try
        {
            whyNot = "";
            return failed.GetGraph();
        }
        catch (InvalidOperationException e)
        {
            whyNot = e.Message;
            return null;
        }
    }
}
