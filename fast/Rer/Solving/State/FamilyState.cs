using Rer.Compiling;

namespace Rer.Solving.State;

/// <summary>What a solve knows about a family: everything that a scope which requires it needs first.</summary>
internal struct FamilyState
{
    /// <summary>A family that the solve has not met.</summary>
    internal static readonly FamilyState Unmet = new()
    {
        Scope = ScopeId.None,
        Slice = -1,
        LatestLink = -1,
    };

    /// <summary>The compilation that the solve uses; null if it has not been needed yet.</summary>
    internal CompiledFamily? Family;

    /// <summary>The family's scope, if it has one.</summary>
    internal ScopeId Scope;

    /// <summary>
    /// Where its slice is stored, or -1. A scope that a round adds or widens has none until the round is over.
    /// </summary>
    internal int Slice;

    /// <summary>The compilation whose numbers the slice uses: <see cref="CompiledFamily.Edition"/>.</summary>
    internal int Edition;

    /// <summary>The latest link of the scopes that depend on the family, or -1 (<see cref="Links"/>).</summary>
    internal int LatestLink;
}
