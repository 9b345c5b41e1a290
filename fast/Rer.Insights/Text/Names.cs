using System.Buffers;
using Rer.Repositories;

namespace Rer.Insights.Text;

/// <summary>How rez writes the names of things.</summary>
internal static class Names
{
    private static readonly SearchValues<char> s_endsOfFamily = SearchValues.Create("-@#=<>");

    /// <summary>A package: <c>foo-1.2</c>, or <c>foo</c> where it has no version. <c>qualified_package_name</c>.</summary>
    public static string OfPackage(string name, string version) => version.Length == 0 ? name : $"{name}-{version}";

    /// <summary>
    /// The family of a requirement: what stands before the first of <c>-@#=&lt;&gt;</c>, without <c>!</c> or
    /// <c>~</c>. <c>Requirement.name</c>.
    /// </summary>
    public static string FamilyOf(string requirement)
    {
        ReadOnlySpan<char> text = requirement is ['!' or '~', ..] ? requirement.AsSpan(1) : requirement;
        int end = text.IndexOfAny(s_endsOfFamily);
        return (end < 0 ? text : text[..end]).ToString();
    }

    /// <summary>Whether a requirement is for an ephemeral, such as <c>.feature-1</c>.</summary>
    public static bool IsEphemeral(string requirement) => FamilyOf(requirement).StartsWith('.');

    /// <summary>A kind of failure, by the name of rez's class.</summary>
    public static string OfFailure(SolveFailure failure) =>
        failure switch
        {
            DependencyConflictsFailure => "DependencyConflicts",
            TotalReductionFailure => "TotalReduction",
            CycleFailure => "Cycle",
            _ => "Unknown",
        };

    /// <summary>What came of a solve, in a word.</summary>
    public static string OfStatus(ResolveResult result) =>
        result switch
        {
            SolvedResult => "solved",
            FailedResult => "failed",
            ErrorResult => "error",
            _ => "stopped",
        };

    /// <summary>Why a solve has no resolve, in rez's words where it is rez that would say so; null where it has one.</summary>
    public static string? ReasonOf(ResolveResult result) =>
        result switch
        {
            FailedResult failed => failed.Failure.Description,
            ErrorResult error => error.Message,
            StoppedResult stopped => stopped.Message,
            _ => null,
        };

    /// <summary>A level of trust in an index, as <c>--index</c> takes it.</summary>
    public static string OfLevel(IndexLevel level) =>
        level switch
        {
            IndexLevel.Listing => "listing",
            IndexLevel.Published => "published",
            _ => "strict",
        };

    /// <summary>A kind of error, by the name of rez's exception where rez has one.</summary>
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
