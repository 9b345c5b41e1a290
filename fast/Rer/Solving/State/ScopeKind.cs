namespace Rer.Solving.State;

/// <summary>What a scope holds. Answers to the cases that <c>rez.solver._PackageScope</c> tells apart.</summary>
internal enum ScopeKind : byte
{
    /// <summary>A slice of a family's variants.</summary>
    Package,

    /// <summary>A conflict request on a family that is not in the solve, and may come in.</summary>
    Conflict,

    /// <summary>A requirement on an ephemeral, conflict or not.</summary>
    Ephemeral,
}
