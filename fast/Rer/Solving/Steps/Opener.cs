using Rer.Asking;
using Rer.Compiling;
using Rer.Solving.State;

namespace Rer.Solving.Steps;

/// <summary>
/// Adds the scopes of the merged request. Corresponds to the first half of <c>_ResolvePhase.__init__</c>.
/// </summary>
/// <param name="state">The state of the solve.</param>
/// <param name="slices">Makes slices from versions.</param>
/// <param name="families">The families.</param>
internal sealed class Opener(SolveState state, VersionSlices slices, FamilySource families)
{
    private ulong[] _versions = new ulong[1];

    /// <summary>Adds the scopes; false if one of the families or versions does not exist.</summary>
    internal bool Open(List<RequestItem> request)
    {
        foreach (RequestItem item in request)
        {
            if (!state.ScopeOf(item.Family).IsNone)
            {
                throw new InvalidOperationException($"the merged request names {item.Slot.Name} twice");
            }

            if (item.IsEphemeral || item.IsConflict)
            {
                ScopeKind kind = item.IsEphemeral ? ScopeKind.Ephemeral : ScopeKind.Conflict;
                state.MarkChanged(state.Add(item.Family, kind, item.Value, item.Row));
            }
            else if (!Open(item))
            {
                return false;
            }
        }

        return true;
    }

    private bool Open(RequestItem item)
    {
        CompiledFamily family = state.Family(item.Family);
        ScopeId scope = state.Add(item.Family, ScopeKind.Package);
        if (families.IsWatchful(family) || !IsLoaded(family, item))
        {
            Span<ulong> versions = Bits.Cleared(ref _versions, family.VersionWords);
            family.FillVersions(item.Value, versions);
            return slices.Enter(scope, versions);
        }

        Span<ulong> slice = state.Prepare(scope, family);
        if (item.Row.IsNone)
        {
            family.FillVariants(item.Value, slice);
        }
        else
        {
            family.EnsureRow(item.Row);
            family.AddRow(item.Row, slice, 0);
        }

        return state.Enter(scope);
    }

    /// <summary>Whether all versions that satisfy a requirement of the request are known to be loaded.</summary>
    private static bool IsLoaded(CompiledFamily family, RequestItem item)
    {
        if (!family.IsPartial || item.Row.IsNone)
        {
            return !family.IsPartial;
        }

        family.EnsureRow(item.Row);
        return family.IsRowLoaded(item.Row);
    }
}
