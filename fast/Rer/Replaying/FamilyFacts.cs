using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Rer.Compiling;

namespace Rer.Replaying;

/// <summary>
/// What replays have found out about a compiled family that does not depend on the solve. It is kept for all replays,
/// for as long as the compilation lives. Safe for concurrent callers.
/// </summary>
/// <remarks>
/// Technique: kept facts. Thousands of requests that fail after the same change reach the same slices. Without this,
/// most of a replay unites the ranges that the variants of a slice require. PERF: together with <see
/// cref="PendingReductions"/>, the texts of 385 failures of an impact on 10,000 requests take 1.2 s instead of 4.1 s
/// (2026-11-29, for commit 762781b).
/// </remarks>
internal sealed class FamilyFacts
{
    /// <summary>The maximum number of slices kept for a family. A service that runs for months must not keep all of
    /// them.</summary>
    private const int Limit = 256;

    private static readonly ConditionalWeakTable<CompiledFamily, FamilyFacts> s_known = [];

    private readonly CompiledFamily _family;
    private readonly Dictionary<FamilyId, DependencyId> _dependencies;

    /// <summary>The families of the dependencies as a set, which is read for each pair of scopes.</summary>
    private readonly ulong[] _required;
    private readonly ConcurrentDictionary<VariantSet, SliceFacts> _slices = new();
    private int _count;

    private FamilyFacts(CompiledFamily family)
    {
        _family = family;
        _dependencies = new(family.DependencyCount);
        for (int d = 0; d < family.DependencyCount; d++)
        {
            _dependencies.Add(family.Dependencies[d].Family, new DependencyId(d));
        }

        _required = new ulong[Bits.WordsFor(_dependencies.Keys.Select(id => id.Number + 1).DefaultIfEmpty().Max())];
        foreach (FamilyId required in _dependencies.Keys)
        {
            Bits.Add(_required, required.Number);
        }
    }

    /// <summary>The facts of a family.</summary>
    internal static FamilyFacts Of(CompiledFamily family) => s_known.GetValue(family, key => new FamilyFacts(key));

    /// <summary>Whether any variant of the family has a requirement on another family.</summary>
    internal bool DependsOn(FamilyId other) =>
        other.Number / Bits.WordBits < _required.Length && Bits.Contains(_required, other.Number);

    /// <summary>Which dependency of the family another family is; null if it is none.</summary>
    internal DependencyId? DependencyOn(FamilyId required) =>
        _dependencies.TryGetValue(required, out DependencyId dependency) ? dependency : null;

    /// <summary>The facts of a slice of the family.</summary>
    /// <param name="variants">The variants of the slice, which nothing changes any more.</param>
    internal SliceFacts OfSlice(ulong[] variants)
    {
        VariantSet key = new(variants);
        if (_slices.TryGetValue(key, out SliceFacts? known))
        {
            return known;
        }

        if (Interlocked.Increment(ref _count) > Limit)
        {
            _slices.Clear();
            _count = 1;
        }

        return _slices.GetOrAdd(key, new SliceFacts(_family, variants));
    }

    /// <summary>A set of variants that is compared by its members.</summary>
    private readonly struct VariantSet(ulong[] words) : IEquatable<VariantSet>
    {
        private readonly ulong[] _words = words;

        public bool Equals(VariantSet other) => _words.AsSpan().SequenceEqual(other._words);

        public override bool Equals(object? obj) => obj is VariantSet other && Equals(other);

        public override int GetHashCode()
        {
            HashCode hash = new();
            hash.AddBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(_words.AsSpan()));
            return hash.ToHashCode();
        }
    }
}
