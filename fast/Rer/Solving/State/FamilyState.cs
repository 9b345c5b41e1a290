using Rer.Compiling;

namespace Rer.Solving.State;

/// <summary>What a solve knows of a family: all that a scope which requires it asks for first.</summary>
internal struct FamilyState
{
    /// <summary>A family that the solve has not met.</summary>
    internal static readonly FamilyState Unmet = new()
    {
        Scope = ScopeId.None,
        Slice = -1,
        LatestLink = -1,
    };

    /// <summary>The compilation that the solve uses; null if none was asked for.</summary>
    internal CompiledFamily? Family;

    /// <summary>The scope, if there is one.</summary>
    internal ScopeId Scope;

    /// <summary>
    /// Where its slice stands, or -1. A scope that a round brings in or widens has none until the round is over.
    /// </summary>
    internal int Slice;

    /// <summary>The compilation that the slice counts by: <see cref="CompiledFamily.Edition"/>.</summary>
    internal int Edition;

    /// <summary>The latest link of those who depend on the family, or -1 (<see cref="Links"/>).</summary>
    internal int LatestLink;
}
