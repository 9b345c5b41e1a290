namespace Rer.Policies;

/// <summary>A package that filters examine.</summary>
/// <param name="family">Its family.</param>
/// <param name="version">Its version.</param>
/// <param name="versionText">Its version as shown.</param>
/// <param name="timestamp">Returns its release time in seconds since 1970-01-01 UTC, or 0. Called only by rules that
/// need it, because rez loads the package for it.</param>
internal sealed class FilterCandidate(string family, Version version, string versionText, Func<long> timestamp)
{
    private string? _qualifiedName;

    /// <summary>The family.</summary>
    public string Family => family;

    /// <summary>The version.</summary>
    public Version Version => version;

    /// <summary>
    /// The family and version, as in <c>maya-2016.1</c>. The family alone if the package is unversioned.
    /// </summary>
    public string QualifiedName => _qualifiedName ??= version.IsEmpty ? family : $"{family}-{versionText}";

    /// <summary>The release time in seconds since 1970-01-01 UTC, or 0.</summary>
    public long Timestamp => timestamp();
}
