using System.Text.RegularExpressions;
using Rer.Insights.Text;

namespace Rer.Insights.Pages;

/// <summary>
/// A page with placeholders such as <c>{{name}}</c>. All are filled in one pass, so that placeholders in a value are
/// not filled.
/// </summary>
internal static partial class PageTemplate
{
    /// <summary>Fills the placeholders of a page.</summary>
    /// <param name="template">The page.</param>
    /// <param name="values">The value of each placeholder, already encoded. Text in HTML is encoded by
    /// <see cref="Html"/>.</param>
    public static string Fill(string template, IReadOnlyDictionary<string, string> values) =>
        Place().Replace(template, place => values[place.Groups[1].Value]);

    /// <summary>Encodes text for HTML or SVG, between tags or in a quoted attribute.</summary>
    public static string Html(string text) => System.Net.WebUtility.HtmlEncode(VisibleText.Of(text));

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Place();
}
