using Rer.Versions;

namespace Rer.Compiling;

/// <summary>
/// A requirement that some package of the repository has, known by its number within the family it is on: the row of
/// the family's table that says which variants satisfy it.
/// </summary>
internal sealed class CompiledRequirement(FamilySlot slot, int local, Requirement value)
{
    /// <summary>The family that is required.</summary>
    internal readonly FamilySlot Slot = slot;

    /// <summary>The number of the requirement among those on <see cref="Slot"/>.</summary>
    internal readonly int Local = local;

    /// <summary>The requirement itself, for texts and for what bits cannot tell.</summary>
    internal readonly Requirement Value = value;
}
