using System.Text.Json;
using Rer.Insights.Pages;
using Rer.Insights.Text;

namespace Rer.Insights;

/// <summary>
/// A report as a self-contained page. Its tables can be sorted, filtered and printed, and stay readable with tens of
/// thousands of rows.
/// </summary>
/// <param name="Title">The subject.</param>
/// <param name="Outcome">The outcome in a few words.</param>
/// <param name="Facts">Numbers and other facts above the tables.</param>
/// <param name="Tables">The tables.</param>
public sealed record ReportPage(
    string Title,
    string Outcome,
    IReadOnlyList<ReportFact> Facts,
    IReadOnlyList<ReportTable> Tables
)
{
    private const string Resource = "report.html";

    /// <summary>Creates the page.</summary>
    public string ToHtml()
    {
        string template = EmbeddedText.Read(Resource);
        return PageTemplate.Fill(
            template,
            new Dictionary<string, string>
            {
                ["title"] = PageTemplate.Html(Title),
                ["outcome"] = PageTemplate.Html(Outcome),
                ["facts"] = string.Concat(Facts.Select(Html)),
                ["data"] = Data(),
                ["scriptHash"] = PageScript.HashOf(template),
            }
        );
    }

    private static string Html(ReportFact fact) =>
        $"<div><dt>{PageTemplate.Html(fact.Name)}</dt><dd>{PageTemplate.Html(fact.Value)}</dd></div>\n";

    private string Data() =>
        JsonText.ForPage(writer =>
        {
            writer.WriteStartArray();
            foreach (ReportTable table in Tables)
            {
                Write(writer, table);
            }
            writer.WriteEndArray();
        });

    private static void Write(Utf8JsonWriter writer, ReportTable table)
    {
        writer.WriteStartObject();
        writer.WriteString("title", VisibleText.OfLine(table.Title));
        writer.WriteString("empty", VisibleText.OfLine(table.WhenEmpty));
        writer.WriteStartArray("columns");
        foreach (ReportColumn column in table.Columns)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(VisibleText.OfLine(column.Title));
            writer.WriteStringValue(column.Kind.ToString());
            writer.WriteEndArray();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("rows");
        foreach (ReportRow row in table.Rows)
        {
            writer.WriteStartArray();
            foreach (string cell in row.Cells)
            {
                writer.WriteStringValue(VisibleText.OfLine(cell));
            }
            if (row.Detail.Length > 0)
            {
                writer.WriteStringValue(VisibleText.Of(row.Detail));
            }
            writer.WriteEndArray();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}

/// <summary>A fact about the whole report.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
public sealed record ReportFact(string Name, string Value);

/// <summary>A table of a report.</summary>
/// <param name="Title">What it lists.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">Its rows, each with a cell for each column.</param>
/// <param name="WhenEmpty">The text to show if there are no rows.</param>
public sealed record ReportTable(
    string Title,
    IReadOnlyList<ReportColumn> Columns,
    IReadOnlyList<ReportRow> Rows,
    string WhenEmpty = "nothing"
);

/// <summary>A column of a table.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Kind">How its cells are shown, sorted and filtered.</param>
public sealed record ReportColumn(string Title, ReportColumnKind Kind = ReportColumnKind.Text);

/// <summary>How the cells of a column are shown, sorted and filtered.</summary>
public enum ReportColumnKind
{
    /// <summary>Text in a proportional font.</summary>
    Text,

    /// <summary>Names, versions and requirements.</summary>
    Name,

    /// <summary>Whole numbers.</summary>
    Number,

    /// <summary>
    /// One of a few words, by which rows can be filtered. <c>error</c>, <c>failing</c>, <c>warning</c>,
    /// <c>undecided</c>, <c>changed</c>, <c>note</c>, <c>unchanged</c> and <c>solving</c> have colours.
    /// </summary>
    Choice,
}

/// <summary>A row of a table.</summary>
/// <param name="Cells">Its cells.</param>
/// <param name="Detail">The text shown when the row is opened, on several lines; empty for nothing.</param>
public sealed record ReportRow(IReadOnlyList<string> Cells, string Detail = "");
