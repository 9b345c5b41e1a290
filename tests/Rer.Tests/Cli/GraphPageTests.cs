using System.Globalization;
using System.Text.RegularExpressions;
using Rer.Insights;

namespace Rer.Tests.Cli;

/// <summary>The page of a graph as a browser shows it.</summary>
public sealed partial class GraphPageTests : IDisposable
{
    private const string Desktop = "1280,800";
    private const string Phone = "390,844";

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(Desktop)]
    [InlineData(Phone)]
    public async Task Twenty_packages_are_all_in_view_and_can_be_read(string window)
    {
        Browser browser = Browser.OrSkip();
        string page = await Page(["usd", "maya-7"]);

        Facts facts = await Look(browser, page, window);

        facts.InView.ShouldBe(facts.Nodes);
        facts.Scale.ShouldBeGreaterThanOrEqualTo(0.5);
        facts.Overflow.ShouldBe(0);
        facts.Tooltips.ShouldBeGreaterThan(20);
        // A thin line is hard to point at, so each has a wide one below it.
        facts.Untouchable.ShouldBe(0);
    }

    [Fact]
    public async Task A_failure_is_shown_at_its_conflict_with_its_text()
    {
        Browser browser = Browser.OrSkip();
        string page = await Page(["maya-7", "python-3.11"]);

        Facts facts = await Look(browser, page, Phone);

        facts.FailedInView.ShouldBe(2);
        facts.Document.ShouldContain("(python-2.7|3.7|3.9 &lt;--!--&gt; python==3.11.4|==3.11.9)");
        facts.Document.ShouldContain("<code>rer explain maya-7 python-3.11</code>");
    }

    [Fact]
    public async Task In_dark_mode_text_is_light_and_nothing_is_white()
    {
        Browser browser = Browser.OrSkip();
        string page = await Page(["usd", "maya-7"]);

        Facts facts = await Look(browser, page, Desktop, isDark: true);

        facts.Text.ShouldBe("rgb(230, 237, 243)");
        facts.Grounds.ShouldNotContain("rgb(255, 255, 255)");
    }

    [Fact]
    public async Task Enter_goes_from_match_to_match()
    {
        Browser browser = Browser.OrSkip();
        string page = await Page(["usd", "maya-7"]);
        const string Search = """
            const type = key => search.dispatchEvent(new KeyboardEvent("keydown", { key }));
            search.value = "o"; search.dispatchEvent(new Event("input")); type("Enter"); type("Enter");
            """;

        Facts facts = await Look(browser, page, Desktop, Search);

        facts.Document.ShouldContain(">2 of 9</output>");
        facts.Document.ShouldContain("match focus\"");
    }

    [Fact]
    public async Task When_zoomed_out_some_names_are_readable()
    {
        Browser browser = Browser.OrSkip();
        var random = new Random(7);
        var view = new GraphView(
            [.. Enumerable.Range(0, 387).Select(i => new ViewNode($"package_{i}-1.{i}", ViewNodeKind.Solved))],
            [
                .. Enumerable
                    .Range(1, 386)
                    .SelectMany(i => new[] { random.Next(i), random.Next(i) }.Distinct().Select(source => (source, i)))
                    .Select(edge => new ViewEdge(edge.source, edge.i, "", GraphEdgeKind.Dependency)),
            ]
        );
        string page = HtmlWriter.Write(view, "many", "resolved");

        Facts facts = await Look(
            browser,
            page,
            Desktop,
            "window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));"
        );

        facts.InView.ShouldBe(387);
        facts.Names.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void A_request_is_quoted_for_the_shell()
    {
        var view = new GraphView([], []);

        HtmlWriter
            .Write(view, "foo<3 !bar ~baz-1", "failed", "why")
            .ShouldContain(@"rer explain \u0027foo\u003C3\u0027");
        HtmlWriter
            .Write(view, new string('a', 300), "failed", "why")
            .ShouldContain("rer explain, with the same request");
    }

    private static async Task<string> Page(string[] request) =>
        (await CliRun.Of(["solve", .. request, "--format", "html"])).Output;

    /// <summary>
    /// Opens a page, does something on it, and measures what is visible. The page allows no scripts but its own; that
    /// restriction is lifted.
    /// </summary>
    private async Task<Facts> Look(Browser browser, string page, string window, string act = "", bool isDark = false)
    {
        const string Measure = """
            const frame = canvas.getBoundingClientRect();
            const seen = boxes => boxes.map(box => box.getBoundingClientRect()).filter(box =>
              box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom).length;
            const style = selector => getComputedStyle(document.querySelector(selector));
            const facts = {
              nodes: nodes.length, inView: seen(nodes), failedInView: seen(nodes.filter(node => node.classList.contains("failed"))),
              scale: svg.getScreenCTM().a, overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
              text: style("#canvas text").fill, names: document.querySelectorAll("#names span").length,
              grounds: ["body", "header", "aside", "#search"].map(selector => style(selector).backgroundColor).concat(style(".paper").fill),
              tooltips: edges.filter(edge => edge.querySelector("title")).length,
              untouchable: edges.filter(edge => getComputedStyle(edge.firstElementChild).pointerEvents !== "stroke").length,
            };
            for (const [name, value] of Object.entries(facts)) document.body.setAttribute("data-" + name, value);
            """;
        string open = PolicyTag().Replace(page, "").Replace("</body>", $"<script>{act}\n{Measure}</script></body>");
        string address = new Uri(_files.Write("page.html", open)).AbsoluteUri;
        return new Facts(await browser.DumpDomAsync(address, window, isDark));
    }

    [GeneratedRegex("<meta http-equiv[^>]*>")]
    private static partial Regex PolicyTag();

    /// <summary>The measurements from a page.</summary>
    private sealed record Facts(string Document)
    {
        public int Nodes => (int)Number("nodes");
        public int InView => (int)Number("inview");
        public int FailedInView => (int)Number("failedinview");
        public int Names => (int)Number("names");
        public int Tooltips => (int)Number("tooltips");
        public int Untouchable => (int)Number("untouchable");
        public int Overflow => (int)Number("overflow");
        public double Scale => Number("scale");
        public string Text => Find("text");
        public string Grounds => Find("grounds");

        private double Number(string name) => double.Parse(Find(name), CultureInfo.InvariantCulture);

        private string Find(string name) => Regex.Match(Document, $"data-{name}=\"([^\"]*)\"").Groups[1].Value;
    }
}
