using System.Runtime.CompilerServices;
using Rer.Compiling;
using Rer.Versions;

namespace Rer.Solving.State;

/// <summary>
/// The scopes of a solve, in the order in which they were added. They are added and removed as on a stack.
/// </summary>
/// <remarks>A part of <see cref="SolveState"/>, stored inside it.</remarks>
internal struct ScopeList()
{
    private Scope[] _scopes = new Scope[DebugSizes.Shrink(128)];

    /// <summary>The number of scopes.</summary>
    internal int Count { readonly get; private set; }

    /// <summary>The number of the next scope to be added.</summary>
    internal readonly ScopeId End => new(Count);

    /// <summary>A scope.</summary>
    internal readonly ref Scope this[ScopeId scope]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _scopes[scope.Number];
    }

    /// <summary>Adds a scope without a slice; returns its number.</summary>
    internal ScopeId Add(FamilyId family, ScopeKind kind, Requirement? requirement, RowId row)
    {
        ScopeId scope = End;
        if (Count == _scopes.Length)
        {
            Array.Resize(ref _scopes, Count * 2);
        }

        Count++;
        ref Scope added = ref this[scope];
        added.Family = null;
        added.Joined = null;
        added.Requirement = requirement;
        added.FamilyId = family;
        added.Row = row;
        added.Kind = kind;
        added.IsSolved = false;
        return scope;
    }

    /// <summary>Removes a scope and all later ones.</summary>
    internal void RemoveFrom(ScopeId scope) => Count = scope.Number;
}
