using System.Text.Json;

namespace Rer.Insights.Contexts;

/// <summary>How reports show a changed package.</summary>
internal static class DifferenceText
{
    /// <summary>How a package changed, in a word or two.</summary>
    public static string OfChange(PackageChange change) =>
        change switch
        {
            PackageChange.Newer => "newer",
            PackageChange.Older => "older",
            PackageChange.OtherVariant => "other variant",
            PackageChange.Added => "added",
            _ => "removed",
        };

    /// <summary>Writes a changed package into the open object.</summary>
    public static void WriteDifference(this Utf8JsonWriter writer, PackageDifference difference)
    {
        writer.WriteString("family", difference.Family);
        writer.WriteString("change", OfChange(difference.Change));
        writer.WriteString("before", difference.Before?.ToString());
        writer.WriteString("after", difference.After?.ToString());
    }
}
