using Rer.Solving;
namespace Rer.Replaying;
internal static class Replay
{
    internal static string PhaseText(SolveInput input, int steps) => throw new NotImplementedException();
    internal static ResolveResult Error(SolveInput input, SolveStatistics statistics) => new ErrorResult(ResolveErrorKind.PackageNotFound, "", statistics);
}
internal sealed record ReportedFailure(int Index, string? Reason);
internal sealed class ReplayedDetails(SolveInput input, SolveStatistics statistics, ReportedFailure? r) : ISolveDetails {
    public ResolveGraph GetGraph() => throw new NotImplementedException($"{input}{statistics}{r}");
    public SolveFailure GetFailure(int? index) => new UnknownFailure("", []);
    public ResolveGraph GetFailureGraph(int index) => throw new NotImplementedException();
}
