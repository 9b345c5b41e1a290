namespace Rer.Reference;

internal sealed class ReferenceResolver : Rer.IResolver
{
    public string Name => "reference";

    public Rer.ResolveResult Resolve(
        IReadOnlyList<string> request,
        Rer.IPackageRepository repository,
        Rer.ResolveOptions? options = null,
        CancellationToken cancellationToken = default
    ) => new Rer.StoppedResult(Rer.StopReason.TimeLimit, "stub", new Rer.SolveStatistics(0, 0));
}
