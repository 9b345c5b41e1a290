using Rer.Compiling;
using Rer.Versions;

namespace Rer.Solving;

/// <summary>
/// What is still possible for one family in a solve. All of it stands together, in less than a cache line: who comes to a
/// scope from elsewhere waits for memory once, and need not go on to the family to know how long its sets are.
/// </summary>
internal struct Scope
{
    /// <summary>The compilation that the scope's slice counts by; null without a slice.</summary>
    internal CompiledFamily? Family;

    /// <summary>The family's joined tables; null if it had none when the scope came in.</summary>
    internal JoinedTables? Joined;

    /// <summary>The requirement of conflict and ephemeral scopes; a package scope's is its slice.</summary>
    internal Requirement? Requirement;

    internal int FamilyId;

    /// <summary>Where the slice stands, and behind it the open dependencies (Settling).</summary>
    internal int Slice;

    /// <summary>The length of the slice, in words.</summary>
    internal int Words;

    /// <summary>The length of a set of the family's dependencies, in words.</summary>
    internal int DependencyWords;

    internal ScopeKind Kind;

    /// <summary>Whether it was found to have one variant.</summary>
    internal bool IsSolved;

    /// <summary>Whether others wait to be reduced against it.</summary>
    internal bool IsChanged;
}

/// <summary>Where a solve keeps what it knows of a family: all that who requires it asks for first.</summary>
internal struct FamilyState
{
    /// <summary>A family that the solve has not met.</summary>
    internal static readonly FamilyState Unmet = new()
    {
        Scope = -1,
        Slice = -1,
        LatestLink = -1,
    };

    /// <summary>The scope, or -1.</summary>
    internal int Scope;

    /// <summary>
    /// Where its slice stands, or -1. A scope that a round brings in or widens has none until the round is over.
    /// </summary>
    internal int Slice;

    /// <summary>The latest link of those who depend on the family, or -1 (Reduction).</summary>
    internal int LatestLink;

    /// <summary>The compilation that the slice counts by: <see cref="CompiledFamily.Edition"/>.</summary>
    internal int Edition;

    /// <summary>The place among the resolved scopes (Finalising).</summary>
    internal int Place;
}
