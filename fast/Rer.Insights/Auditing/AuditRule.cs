namespace Rer.Insights;

/// <summary>A kind of finding.</summary>
public sealed record AuditRule
{
    private AuditRule(string id, AuditLevel level, string description)
    {
        Id = id;
        Level = level;
        Description = description;
    }

    /// <summary>The name by which reports and baselines know it.</summary>
    public string Id { get; }

    /// <summary>How much it matters.</summary>
    public AuditLevel Level { get; }

    /// <summary>How much it matters, as reports write it.</summary>
    internal string LevelName => Level.ToString().ToLowerInvariant();

    /// <summary>What it says, in a sentence.</summary>
    public string Description { get; }

    /// <summary>A definition that cannot be read, or a family that cannot be listed.</summary>
    public static AuditRule Unreadable { get; } = new("unreadable", AuditLevel.Error, "The definition cannot be read.");

    /// <summary>A version that does not resolve by itself.</summary>
    public static AuditRule DoesNotResolve { get; } =
        new("does-not-resolve", AuditLevel.Error, "The version does not resolve, when nothing else is asked for.");

    /// <summary>A variant that is in no resolve of its version.</summary>
    public static AuditRule VariantDoesNotResolve { get; } =
        new(
            "variant-does-not-resolve",
            AuditLevel.Warning,
            "The version does not resolve when it has no other variant than this."
        );

    /// <summary>A version of which it was too hard to tell.</summary>
    public static AuditRule Undecided { get; } =
        new("undecided", AuditLevel.Warning, "The resolve was given up after too many failed steps.");

    /// <summary>A requirement of a family that no path has.</summary>
    public static AuditRule MissingFamily { get; } =
        new("missing-family", AuditLevel.Warning, "A family is required that no package path has.");

    /// <summary>A requirement whose range holds no version.</summary>
    public static AuditRule EmptyRange { get; } =
        new("empty-range", AuditLevel.Warning, "No version of the family is in the range that is required.");

    /// <summary>A requirement that does not parse.</summary>
    public static AuditRule InvalidRequirement { get; } =
        new("invalid-requirement", AuditLevel.Error, "The requirement cannot be read.");

    /// <summary>A variant that is never chosen, whatever is asked for.</summary>
    public static AuditRule NeverChosen { get; } =
        new(
            "never-chosen",
            AuditLevel.Warning,
            "Another variant of the version requires exactly the same and stands later in the list, so it always goes first "
                + "and is possible whenever this one is."
        );

    /// <summary>A version that a file <c>.ignoreVERSION</c> hides.</summary>
    public static AuditRule Ignored { get; } =
        new("ignored", AuditLevel.Note, "A file .ignoreVERSION in the family's directory hides the version.");

    /// <summary>A version that an equal one in an earlier path hides.</summary>
    public static AuditRule Shadowed { get; } =
        new("shadowed", AuditLevel.Note, "An equal version in an earlier package path hides the version.");

    /// <summary>All kinds, in the order of reports.</summary>
    public static IReadOnlyList<AuditRule> All { get; } =
    [
        Unreadable,
        InvalidRequirement,
        DoesNotResolve,
        VariantDoesNotResolve,
        Undecided,
        MissingFamily,
        EmptyRange,
        NeverChosen,
        Ignored,
        Shadowed,
    ];
}
