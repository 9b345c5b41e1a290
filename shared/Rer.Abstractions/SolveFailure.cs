namespace Rer;

/// <summary>
/// Why a phase of a solve failed: a <see cref="DependencyConflictsFailure"/>, <see cref="TotalReductionFailure"/>,
/// <see cref="CycleFailure"/> or <see cref="UnknownFailure"/>. Corresponds to <c>rez.solver.FailureReason</c>.
/// </summary>
/// <param name="Description">rez's exact text. Corresponds to <c>Solver.failure_description</c>.</param>
/// <param name="InvolvedRequirements">The requirements that rez names as involved, in order. Corresponds to
/// <c>Solver.failure_packages</c>.</param>
public abstract record SolveFailure(string Description, IReadOnlyList<string> InvolvedRequirements);

/// <summary>A dependency shared by all variants of a scope conflicts with another scope.</summary>
/// <param name="Description">rez's text.</param>
/// <param name="InvolvedRequirements">The requirements involved.</param>
/// <param name="Conflicts">Each dependency with the request it conflicts with.</param>
public sealed record DependencyConflictsFailure(
    string Description,
    IReadOnlyList<string> InvolvedRequirements,
    IReadOnlyList<DependencyConflict> Conflicts
) : SolveFailure(Description, InvolvedRequirements);

/// <summary>All variants of a scope were reduced away.</summary>
/// <param name="Description">rez's text.</param>
/// <param name="InvolvedRequirements">The requirements involved.</param>
/// <param name="Reductions">Each variant removed by the last reduction, and why.</param>
public sealed record TotalReductionFailure(
    string Description,
    IReadOnlyList<string> InvolvedRequirements,
    IReadOnlyList<Reduction> Reductions
) : SolveFailure(Description, InvolvedRequirements);

/// <summary>The packages depend on each other in a cycle.</summary>
/// <param name="Description">rez's text.</param>
/// <param name="InvolvedRequirements">The requirements involved.</param>
/// <param name="Packages">The packages of the cycle, for example <c>foo-1.2</c>. Each requires the next.</param>
public sealed record CycleFailure(
    string Description,
    IReadOnlyList<string> InvolvedRequirements,
    IReadOnlyList<string> Packages
) : SolveFailure(Description, InvolvedRequirements);

/// <summary>
/// A phase failed without a reason: a family was missing while
/// <see cref="ResolveOptions.ErrorOnMissingVariantRequires"/> was off.
/// </summary>
/// <param name="Description">rez's text.</param>
/// <param name="InvolvedRequirements">Empty.</param>
public sealed record UnknownFailure(string Description, IReadOnlyList<string> InvolvedRequirements)
    : SolveFailure(Description, InvolvedRequirements);

/// <summary>Two requirements that cannot both hold. Corresponds to <c>rez.solver.DependencyConflict</c>.</summary>
/// <param name="Dependency">The dependency, merged from a set of variants.</param>
/// <param name="ConflictingRequest">The request it conflicts with.</param>
public sealed record DependencyConflict(string Dependency, string ConflictingRequest);

/// <summary>A variant that was removed from a scope. Corresponds to <c>rez.solver.Reduction</c>.</summary>
/// <param name="Package">The variant.</param>
/// <param name="Dependency">The requirement of the variant that could not hold.</param>
/// <param name="ConflictingRequest">The request it conflicts with.</param>
public sealed record Reduction(ResolvedPackage Package, string Dependency, string ConflictingRequest);
