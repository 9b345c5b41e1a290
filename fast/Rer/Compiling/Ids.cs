using System.Runtime.CompilerServices;

namespace Rer.Compiling;

// The numbers by which the engine refers to things. Each kind has its own type, so that one cannot be passed for
// another. Where a method goes through a set of bits or an array by number, it uses plain numbers inside.
//
// They are fields, not properties. In a first solve, code is not optimised yet, and reading a field does not need a
// call.

/// <summary>A family, as the number of its <see cref="FamilySlot"/> in the repository.</summary>
internal readonly record struct FamilyId(int Number)
{
    internal readonly int Number = Number;
}

/// <summary>
/// A version of a family, counted from the latest down: its position in the <see cref="FamilyListing"/>.
/// </summary>
internal readonly record struct VersionId(int Number)
{
    internal readonly int Number = Number;

    public static bool operator <(VersionId a, VersionId b) => a.Number < b.Number;

    public static bool operator >(VersionId a, VersionId b) => a.Number > b.Number;

    public static VersionId operator ++(VersionId version) => new(version.Number + 1);
}

/// <summary>A variant of a family, numbered by version, and by index within a version.</summary>
internal readonly record struct VariantId(int Number)
{
    internal readonly int Number = Number;

    public static bool operator <(VariantId a, VariantId b) => a.Number < b.Number;

    public static bool operator >(VariantId a, VariantId b) => a.Number > b.Number;

    public static VariantId operator ++(VariantId variant) => new(variant.Number + 1);

    public static VariantId operator +(VariantId variant, int index) => new(variant.Number + index);

    public static int operator -(VariantId a, VariantId b) => a.Number - b.Number;
}

/// <summary>
/// One of the families that a family requires: a <see cref="Dependency"/>, by its number in the family.
/// </summary>
internal readonly record struct DependencyId(int Number)
{
    internal readonly int Number = Number;

    /// <summary>The word that contains it in a set of dependencies.</summary>
    internal int Word => Number >> 6;

    /// <summary>Its bit in that word.</summary>
    internal ulong Bit => 1UL << Number;

    /// <summary>The dependency for a bit of a word in a set of dependencies.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static DependencyId Of(int word, ulong bit) => new(word * Bits.WordBits + Bits.LowestIndex(bit));
}

/// <summary>
/// One of the distinct requirements of a family, by its number in the requiring family. Its <see cref="RowId"/> is its
/// number in the required family.
/// </summary>
internal readonly record struct RequirementId(int Number)
{
    internal readonly int Number = Number;

    public static bool operator <(RequirementId a, RequirementId b) => a.Number < b.Number;

    public static bool operator >(RequirementId a, RequirementId b) => a.Number > b.Number;

    public static RequirementId operator ++(RequirementId requirement) => new(requirement.Number + 1);

    public static int operator -(RequirementId a, RequirementId b) => a.Number - b.Number;
}

/// <summary>
/// A requirement, by its number among all known ones for a family. It is the row in that family's tables for what
/// satisfies it.
/// </summary>
internal readonly record struct RowId(int Number)
{
    internal readonly int Number = Number;

    /// <summary>No row.</summary>
    internal static RowId None => new(-1);

    /// <summary>Whether there is no row.</summary>
    internal bool IsNone => Number < 0;
}

/// <summary>A scope of a solve, numbered in the order in which scopes are added.</summary>
internal readonly record struct ScopeId(int Number)
{
    internal readonly int Number = Number;

    /// <summary>No scope.</summary>
    internal static ScopeId None => new(-1);

    /// <summary>Whether there is no scope.</summary>
    internal bool IsNone => Number < 0;

    public static bool operator <(ScopeId a, ScopeId b) => a.Number < b.Number;

    public static bool operator >(ScopeId a, ScopeId b) => a.Number > b.Number;

    public static ScopeId operator ++(ScopeId scope) => new(scope.Number + 1);

    /// <summary>The scope for a bit of a word in a set of scopes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ScopeId Of(int word, ulong bit) => new(word * Bits.WordBits + Bits.LowestIndex(bit));
}

/// <summary>The position of a family among those that are requested, or those that are resolved.</summary>
internal readonly record struct PlaceId(int Number)
{
    internal readonly int Number = Number;

    /// <summary>No place.</summary>
    internal static PlaceId None => new(-1);

    /// <summary>Whether there is no place.</summary>
    internal bool IsNone => Number < 0;

    public static bool operator <(PlaceId a, PlaceId b) => a.Number < b.Number;

    public static bool operator >(PlaceId a, PlaceId b) => a.Number > b.Number;
}
