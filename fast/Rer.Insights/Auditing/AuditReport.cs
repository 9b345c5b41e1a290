namespace Rer.Insights;

/// <summary>The health of a repository.</summary>
/// <param name="Findings">What was found, by rule and package.</param>
/// <param name="Causes">The causes that findings share, the one of most findings first.</param>
/// <param name="Counts">How much was looked at.</param>
public sealed record AuditReport(
    IReadOnlyList<AuditFinding> Findings,
    IReadOnlyList<AuditCause> Causes,
    AuditCounts Counts
)
{
    /// <summary>Whether anything is wrong: notes do not count.</summary>
    public bool HasProblems => Findings.Any(finding => finding.Rule.Level != AuditLevel.Note);

    /// <summary>The report without findings that were known before.</summary>
    /// <param name="baseline">The fingerprints of those.</param>
    public AuditReport Without(IReadOnlySet<string> baseline)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        AuditFinding[] left = [.. Findings.Where(finding => !baseline.Contains(finding.Fingerprint))];
        return this with
        {
            Findings = left,
            Causes = [.. Causes.Where(cause => left.Any(finding => finding.Cause == cause))],
            Counts = Counts with { Known = Findings.Count - left.Length },
        };
    }
}

/// <summary>How much an audit looked at.</summary>
/// <param name="Families">Families.</param>
/// <param name="Packages">Versions of all families.</param>
/// <param name="Resolves">What was resolved: versions, and variants where they were asked for.</param>
/// <param name="Known">Findings that are left out, because a baseline has them.</param>
public sealed record AuditCounts(int Families, int Packages, int Resolves, int Known);

/// <summary>Something that is wrong with a package, or worth knowing.</summary>
/// <param name="Rule">What kind of thing it is.</param>
/// <param name="Family">The package's family.</param>
/// <param name="Version">Its version; empty for an unversioned package, null if it is about the whole family.</param>
/// <param name="Variant">The index of the variant; null for the whole package.</param>
/// <param name="Message">What it is, in a line.</param>
/// <param name="Detail">What distinguishes it from others of the same rule on the same package; empty where there is only
/// one.</param>
/// <param name="Cause">What it comes of; others may come of the same.</param>
/// <param name="Path">The file or directory; null where packages are not on disk.</param>
/// <param name="Line">The line in the file, from 1; null where there is none.</param>
public sealed record AuditFinding(
    AuditRule Rule,
    string Family,
    string? Version,
    int? Variant,
    string Message,
    string Detail,
    AuditCause Cause,
    string? Path = null,
    int? Line = null
)
{
    /// <summary>The package, as rez writes it.</summary>
    public string Package =>
        Text.Names.OfPackage(Family, Version ?? "")
        + (Variant is { } index ? FormattableString.Invariant($"[{index}]") : "");

    /// <summary>What says that a finding of another audit is the same one. It does not depend on paths or times.</summary>
    public string Fingerprint => Detail.Length == 0 ? $"{Rule.Id}:{Package}" : $"{Rule.Id}:{Package}:{Detail}";
}

/// <summary>What findings come of.</summary>
/// <param name="Text">The cause, in a line.</param>
/// <param name="Core">The fewest requirements that cannot go together, each with who makes it; empty where it is no
/// conflict, or was not looked for.</param>
/// <param name="IsMinimal">Whether each of them is certainly needed.</param>
/// <param name="Break">The release since which it is so; null where it was so from the beginning, or timestamps do not
/// tell.</param>
public sealed record AuditCause(string Text, IReadOnlyList<string> Core, bool IsMinimal, AuditBreak? Break)
{
    /// <summary>How one cause is told from another with the same text: it is itself.</summary>
    public bool Equals(AuditCause? other) => ReferenceEquals(this, other);

    /// <inheritdoc />
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}

/// <summary>The release that broke something.</summary>
/// <param name="Time">When it was, in seconds since 1970-01-01 UTC.</param>
/// <param name="Packages">What was released then, of the packages that the failing resolve looks at.</param>
/// <param name="Example">The package that resolved with what was released before, and with this no longer.</param>
/// <remarks>Tried: with what was released before <paramref name="Time"/> the example resolves, with what was released until
/// then it does not.</remarks>
public sealed record AuditBreak(long Time, IReadOnlyList<string> Packages, string Example);

/// <summary>How much a finding matters.</summary>
public enum AuditLevel
{
    /// <summary>Worth knowing, and often meant so.</summary>
    Note,

    /// <summary>Something is of no use, or may become a failure.</summary>
    Warning,

    /// <summary>A request fails for it.</summary>
    Error,
}
