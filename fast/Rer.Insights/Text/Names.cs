using System.Buffers;
using System.Globalization;
using Rer.Repositories;
using Rer.Versions;

namespace Rer.Insights.Text;

/// <summary>Writes the names of things as rez does.</summary>
internal static class Names
{
    private static readonly SearchValues<char> s_endsOfFamily = SearchValues.Create("-@#=<>");

    /// <summary>A number and the noun that it counts, in the plural unless it is one.</summary>
    public static string Count(int count, string noun, string? plural = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? noun : plural ?? $"{noun}s")}");

    /// <summary>
    /// A package: <c>foo-1.2</c>, or <c>foo</c> if it has no version. Corresponds to <c>qualified_package_name</c>.
    /// </summary>
    public static string OfPackage(string name, string version) => version.Length == 0 ? name : $"{name}-{version}";

    /// <summary>
    /// A requirement as rez writes it: <c>foo-1+&lt;3</c> for <c>foo&gt;=1,&lt;3</c>. One that does not parse is left
    /// unchanged. Corresponds to <c>Requirement.__str__</c>.
    /// </summary>
    public static string OfRequirement(string requirement) =>
        Requirement.TryParse(requirement, out Requirement? parsed) ? parsed.ToString() : requirement;

    /// <summary>The verb after a number of packages, before what they require.</summary>
    public static string Require(int packages) => packages == 1 ? "requires" : "require";

    /// <summary>
    /// The family of a requirement: the text before the first of <c>-@#=&lt;&gt;</c>, without <c>!</c> or <c>~</c>.
    /// Corresponds to <c>Requirement.name</c>.
    /// </summary>
    public static string FamilyOf(string requirement)
    {
        ReadOnlySpan<char> text = requirement is ['!' or '~', ..] ? requirement.AsSpan(1) : requirement;
        int end = text.IndexOfAny(s_endsOfFamily);
        return (end < 0 ? text : text[..end]).ToString();
    }

    /// <summary>Whether a requirement is for an ephemeral, such as <c>.feature-1</c>.</summary>
    public static bool IsEphemeral(string requirement) => FamilyOf(requirement).StartsWith('.');

    /// <summary>The name of rez's class for a kind of failure.</summary>
    public static string OfFailure(SolveFailure failure) =>
        failure switch
        {
            DependencyConflictsFailure => "DependencyConflicts",
            TotalReductionFailure => "TotalReduction",
            CycleFailure => "Cycle",
            _ => "Unknown",
        };

    /// <summary>The outcome of a solve, in one word.</summary>
    public static string OfStatus(ResolveResult result) =>
        result switch
        {
            SolvedResult => "solved",
            FailedResult => "failed",
            ErrorResult => "error",
            _ => "stopped",
        };

    /// <summary>Why a solve has no resolve, in rez's words if rez has words for it; null if it has one.</summary>
    public static string? ReasonOf(ResolveResult result) =>
        result switch
        {
            FailedResult failed => failed.Failure.Description,
            ErrorResult error => error.Message,
            StoppedResult stopped => stopped.Message,
            _ => null,
        };

    /// <summary>A level of trust in an index, as in <c>--index</c>.</summary>
    public static string OfLevel(IndexLevel level) =>
        level switch
        {
            IndexLevel.Listing => "listing",
            IndexLevel.Published => "published",
            _ => "strict",
        };

    /// <summary>A kind of error, by the name of rez's exception if there is one.</summary>
    public static string OfError(ResolveErrorKind kind) =>
        kind switch
        {
            ResolveErrorKind.PackageFamilyNotFound => "PackageFamilyNotFoundError",
            ResolveErrorKind.PackageNotFound => "PackageNotFoundError",
            ResolveErrorKind.PackageConflict => "ResolveError",
            ResolveErrorKind.InvalidSyntax => "InvalidSyntax",
            _ => "PackageData",
        };
}
