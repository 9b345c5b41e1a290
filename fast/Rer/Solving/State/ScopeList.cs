using System.Runtime.CompilerServices;
using Rer.Compiling;
using Rer.Versions;

namespace Rer.Solving.State;

/// <summary>The scopes of a solve, in the order in which they came in; added and removed as on a stack.</summary>
/// <remarks>A part of <see cref="SolveState"/>, kept inside it.</remarks>
internal struct ScopeList()
{
    private Scope[] _scopes = new Scope[DebugSizes.Shrink(128)];

    /// <summary>How many there are.</summary>
    internal int Count { get; private set; }

    /// <summary>A scope.</summary>
    internal readonly ref Scope this[int scope]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _scopes[scope];
    }

    /// <summary>Adds a scope, which has no slice; returns its number.</summary>
    internal int Add(int family, ScopeKind kind, Requirement? requirement, int row)
    {
        int scope = Count;
        if (scope == _scopes.Length)
        {
            Array.Resize(ref _scopes, scope * 2);
        }

        Count++;
        ref Scope added = ref _scopes[scope];
        added.Family = null;
        added.Joined = null;
        added.Requirement = requirement;
        added.FamilyId = family;
        added.Row = row;
        added.Kind = kind;
        added.IsSolved = false;
        added.IsChanged = false;
        return scope;
    }

    /// <summary>Removes all scopes from one on.</summary>
    internal void RemoveFrom(int scope) => Count = scope;
}
