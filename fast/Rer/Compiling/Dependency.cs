namespace Rer.Compiling;

/// <summary>A family that variants require, with the span of the distinct requirements on it.</summary>
/// <param name="Family">The number of the required family.</param>
/// <param name="Start">Its first requirement; conflict requirements come last.</param>
/// <param name="Conflicts">The first that is a conflict requirement.</param>
/// <param name="End">One past the last.</param>
/// <param name="LastRow">The highest of their rows in the required family: with it, all are computed.</param>
/// <param name="HasOpenBounds">Whether any range, of other than conflict requirements, begins after a version, as
/// <c>&gt;3</c> does. rez joins such a range with others in a way of its own, and bits cannot unite them.</param>
/// <param name="RangesFall">Whether all but the conflict requirements are each one stretch of versions, required by neighbouring
/// versions that follow one another, and begin and end no later than the one before: each release requires the next
/// range.</param>
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
    /// <summary>Whether any variant has a conflict requirement on the family.</summary>
    internal bool HasConflicts => Conflicts < End;

    /// <summary>How many requirements there are that are no conflicts.</summary>
    internal int Count => Conflicts - Start;

    /// <summary>How many requirements there are.</summary>
    internal int CountAll => End - Start;
}

/// <summary>Where the holders of a requirement stand.</summary>
/// <param name="First">The first variant that has it.</param>
/// <param name="Last">The last.</param>
/// <param name="Offset">Where the word of the first stands; the next requirement's begins behind the word of the
/// last.</param>
internal readonly record struct HolderSpan(VariantId First, VariantId Last, int Offset);
