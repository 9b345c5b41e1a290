using System.Text.RegularExpressions;
using System.Xml.Linq;
using Rer.Insights;
using Rer.Insights.Graphs;

namespace Rer.Tests.Cli;

public sealed class GraphTests : IDisposable
{
    private const string Packages = """
        {"foo": {"1": {"requires": ["bar-2", "baz"]}}, "bar": {"2": {"requires": ["baz-3"]}, "1": {}},
         "baz": {"3": {}, "4": {}}}
        """;

    private readonly TemporaryFiles _files = new();
    private readonly string _book;

    public GraphTests() => _book = _files.WriteBook(Packages);

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Dot_is_what_rez_writes()
    {
        CliRun run = await CliRun.Of("solve", "bar", "-r", _book, "--format", "dot");

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldBe(
            """
            digraph g {
            _1 [label="bar", fontsize="10", fillcolor="#FFFFAA", style="filled,dashed"];
            _2 [label="baz-3[]", fontsize="10", fillcolor="#AAFFAA", style="filled"];
            _3 [label="bar-2[]", fontsize="10", fillcolor="#AAFFAA", style="filled"];
            _4 [label="baz-3", fontsize="10", fillcolor="#F6F6F6", style="filled,dashed"];
            _1 -> _3 [arrowsize="0.5"];
            _3 -> _4 [arrowsize="0.5"];
            _4 -> _2 [arrowsize="0.5"];
            }

            """.ReplaceLineEndings("\n")
        );
    }

    [Fact]
    public async Task A_failure_has_a_graph_too()
    {
        CliRun run = await CliRun.Of("solve", "bar-2", "baz-4", "-r", _book, "--fail-graph", "-q");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("digraph g {");
        run.Error.ShouldContain("""style="bold", color="red", fontcolor="red", label="CONFLICT"];""");
    }

    [Fact]
    public async Task Svg_is_well_formed_and_shows_every_package_once()
    {
        CliRun run = await CliRun.Of("solve", "foo", "-r", _book, "--format", "svg");

        XElement svg = XElement.Parse(run.Output);
        svg.Name.LocalName.ShouldBe("svg");
        string[] labels =
        [
            .. svg.Descendants()
                .Where(element => (string?)element.Attribute("class") is "node solved")
                .Select(element => element.Value),
        ];
        labels.ShouldBe(["foo-1[]", "bar-2[]", "baz-3[]"], ignoreOrder: true);
        // foo requires baz, and also gets it through bar. The edge exists, and is marked as implied.
        svg.Descendants()
            .Count(element => (string?)element.Attribute("class") is "edge dependency implied")
            .ShouldBe(1);
    }

    [Fact]
    public async Task Html_is_self_contained()
    {
        CliRun run = await CliRun.Of("solve", "foo", "-r", _book, "--format", "html");

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldStartWith("<!doctype html>");
        run.Output.Replace("http://www.w3.org/2000/svg", "").ShouldNotContain("://");
        run.Output.ShouldContain("resolved: 3 packages");
        run.Output.ShouldNotContain("{{");
    }

    [Fact]
    public async Task A_browser_highlights_what_a_package_pulls_in()
    {
        Browser browser = Browser.OrSkip();
        CliRun run = await CliRun.Of("solve", "foo", "-r", _book, "--format", "html");
        string page = _files.Write("graph.html", run.Output);

        string dom = await browser.DumpDomAsync(new Uri(page) + "#bar");

        NodeClass(dom, "bar-2[]").ShouldBe("node solved focus");
        NodeClass(dom, "baz-3[]").ShouldBe("node solved down");
        NodeClass(dom, "foo-1[]").ShouldBe("node solved up");
        dom.ShouldContain("required by (1)");
        dom.ShouldContain("requires (1)");
    }

    // Names that close the element they are in, or look like placeholders of the template. None of them becomes an
    // element, an attribute or a script when a browser reads the page.
    [Fact]
    public async Task Nothing_breaks_out_in_a_browser()
    {
        Browser browser = Browser.OrSkip();
        string[] labels =
        [
            "1 onmouseover=document.title=1 ",
            "\" onload=\"document.title=2",
            "</title><script>document.title=3</script>",
            "{{data}}",
            "{{svg}}",
            "</script><img src=x onerror=document.title=4>",
        ];
        var view = new GraphView(
            [.. labels.Select(label => new ViewNode(label, ViewNodeKind.Solved))],
            [.. labels.Select((label, i) => new ViewEdge(i, (i + 1) % labels.Length, label, GraphEdgeKind.Conflict))]
        );
        string page = _files.Write("graph.html", HtmlWriter.Write(view, string.Join(' ', labels), labels[2]));

        string dom = await browser.DumpDomAsync(new Uri(page).AbsoluteUri);

        dom.ShouldContain("{{data}} {{svg}}");
        Regex.IsMatch(dom, "<title>[1-4]</title>").ShouldBeFalse();
        Regex.Count(dom, "<script").ShouldBe(2);
        Regex.IsMatch(dom, @"<[^>""]*(""[^""]*""[^>""]*)*\son\w+=").ShouldBeFalse();
    }

    [Fact]
    public void Boxes_of_two_hundred_packages_do_not_overlap()
    {
        var random = new Random(7);
        (int, int, bool)[] edges =
        [
            .. Enumerable
                .Range(1, 199)
                .SelectMany(i => Enumerable.Range(0, 3).Select(_ => (random.Next(i), i, false)))
                .Distinct(),
            // A cycle, as in failures.
            (150, 20, false),
        ];

        LayeredLayout layout = LayeredLayout.Of([.. Enumerable.Range(0, 200).Select(i => 60.0 + i % 50)], edges);

        layout.Boxes.Count.ShouldBe(200);
        layout.Routes.Count.ShouldBe(edges.Length);
        for (int i = 0; i < 200; i++)
        {
            LayoutBox box = layout.Boxes[i];
            box.Left.ShouldBeGreaterThanOrEqualTo(0);
            box.Top.ShouldBeGreaterThanOrEqualTo(0);
            box.Right.ShouldBeLessThanOrEqualTo(layout.Width);
            (box.Top + box.Height).ShouldBeLessThanOrEqualTo(layout.Height);
            layout.Boxes.Skip(i + 1).ShouldNotContain(other => Overlap(box, other));
        }
    }

    [Fact]
    public void An_edge_is_implied_if_its_target_is_also_reached_by_a_longer_path()
    {
        ImpliedEdges.Of(4, [(0, 1), (1, 2), (0, 2), (2, 3), (0, 3)]).ShouldBe([false, false, true, false, true]);
    }

    private static bool Overlap(LayoutBox a, LayoutBox b) =>
        a.Left < b.Right && b.Left < a.Right && a.Top < b.Top + b.Height && b.Top < a.Top + a.Height;

    private static string NodeClass(string dom, string label)
    {
        int text = dom.IndexOf($">{label}</text>", StringComparison.Ordinal);
        int start = dom.LastIndexOf("<g class=\"", text, StringComparison.Ordinal) + "<g class=\"".Length;
        return dom[start..dom.IndexOf('"', start)];
    }
}
