namespace Rer.Solving.State;

/// <summary>
/// What a scope contains. Corresponds to the cases that <c>rez.solver._PackageScope</c> distinguishes.
/// </summary>
internal enum ScopeKind : byte
{
    /// <summary>A slice of a family's variants.</summary>
    Package,

    /// <summary>A conflict request for a family that is not in the solve, but may be added.</summary>
    Conflict,

    /// <summary>A requirement for an ephemeral, conflict or not.</summary>
    Ephemeral,
}
