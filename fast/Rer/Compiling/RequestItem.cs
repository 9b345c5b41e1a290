using Rer.Versions;

namespace Rer.Compiling;

/// <summary>
/// One requirement of a merged request, with what a solve reads first. It is stored here, so that reading it does not
/// touch three other objects.
/// </summary>
/// <param name="slot">The family, which need not exist.</param>
/// <param name="value">The requirement.</param>
/// <param name="known">The same requirement of a package, if there is one, whose row is then used.</param>
internal sealed class RequestItem(FamilySlot slot, Requirement value, CompiledRequirement? known)
{
    /// <summary>The family.</summary>
    internal FamilySlot Slot { get; } = slot;

    /// <summary>The requirement.</summary>
    internal Requirement Value { get; } = value;

    /// <summary>The number of the family.</summary>
    internal FamilyId Family { get; } = slot.Id;

    /// <summary>The row of the requirement in the family's tables, if it has one.</summary>
    internal RowId Row { get; } = known?.Row ?? RowId.None;

    /// <summary>Whether it requires an ephemeral.</summary>
    internal bool IsEphemeral { get; } = slot.IsEphemeral;

    /// <summary>Whether it is a conflict requirement, weak or not.</summary>
    internal bool IsConflict { get; } = value.Conflict;

    /// <summary>rez's message if the name is invalid: see <see cref="PackageName"/>.</summary>
    internal string? Complaint { get; } = PackageName.Complaint(slot, value);
}
