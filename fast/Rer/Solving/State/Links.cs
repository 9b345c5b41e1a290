using System.Runtime.CompilerServices;
using Rer.Compiling;

namespace Rer.Solving.State;

/// <summary>
/// Technique: links. Each family has a list of the scopes that depend on it, updated as scopes are added and removed.
/// So a changed scope finds the affected scopes without asking all of them.
/// </summary>
/// <remarks>A part of <see cref="SolveState"/>, stored inside it.</remarks>
internal struct Links()
{
    private Link[] _links = new Link[DebugSizes.Shrink(1024)];
    private int _count;

    /// <summary>The number of links.</summary>
    internal readonly int Count => _count;

    /// <summary>A link.</summary>
    internal readonly ref readonly Link this[int link]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _links[link];
    }

    /// <summary>Adds a link; returns its number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Add(ScopeId scope, DependencyId dependency, FamilyId family, int open, int next)
    {
        if (_count == _links.Length)
        {
            Array.Resize(ref _links, _count * 2);
        }

        _links[_count] = new Link(scope, dependency, family, open, next);
        return _count++;
    }

    /// <summary>Removes the latest links, until this many are left.</summary>
    internal void RemoveTo(int count, ref FamilyTable families)
    {
        while (_count > count)
        {
            ref readonly Link link = ref _links[--_count];
            families[link.Family].LatestLink = link.Next;
        }
    }
}

/// <summary>A scope that has a family among its open dependencies.</summary>
/// <param name="Scope">The scope.</param>
/// <param name="Dependency">The number of the dependency.</param>
/// <param name="Family">The family.</param>
/// <param name="Open">Where the word of the scope's open dependencies is stored that contains this one.</param>
/// <param name="Next">The next link of the same family, or -1.</param>
internal readonly record struct Link(ScopeId Scope, DependencyId Dependency, FamilyId Family, int Open, int Next);
