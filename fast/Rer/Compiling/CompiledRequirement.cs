using Rer.Versions;

namespace Rer.Compiling;

/// <summary>
/// A requirement that some package of the repository has. It is identified by its number within the required family,
/// which is the row in that family's table for the variants that satisfy it.
/// </summary>
internal sealed class CompiledRequirement
{
    private readonly string? _text;
    private Requirement? _value;

    /// <summary>Creates a parsed requirement.</summary>
    internal CompiledRequirement(FamilySlot slot, RowId row, Requirement value)
    {
        Slot = slot;
        Row = row;
        _value = value;
    }

    /// <summary>Creates a requirement that was compiled before. It is parsed on first use.</summary>
    internal CompiledRequirement(FamilySlot slot, RowId row, string text)
    {
        Slot = slot;
        Row = row;
        _text = text;
    }

    /// <summary>The family that is required.</summary>
    internal FamilySlot Slot { get; }

    /// <summary>The number of the requirement among those for <see cref="Slot"/>.</summary>
    internal RowId Row { get; }

    /// <summary>Whether it is a weak reference without a range, such as <c>~foo</c>.</summary>
    internal bool IsWeakWithoutRange => _text?.StartsWith('~') is not false && Value is { Weak: true, Range: null };

    /// <summary>Whether it is a conflict requirement, weak or not.</summary>
    internal bool IsConflict => _value?.Conflict ?? _text is ['!' or '~', ..];

    /// <summary>The parsed requirement, for texts and for what bits cannot express.</summary>
    internal Requirement Value => _value ??= Requirement.Parse(_text!);
}
