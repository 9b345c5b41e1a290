namespace Rer.Insights;

/// <summary>The health of a repository.</summary>
/// <param name="Findings">The findings, sorted by rule and package.</param>
/// <param name="Causes">The causes that findings share. The cause of most findings comes first.</param>
/// <param name="Counts">How much was audited.</param>
public sealed record AuditReport(
    IReadOnlyList<AuditFinding> Findings,
    IReadOnlyList<AuditCause> Causes,
    AuditCounts Counts
)
{
    /// <summary>Whether anything is wrong. Notes do not count.</summary>
    public bool HasProblems => Findings.Any(finding => finding.Rule.Level != AuditLevel.Note);

    /// <summary>The report without findings that are already known.</summary>
    /// <param name="baseline">The fingerprints of the known findings.</param>
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

/// <summary>How much was audited.</summary>
/// <param name="Families">The number of families.</param>
/// <param name="Packages">The number of versions of all families.</param>
/// <param name="Resolves">The number of resolves: one for each version, and one for each variant if requested.</param>
/// <param name="Known">The number of findings left out because the baseline has them.</param>
public sealed record AuditCounts(int Families, int Packages, int Resolves, int Known);

/// <summary>A problem with a package, or a fact that is worth knowing.</summary>
/// <param name="Rule">The kind of finding.</param>
/// <param name="Family">The package's family.</param>
/// <param name="Version">Its version; empty for an unversioned package, null if the finding is about the whole
/// family.</param>
/// <param name="Variant">The index of the variant; null for the whole package.</param>
/// <param name="Message">The finding in one line.</param>
/// <param name="Detail">What distinguishes the finding from others of the same rule on the same package; empty if there
/// is only one.</param>
/// <param name="Cause">Its cause, which other findings may share.</param>
/// <param name="Path">The file or directory; null if packages are not on disk.</param>
/// <param name="Line">The line in the file, from 1; null if there is none.</param>
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
    /// <summary>The package as rez writes it.</summary>
    public string Package =>
        Text.Names.OfPackage(Family, Version ?? "")
        + (Variant is { } index ? FormattableString.Invariant($"[{index}]") : "");

    /// <summary>Identifies the same finding in another audit. It does not depend on paths or times.</summary>
    public string Fingerprint => Detail.Length == 0 ? $"{Rule.Id}:{Package}" : $"{Rule.Id}:{Package}:{Detail}";
}

/// <summary>The common cause of several findings.</summary>
/// <param name="Text">The cause in one line.</param>
/// <param name="Core">The smallest set of requirements that cannot hold together, each with the package that has it.
/// Empty if the cause is not a conflict, or if the set was not searched for.</param>
/// <param name="IsMinimal">Whether each requirement of the core is certainly needed.</param>
/// <param name="Break">The release that introduced the cause; null if it was there from the beginning, or if timestamps
/// do not show it.</param>
public sealed record AuditCause(string Text, IReadOnlyList<string> Core, bool IsMinimal, AuditBreak? Break)
{
    /// <summary>Compares by identity, because two different causes may have the same text.</summary>
    public bool Equals(AuditCause? other) => ReferenceEquals(this, other);

    /// <inheritdoc />
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}

/// <summary>The release that broke something.</summary>
/// <param name="Time">When it was released, in seconds since 1970-01-01 UTC.</param>
/// <param name="Packages">The packages released then, among those that the failing resolve reads.</param>
/// <param name="Example">A package that resolved before this release and does not resolve with it.</param>
/// <remarks>This was tried: the example resolves with everything released before <paramref name="Time"/>, and does not
/// resolve once that time is included.</remarks>
public sealed record AuditBreak(long Time, IReadOnlyList<string> Packages, string Example);

/// <summary>How serious a finding is.</summary>
public enum AuditLevel
{
    /// <summary>A fact that is worth knowing, and often intended.</summary>
    Note,

    /// <summary>Something has no effect, or may become a failure.</summary>
    Warning,

    /// <summary>A request fails because of it.</summary>
    Error,
}
