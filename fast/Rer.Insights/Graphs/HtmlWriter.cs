using Rer.Insights.Pages;
using Rer.Insights.Text;

namespace Rer.Insights;

/// <summary>A graph as a self-contained page: the picture, search, and what each package pulls in.</summary>
public static class HtmlWriter
{
    private const string Resource = "graph.html";

    /// <summary>Makes the page.</summary>
    /// <param name="view">The graph.</param>
    /// <param name="title">What was asked.</param>
    /// <param name="outcome">What came of it, in a few words.</param>
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
                ["svg"] = SvgWriter.Write(view),
            }
        );

    private static string DataOf(GraphView view, string title, string failure) =>
        JsonText.ForPage(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("failure", VisibleText.Of(failure));
            writer.WriteString("explain", VisibleText.Of($"rer explain {title}"));
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
}
