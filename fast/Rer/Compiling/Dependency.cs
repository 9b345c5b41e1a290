namespace Rer.Compiling;

/// <summary>A family that variants require, with the span of the distinct requirements for it.</summary>
/// <param name="Family">The number of the required family.</param>
/// <param name="Start">Its first requirement. Conflict requirements come last.</param>
/// <param name="Conflicts">The first conflict requirement.</param>
/// <param name="End">One past the last requirement.</param>
/// <param name="LastRow">The highest of their rows in the required family. If it is computed, all are.</param>
/// <param name="HasOpenBounds">Whether any range of a requirement other than a conflict begins after a version, as
/// <c>&gt;3</c> does. rez joins such a range with others in a way that bits cannot express.</param>
/// <param name="RangesFall">Whether each release requires the next range. All requirements except conflicts are then
/// single stretches of versions, are held by consecutive versions, and begin and end no later than the one
/// before.</param>
internal readonly record struct Dependency(
    FamilyId Family,
    RequirementId Start,
    RequirementId Conflicts,
    RequirementId End,
    RowId LastRow,
    bool HasOpenBounds,
    bool RangesFall
)
{
    /// <summary>The number of requirements that are not conflicts.</summary>
    internal int Count => Conflicts - Start;

    /// <summary>The number of all requirements.</summary>
    internal int CountAll => End - Start;
}

/// <summary>Where the holders of a requirement are stored.</summary>
/// <param name="First">The first variant that has it.</param>
/// <param name="Last">The last variant that has it.</param>
/// <param name="Offset">Where the word of the first is stored. Those of the next requirement follow the word of the
/// last.</param>
internal readonly record struct HolderSpan(VariantId First, VariantId Last, int Offset);
