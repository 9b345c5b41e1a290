using System.Text.RegularExpressions;
using Rer.Insights.Pages;
using Rer.Insights.Text;

namespace Rer.Insights;

/// <summary>
/// Writes a graph as a self-contained page with the picture, a search, and the packages that each package brings in.
/// </summary>
public static partial class HtmlWriter
{
    private const string Resource = "graph.html";

    private const int LongRequest = 200;

    // The space that the page leaves in a window of 1280 by 800 pixels. A phone is taller than it is wide.
    private const double CanvasWidth = 940;
    private const double CanvasHeight = 750;

    /// <summary>Creates the page.</summary>
    /// <param name="view">The graph.</param>
    /// <param name="title">The request.</param>
    /// <param name="outcome">The outcome in a few words.</param>
    /// <param name="failure">The text of the failure; empty if there is none.</param>
    public static string Write(GraphView view, string title, string outcome, string failure = "") =>
        PageTemplate.Fill(
            EmbeddedText.Read(Resource),
            new Dictionary<string, string>
            {
                ["title"] = PageTemplate.Html(title),
                ["outcome"] = PageTemplate.Html(outcome),
                ["data"] = DataOf(view, title, failure),
                ["scriptHash"] = PageScript.HashOf(EmbeddedText.Read(Resource)),
                ["svg"] = SvgWriter.WriteFor(view, CanvasWidth, CanvasHeight),
            }
        );

    private static string DataOf(GraphView view, string title, string failure) =>
        JsonText.ForPage(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("failure", VisibleText.Of(failure));
            writer.WriteString("explain", VisibleText.Of(ExplainCommand(title)));
            writer.WriteStartArray("nodes");
            foreach (ViewNode node in view.Nodes)
            {
                writer.WriteStartObject();
                writer.WriteString("label", VisibleText.Of(node.Label));
                writer.WriteString("kind", node.Kind.ToString());
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteStartArray("edges");
            foreach (ViewEdge edge in view.Edges)
            {
                writer.WriteStartArray();
                writer.WriteNumberValue(edge.Source);
                writer.WriteNumberValue(edge.Target);
                writer.WriteStringValue(VisibleText.Of(edge.Label));
                writer.WriteBooleanValue(edge.IsPull);
                writer.WriteEndArray();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        });

    /// <summary>The shell command that explains a request. A long one is only described.</summary>
    private static string ExplainCommand(string request) =>
        request.Length > LongRequest
            ? "rer explain, with the same request"
            : "rer explain "
                + string.Join(' ', request.Split(' ').Select(word => PlainWord().IsMatch(word) ? word : $"'{word}'"));

    [GeneratedRegex(@"^[\w.@%+=:,/-]+$")]
    private static partial Regex PlainWord();
}
