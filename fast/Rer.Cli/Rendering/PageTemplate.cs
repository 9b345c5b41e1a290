using System.Text.RegularExpressions;

namespace Rer.Cli.Rendering;

/// <summary>
/// A page that <c>rer</c> carries along, with places named <c>{{so}}</c>. All are filled in one pass: what goes into a place
/// is never read as a template, whatever it holds.
/// </summary>
internal static partial class PageTemplate
{
    /// <summary>Fills the places of a page.</summary>
    /// <param name="resource">The name of the embedded text.</param>
    /// <param name="values">What goes into each place, encoded for it: for HTML by <see cref="Html"/>, where it is
    /// text.</param>
    public static string Fill(string resource, IReadOnlyDictionary<string, string> values) =>
        Place().Replace(EmbeddedText.Read(resource), place => values[place.Groups[1].Value]);

    /// <summary>Text in HTML or SVG, between tags or in a quoted attribute.</summary>
    public static string Html(string text) => System.Net.WebUtility.HtmlEncode(VisibleText.Of(text));

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Place();
}
