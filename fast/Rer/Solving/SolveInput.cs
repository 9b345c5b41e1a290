using Rer.Policies;

namespace Rer.Solving;

/// <summary>
/// A solve's question in the engine's terms; kept by its result, to be asked again when a text or graph is wanted.
/// </summary>
internal sealed class SolveInput
{
    private static readonly OrdererList NoOrderers = new(null, [], _ => []);

    internal required CompiledRepository Repository { get; init; }

    /// <summary>The requirements as text, in a list that nobody else has.</summary>
    internal required IReadOnlyList<string> Request { get; init; }

    internal required ResolveOptions Options { get; init; }

    internal required OrdererList Orderers { get; init; }

    /// <summary>Whether any orderers were given or configured.</summary>
    internal bool HasOrderers => !ReferenceEquals(Orderers, NoOrderers);

    /// <summary>The filters; null if there are none.</summary>
    internal required PackageFilterList? Filters { get; init; }

    /// <summary>When the solve began, as a timestamp of the options' clock.</summary>
    internal required long Begun { get; init; }

    /// <summary>When the time limit ends, likewise; the largest number if there is none.</summary>
    internal long Deadline =>
        Options.TimeLimit is { } limit
            ? Begun + (long)(limit.TotalSeconds * Options.Clock.TimestampFrequency)
            : long.MaxValue;

    /// <summary>Reads what a caller gives.</summary>
    /// <exception cref="PolicySyntaxException">A filter or an orderer does not parse.</exception>
    internal static SolveInput Of(
        IReadOnlyList<string> request,
        CompiledRepository repository,
        ResolveOptions options,
        long begun
    )
    {
        repository = repository.For(options.Building);
        return new SolveInput
        {
            Repository = repository,
            Request = request,
            Options = options,
            Orderers = ReadOrderers(options, repository),
            Filters =
                options.PackageFilters.Count == 0 && options.Timestamp == 0
                    ? null
                    : new PackageFilterList(options.PackageFilters, options.Timestamp),
            Begun = begun,
        };
    }

    private static OrdererList ReadOrderers(ResolveOptions options, CompiledRepository repository) =>
        options.PackageOrderers is null && options.ConfiguredOrderers.Count == 0
            ? NoOrderers
            : new OrdererList(options.PackageOrderers, options.ConfiguredOrderers, repository.GetReleases);
}

/// <summary>Why a solve ended before its time.</summary>
/// <param name="Stop">What stopped it; null if it was made to fail.</param>
/// <param name="Reason">The reason in words.</param>
internal sealed record SolveInterruption(StopReason? Stop, string Reason)
{
    internal static SolveInterruption Stopping(StopReason stop, string reason) => new(stop, reason);

    internal static SolveInterruption Failing(string reason) => new(null, reason);
}
