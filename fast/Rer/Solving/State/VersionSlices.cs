using Rer.Asking;
using Rer.Compiling;

namespace Rer.Solving.State;

/// <summary>Slices that are made from versions, of which some may not be loaded, or may be filtered.</summary>
/// <param name="state">The state that the scopes are of.</param>
/// <param name="families">Where versions are loaded.</param>
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
