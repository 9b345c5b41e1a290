using Rer.Insights.Text;

namespace Rer.Insights;

/// <summary>A package and when it was released.</summary>
/// <param name="Family">Its family.</param>
/// <param name="Version">Its version as text; empty for an unversioned package.</param>
/// <param name="Time">The time, in seconds since 1970-01-01 UTC: rez's <c>timestamp</c>.</param>
/// <param name="Path">Its directory, or the file that contains its whole family; null if packages are not on
/// disk.</param>
public sealed record PackageRelease(string Family, string Version, long Time, string? Path = null)
{
    /// <summary>The package as rez writes it.</summary>
    public string Package => Names.OfPackage(Family, Version);
}
