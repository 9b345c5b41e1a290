using Rer.Compiling;
using Rer.Versions;

namespace Rer.Replaying;

/// <summary>
/// Why a phase failed, with everything that its text and its graph need. Corresponds to
/// <c>rez.solver.FailureReason</c>.
/// </summary>
internal abstract record FailureReason;

/// <summary>
/// A dependency that conflicts with a scope. Corresponds to <c>DependencyConflicts</c>, which never contains more than
/// one.
/// </summary>
internal sealed record ConflictReason(Requirement Dependency, Requirement ConflictingRequest) : FailureReason;

/// <summary>A scope that was reduced to nothing. Corresponds to <c>TotalReduction</c>.</summary>
internal sealed record ReductionReason(IReadOnlyList<ReducedVariant> Reductions) : FailureReason;

/// <summary>Packages that require each other in a cycle. Corresponds to <c>Cycle</c>.</summary>
internal sealed record CycleReason(IReadOnlyList<ReplayScope> Scopes) : FailureReason;

/// <summary>A variant that was removed. Corresponds to <c>Reduction</c>.</summary>
/// <param name="Family">Its family.</param>
/// <param name="Variant">The variant.</param>
/// <param name="Dependency">Its conflicting requirement.</param>
/// <param name="ConflictingRequest">What the requirement conflicts with.</param>
internal sealed record ReducedVariant(
    CompiledFamily Family,
    VariantId Variant,
    Requirement Dependency,
    Requirement ConflictingRequest
)
{
    internal string VersionText => Family.TextOf(Variant);

    /// <summary>The variant as rez writes it here: <c>foo-1.2[0]</c>. Corresponds to <c>reducee_str</c>.</summary>
    internal string Label => $"{VersionedName.Of(Family.Slot.Name, VersionText)}[{Family.IndexOf(Variant)}]";
}

/// <summary>Writes a package as rez does. Corresponds to <c>VersionedObject.__str__</c>.</summary>
internal static class VersionedName
{
    internal static string Of(string name, string version) => version.Length == 0 ? name : $"{name}-{version}";
}
