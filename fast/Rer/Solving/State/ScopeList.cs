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
    internal int Count { readonly get; private set; }

    /// <summary>The scope that will come in next.</summary>
    internal readonly ScopeId End => new(Count);

    /// <summary>A scope.</summary>
    internal readonly ref Scope this[ScopeId scope]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _scopes[scope.Number];
    }

    /// <summary>Adds a scope, which has no slice; returns its number.</summary>
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

    /// <summary>Removes all scopes from one on.</summary>
    internal void RemoveFrom(ScopeId scope) => Count = scope.Number;
}
