using Rer.Versions;

namespace Rer.Compiling;

/// <summary>
/// A requirement that some package of the repository has, known by its number within the family it is on: the row of
/// the family's table that says which variants satisfy it.
/// </summary>
internal sealed class CompiledRequirement
{
    private readonly string? _text;
    private Requirement? _value;

    /// <summary>A requirement that is parsed.</summary>
    internal CompiledRequirement(FamilySlot slot, RowId row, Requirement value)
    {
        Slot = slot;
        Row = row;
        _value = value;
    }

    /// <summary>A requirement that was compiled before, and is parsed when someone looks at it.</summary>
    internal CompiledRequirement(FamilySlot slot, RowId row, string text)
    {
        Slot = slot;
        Row = row;
        _text = text;
    }

    /// <summary>The family that is required.</summary>
    internal FamilySlot Slot { get; }

    /// <summary>The number of the requirement among those on <see cref="Slot"/>.</summary>
    internal RowId Row { get; }

    /// <summary>Whether it is a weak reference without a range, such as <c>~foo</c>.</summary>
    internal bool IsWeakWithoutRange => _text?.StartsWith('~') is not false && Value is { Weak: true, Range: null };

    /// <summary>Whether it is a conflict requirement, weak or not.</summary>
    internal bool IsConflict => _value?.Conflict ?? _text is ['!' or '~', ..];

    /// <summary>The requirement itself, for texts and for what bits cannot tell.</summary>
    internal Requirement Value => _value ??= Requirement.Parse(_text!);
}
