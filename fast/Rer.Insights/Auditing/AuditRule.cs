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

    /// <summary>Its name in reports and baselines.</summary>
    public string Id { get; }

    /// <summary>How serious it is.</summary>
    public AuditLevel Level { get; }

    /// <summary>The level as reports write it.</summary>
    internal string LevelName => Level.ToString().ToLowerInvariant();

    /// <summary>Its meaning, in one sentence.</summary>
    public string Description { get; }

    /// <summary>A definition that cannot be read, or a family that cannot be listed.</summary>
    public static AuditRule Unreadable { get; } = new("unreadable", AuditLevel.Error, "The definition cannot be read.");

    /// <summary>A version that does not resolve by itself.</summary>
    public static AuditRule DoesNotResolve { get; } =
        new("does-not-resolve", AuditLevel.Error, "The version does not resolve by itself.");

    /// <summary>A variant that no resolve of its version contains.</summary>
    public static AuditRule VariantDoesNotResolve { get; } =
        new("variant-does-not-resolve", AuditLevel.Warning, "The variant does not resolve by itself.");

    /// <summary>A version for which the answer was too hard to find.</summary>
    public static AuditRule Undecided { get; } =
        new("undecided", AuditLevel.Warning, "The solve gave up after too many failed steps.");

    /// <summary>A requirement for a family that no path has.</summary>
    public static AuditRule MissingFamily { get; } =
        new("missing-family", AuditLevel.Warning, "A required family does not exist in any package path.");

    /// <summary>A requirement whose range contains no version.</summary>
    public static AuditRule EmptyRange { get; } =
        new("empty-range", AuditLevel.Warning, "No version of the family is in the required range.");

    /// <summary>A requirement that cannot be parsed.</summary>
    public static AuditRule InvalidRequirement { get; } =
        new("invalid-requirement", AuditLevel.Error, "The requirement cannot be read.");

    /// <summary>A variant that no request chooses.</summary>
    public static AuditRule NeverChosen { get; } =
        new(
            "never-chosen",
            AuditLevel.Warning,
            "Another variant of the version requires exactly the same and comes later in the list, so it always goes first "
                + "and is possible whenever this one is."
        );

    /// <summary>A version hidden by a file named <c>.ignoreVERSION</c>.</summary>
    public static AuditRule Ignored { get; } =
        new("ignored", AuditLevel.Note, "A file .ignoreVERSION in the family's directory hides the version.");

    /// <summary>A version hidden by an equal one in an earlier path.</summary>
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
