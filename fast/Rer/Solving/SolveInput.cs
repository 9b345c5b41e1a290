using Rer.Compiling;
using Rer.Policies;

namespace Rer.Solving;

/// <summary>
/// A solve's question in the engine's terms; kept by its result, to be asked again when a text or graph is wanted.
/// </summary>
internal sealed class SolveInput
{
    internal required CompiledRepository Repository { get; init; }

    /// <summary>The requirements as text, copied: the caller may change its list.</summary>
    internal required IReadOnlyList<string> Request { get; init; }

    internal required ResolveOptions Options { get; init; }

    internal required OrdererList Orderers { get; init; }

    /// <summary>The filters; null if there are none.</summary>
    internal required PackageFilterList? Filters { get; init; }

    /// <summary>When the time limit ends, as a timestamp of the options' clock.</summary>
    internal required long Deadline { get; init; }
}

/// <summary>Why a solve ended before its time.</summary>
/// <param name="Stop">What stopped it; null if it was made to fail.</param>
/// <param name="Reason">The reason in words.</param>
internal sealed record SolveInterruption(StopReason? Stop, string Reason)
{
    internal static SolveInterruption Stopping(StopReason stop, string reason) => new(stop, reason);

    internal static SolveInterruption Failing(string reason) => new(null, reason);
}
