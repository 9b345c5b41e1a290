using System.Runtime.CompilerServices;
using Rer.Asking;
using Rer.Compiling;

namespace Rer.Solving.State;

/// <summary>What a solve knows about each family, by number. It grows as the repository learns of families.</summary>
/// <remarks>A part of <see cref="SolveState"/>, stored inside it.</remarks>
/// <param name="families">Where families come from.</param>
internal struct FamilyTable(FamilySource families)
{
    private FamilyState[] _states = [];

    /// <summary>What the solve knows about a family.</summary>
    internal ref FamilyState this[FamilyId family]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if (family.Number >= _states.Length)
            {
                Grow();
            }

            return ref _states[family.Number];
        }
    }

    /// <summary>The compilation of a family that the solve uses.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal CompiledFamily Compiled(FamilyId family) => this[family].Family ?? Ask(family);

    /// <summary>Removes the scope of a family.</summary>
    internal readonly void Leave(FamilyId family)
    {
        ref FamilyState state = ref _states[family.Number];
        state.Scope = ScopeId.None;
        state.Slice = -1;
    }

    /// <summary>Forgets the compilation of a partly loaded family, because more of it may be loaded now.</summary>
    internal readonly void ForgetPartial(FamilyId family)
    {
        ref FamilyState state = ref _states[family.Number];
        if (state.Edition != 0)
        {
            state.Family = null;
            state.Edition = 0;
        }
    }

    private readonly CompiledFamily Ask(FamilyId family)
    {
        CompiledFamily compiled = families.Get(family);
        _states[family.Number].Family = compiled;
        return compiled;
    }

    private void Grow()
    {
        int old = _states.Length;
        Array.Resize(ref _states, Math.Max(families.Catalogue.Slots.Count, old * 2));
        _states.AsSpan(old).Fill(FamilyState.Unmet);
    }
}
