using Rer.Versions;

namespace Rer.Compiling;

/// <summary>One requirement of a merged request.</summary>
/// <param name="Slot">The family, which need not exist.</param>
/// <param name="Value">The requirement.</param>
/// <param name="Known">The same requirement if a package has it too, whose row then serves.</param>
internal readonly record struct RequestItem(FamilySlot Slot, Requirement Value, CompiledRequirement? Known);
