using Rer.Versions;

namespace Rer.Compiling;

/// <summary>One requirement of a merged request.</summary>
/// <param name="Slot">The family, which need not exist.</param>
/// <param name="Value">The requirement.</param>
/// <param name="Known">The same requirement of a package, if there is one, whose row is then used.</param>
internal readonly record struct RequestItem(FamilySlot Slot, Requirement Value, CompiledRequirement? Known);
