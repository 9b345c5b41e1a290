using Rer.Compiling;
using Rer.Versions;

namespace Rer.Solving.State;

/// <summary>
/// What is still possible for one family in a solve. It fits into a cache line, so that a step waits for memory once
/// when it turns to a scope, and need not look at the family to know how long the sets are.
/// </summary>
internal struct Scope
{
    /// <summary>The compilation that the scope's slice counts by; null without a slice.</summary>
    internal CompiledFamily? Family;

    /// <summary>The family's joined tables; null if it had none when the scope came in.</summary>
    internal JoinedTables? Joined;

    /// <summary>The requirement of conflict and ephemeral scopes; a package scope's is its slice.</summary>
    internal Requirement? Requirement;

    internal FamilyId FamilyId;

    /// <summary>The row of the requirement of a conflict scope in the family's tables, if it has one.</summary>
    internal RowId Row;

    /// <summary>Where the slice stands, and behind it the open dependencies.</summary>
    internal int Slice;

    /// <summary>The length of the slice, in words.</summary>
    internal int Words;

    /// <summary>The length of a set of the family's dependencies, in words.</summary>
    internal int DependencyWords;

    internal ScopeKind Kind;

    /// <summary>Whether it was found to have one variant.</summary>
    internal bool IsSolved;

    /// <summary>Where the open dependencies stand: those that may still have an effect.</summary>
    internal readonly int Open => Slice + Words;

    /// <summary>Where the dependencies stand that the cut of a split looks at.</summary>
    internal readonly int CutOpen => Slice + Words + DependencyWords;
}
