using System.Runtime.CompilerServices;
using Rer.Compiling;

namespace Rer.Solving.State;

/// <summary>
/// Technique: links. For each family a list of the scopes that have it among their dependencies, kept as scopes come
/// and go, so that a changed scope finds whom it concerns without asking all.
/// </summary>
/// <remarks>A part of <see cref="SolveState"/>, kept inside it.</remarks>
internal struct Links()
{
    private Link[] _links = new Link[DebugSizes.Shrink(1024)];
    private int _count;

    /// <summary>How many there are.</summary>
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

    /// <summary>Takes back the latest links, down to so many.</summary>
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
/// <param name="Open">Where the word of the scope's open dependencies stands that has this one.</param>
/// <param name="Next">The next link on the same family, or -1.</param>
internal readonly record struct Link(ScopeId Scope, DependencyId Dependency, FamilyId Family, int Open, int Next);
