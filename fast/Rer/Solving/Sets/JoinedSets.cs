using System.Runtime.CompilerServices;
using Rer.Compiling;

namespace Rer.Solving.Sets;

/// <summary>Reads the sets of <see cref="JoinedTables.Words"/>, at the width in which a dependency is joined.</summary>
internal static class JoinedSets
{
    /// <summary>What all requirements of a dependency allow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TSet Common<TSet>(this JoinedTables joined, in JoinedDependency dependency)
        where TSet : struct, IVariantSet<TSet> =>
        TSet.Width == 1 ? TSet.OfWord(dependency.Common) : TSet.At(joined.Words, dependency.Start - TSet.Width);

    /// <summary>The variants with a requirement other than a conflict, if sets are vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TSet Holders<TSet>(this JoinedTables joined, in JoinedDependency dependency)
        where TSet : struct, IVariantSet<TSet> => TSet.At(joined.Words, dependency.Start - 2 * TSet.Width);

    /// <summary>The variants with a requirement that reaches beyond what is loaded of the required family.</summary>
    internal static TSet Beyond<TSet>(this JoinedTables joined, in JoinedDependency dependency)
        where TSet : struct, IVariantSet<TSet> =>
        TSet.At(joined.Words, dependency.Start - (TSet.Width == 1 ? 1 : 3 * TSet.Width));
}
