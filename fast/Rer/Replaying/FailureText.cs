using Rer.Versions;

namespace Rer.Replaying;

/// <summary>
/// rez's text for a failure. Corresponds to <c>FailureReason.description</c> and <c>involved_requirements</c>.
/// </summary>
internal static class FailureText
{
    /// <summary>Puts a failure into words.</summary>
    /// <param name="reason">Why a phase failed; null if a family is missing.</param>
    /// <param name="abortReason">The reason given by a limit or callback that ended the solve. It precedes the
    /// text.</param>
    internal static SolveFailure Of(FailureReason? reason, string? abortReason) =>
        reason switch
        {
            ConflictReason conflict => Of(conflict, abortReason),
            ReductionReason reduction => Of(reduction, abortReason),
            CycleReason cycle => Of(cycle, abortReason),
            _ => new UnknownFailure(Describe("Solver failed with unknown reason.", abortReason), []),
        };

    private static DependencyConflictsFailure Of(ConflictReason reason, string? abortReason)
    {
        string dependency = reason.Dependency.ToString();
        string conflicting = reason.ConflictingRequest.ToString();
        return new DependencyConflictsFailure(
            Describe($"The following package conflicts occurred: ({dependency} <--!--> {conflicting})", abortReason),
            [dependency, conflicting],
            [new DependencyConflict(dependency, conflicting)]
        );
    }

    private static TotalReductionFailure Of(ReductionReason reason, string? abortReason)
    {
        List<string> involved = [];
        List<string> texts = [];
        List<Reduction> reductions = [];
        foreach (ReducedVariant reduced in reason.Reductions)
        {
            string dependency = reduced.Dependency.ToString();
            string conflicting = reduced.ConflictingRequest.ToString();
            involved.AddRange([Exactly(reduced.Family.Slot.Name, reduced.VersionText), dependency, conflicting]);
            texts.Add($"({reduced.Label} (dep({dependency}) <--!--> {conflicting}))");
            reductions.Add(
                new Reduction(
                    new ResolvedPackage(
                        reduced.Family.Slot.Name,
                        reduced.VersionText,
                        reduced.Family.IndexOf(reduced.Variant)
                    ),
                    dependency,
                    conflicting
                )
            );
        }

        return new TotalReductionFailure(
            Describe($"A package was completely reduced: {string.Join(' ', texts)}", abortReason),
            involved,
            reductions
        );
    }

    private static CycleFailure Of(CycleReason reason, string? abortReason)
    {
        List<string> packages = [];
        List<string> involved = [];
        foreach (ReplayScope scope in reason.Scopes)
        {
            string text = scope.Slice!.Family.TextOf(scope.Slice.FirstVariant);
            packages.Add(VersionedName.Of(scope.Name, text));
            involved.Add(Exactly(scope.Name, text));
        }

        return new CycleFailure(
            Describe(
                $"A cyclic dependency was detected: {string.Join(" --> ", packages.Append(packages[0]))}",
                abortReason
            ),
            involved,
            packages
        );
    }

    /// <summary>
    /// A package as an involved requirement, which is the range of its version: <c>foo-1.2</c>. For an unversioned
    /// package, rez cannot create one and crashes. Its name is used instead.
    /// </summary>
    private static string Exactly(string name, string version) =>
        Requirement
            .Construct(name, version.Length == 0 ? null : VersionRange.FromVersion(Version.Parse(version)))
            .ToString();

    private static string Describe(string text, string? abortReason) =>
        string.IsNullOrEmpty(abortReason) ? text : $"{abortReason}:\n{text}";
}
