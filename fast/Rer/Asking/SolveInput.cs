using Rer.Compiling;
using Rer.Policies;

namespace Rer.Asking;

/// <summary>
/// A solve's question in the engine's terms. The result keeps it, to ask it again when a text or a graph is wanted.
/// </summary>
internal sealed class SolveInput
{
    private static readonly OrdererList s_noOrderers = new(null, [], _ => []);

    /// <summary>Everything known about the repository.</summary>
    internal required Catalogue Catalogue { get; init; }

    /// <summary>The requirements as text, in a list owned by this object.</summary>
    internal required IReadOnlyList<string> Request { get; init; }

    internal required ResolveOptions Options { get; init; }

    internal required OrdererList Orderers { get; init; }

    /// <summary>Whether any orderers were given or configured.</summary>
    internal bool HasOrderers => !ReferenceEquals(Orderers, s_noOrderers);

    /// <summary>The filters; null if there are none.</summary>
    internal required PackageFilterList? Filters { get; init; }

    /// <summary>When the solve began, as a timestamp of the options' clock.</summary>
    internal required long Begun { get; init; }

    /// <summary>
    /// When the time limit ends, as a timestamp of the same clock. The largest number if there is no limit.
    /// </summary>
    internal long Deadline =>
        Options.TimeLimit is { } limit
            ? Begun + (long)(limit.TotalSeconds * Options.Clock.TimestampFrequency)
            : long.MaxValue;

    /// <summary>Reads a caller's question.</summary>
    /// <param name="request">The requirements.</param>
    /// <param name="catalogue">Everything known about the repository, with build requirements included if the options
    /// say so.</param>
    /// <param name="options">The options.</param>
    /// <param name="begun">See <see cref="Begun"/>.</param>
    /// <exception cref="PolicySyntaxException">A filter or an orderer cannot be parsed.</exception>
    internal static SolveInput Of(
        IReadOnlyList<string> request,
        Catalogue catalogue,
        ResolveOptions options,
        long begun
    )
    {
        return new SolveInput
        {
            Catalogue = catalogue,
            Request = request,
            Options = options,
            Orderers = ReadOrderers(options, catalogue),
            Filters =
                options.PackageFilters.Count == 0 && options.Timestamp == 0
                    ? null
                    : new PackageFilterList(options.PackageFilters, options.Timestamp),
            Begun = begun,
        };
    }

    private static OrdererList ReadOrderers(ResolveOptions options, Catalogue catalogue) =>
        options.PackageOrderers is null && options.ConfiguredOrderers.Count == 0
            ? s_noOrderers
            : new OrdererList(
                options.PackageOrderers,
                options.ConfiguredOrderers,
                catalogue.Families.GetReleases,
                mayAssume: options.Callback is null
            );
}
