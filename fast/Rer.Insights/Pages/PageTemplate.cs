using System.Text.RegularExpressions;
using Rer.Insights.Text;

namespace Rer.Insights.Pages;

/// <summary>
/// A page with places named <c>{{so}}</c>. All are filled in one pass: what goes into a place
/// is never read as a template, whatever it holds.
/// </summary>
internal static partial class PageTemplate
{
    /// <summary>Fills the places of a page.</summary>
    /// <param name="template">The page.</param>
    /// <param name="values">What goes into each place, encoded for it: for HTML by <see cref="Html"/>, where it is
    /// text.</param>
    public static string Fill(string template, IReadOnlyDictionary<string, string> values) =>
        Place().Replace(template, place => values[place.Groups[1].Value]);

    /// <summary>Text in HTML or SVG, between tags or in a quoted attribute.</summary>
    public static string Html(string text) => System.Net.WebUtility.HtmlEncode(VisibleText.Of(text));

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Place();
}
