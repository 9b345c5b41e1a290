using Rer.Asking;
using Rer.Compiling;

namespace Rer.Solving.State;

/// <summary>Slices made from versions, some of which may not be loaded, or may be filtered.</summary>
/// <param name="state">The state that contains the scopes.</param>
/// <param name="families">Loads versions.</param>
internal sealed class VersionSlices(SolveState state, FamilySource families)
{
    /// <summary>
    /// Makes the slice of a package scope of the versions in range, less those that are filtered, and lets it enter.
    /// </summary>
    /// <returns>False if nothing is in it.</returns>
    internal bool Enter(ScopeId scope, Span<ulong> versions)
    {
        CompiledFamily family = families.Load(state.Family(state[scope].FamilyId), versions);
        state.Use(family);
        if (Bits.IsEmpty(versions))
        {
            return false;
        }

        family.AddVariants(versions, state.Prepare(scope, family));
        return state.Enter(scope);
    }
}
