using Rer.Compiling;
using Rer.Versions;

namespace Rer.Solving.State;

/// <summary>
/// What is still possible for one family in a solve. It fits into a cache line, so that a step waits for memory only
/// once when it turns to a scope, and need not look at the family to know how long the sets are.
/// </summary>
internal struct Scope
{
    /// <summary>The compilation whose numbers the scope's slice uses; null without a slice.</summary>
    internal CompiledFamily? Family;

    /// <summary>The family's joined tables; null if it had none when the scope was added.</summary>
    internal JoinedTables? Joined;

    /// <summary>The requirement of a conflict or ephemeral scope. For a package scope, it is the slice.</summary>
    internal Requirement? Requirement;

    internal FamilyId FamilyId;

    /// <summary>For a conflict scope, the row of its requirement in the family's tables, if it has one.</summary>
    internal RowId Row;

    /// <summary>Where the slice is stored, followed by the open dependencies.</summary>
    internal int Slice;

    /// <summary>The length of the slice, in words.</summary>
    internal int Words;

    /// <summary>The length of a set of the family's dependencies, in words.</summary>
    internal int DependencyWords;

    internal ScopeKind Kind;

    /// <summary>Whether it is known to have one variant.</summary>
    internal bool IsSolved;

    /// <summary>Where the open dependencies are stored: those that may still have an effect.</summary>
    internal readonly int Open => Slice + Words;

    /// <summary>Where the dependencies are stored that the cut of a split examines.</summary>
    internal readonly int CutOpen => Slice + Words + DependencyWords;
}
