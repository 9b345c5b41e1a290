using System.Text.RegularExpressions;
using Rer.Insights;

namespace Rer.Tests.Cli;

/// <summary>Reports as pages, in a real browser: 20,000 rows are shown, sorted, filtered and printed.</summary>
public sealed class ReportPageTests : IDisposable
{
    private const int RowCount = 20_000;

    private static readonly string[] s_levels = ["error", "warning", "note"];

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_page_is_self_contained()
    {
        string page = Page(10).ToHtml();

        page.ShouldStartWith("<!doctype html>");
        page.ShouldNotContain("://");
        page.ShouldNotContain("{{");
    }

    [Fact]
    public async Task A_browser_shows_the_beginning_of_a_long_table()
    {
        Browser browser = Browser.OrSkip();

        string dom = await browser.DumpDomAsync(Write(Page(RowCount).ToHtml()));

        dom.ShouldContain("20,000 rows");
        Regex.Count(dom, "<tr").ShouldBeInRange(201, 2001);
        dom.ShouldContain(">foo-1.0<");
        dom.ShouldContain(">error (6667)<");
        dom.ShouldContain(">nothing at all<");
    }

    [Fact]
    public async Task A_browser_sorts_filters_and_opens_rows()
    {
        Browser browser = Browser.OrSkip();
        // What a person would do, after the page's own script has run.
        const string Acts = """
            const section = document.querySelector("section");
            const [search, select] = [section.querySelector("input"), section.querySelector("select")];
            const names = () => [...section.querySelectorAll("tbody tr:not(.detail) td:nth-child(2)")].slice(0, 3).map(td => td.textContent).join(" ");
            const buttons = section.querySelectorAll("th button");
            const told = [];
            buttons[2].click(); told.push(names(), section.querySelectorAll("th")[2].ariaSort);
            buttons[1].click(); told.push(names());
            buttons[1].click(); told.push(names());
            search.value = "FOO-1.1 row"; search.dispatchEvent(new Event("input")); told.push(section.querySelector("output").textContent);
            select.value = "=note"; select.dispatchEvent(new Event("change")); told.push(section.querySelector("output").textContent, names());
            section.querySelector("tbody tr").click(); told.push(section.querySelector("tr.detail pre").textContent);
            document.title = told.join(" | ");
            """;
        string html = Page(RowCount).ToHtml();
        html = Regex.Replace(html, "<meta http-equiv[^>]*>", "");
        html = html.Replace("</body>", $"<script>{Acts}</script></body>", StringComparison.Ordinal);

        string dom = await browser.DumpDomAsync(Write(html));

        Regex
            .Match(dom, "<title>(.*?)</title>")
            .Groups[1]
            .Value.ShouldBe(
                "foo-1.19999 foo-1.19998 foo-1.19997 | descending | foo-1.0 foo-1.1 foo-1.2 | foo-1.19999 foo-1.19998 foo-1.19997 | "
                    + "11,111 of 20,000 rows | 3,702 of 20,000 rows | foo-1.19997 foo-1.19994 foo-1.19991 | detail of 19997"
            );
    }

    [Theory]
    [InlineData("390,844", false)]
    [InlineData("390,844", true)]
    [InlineData("1280,800", false)]
    [InlineData("1280,800", true)]
    public async Task All_columns_fit_the_window_and_can_be_read(string window, bool isDark)
    {
        Browser browser = Browser.OrSkip();
        const string Look = """
            const luminance = color => {
              const [r, g, b] = color.match(/[\d.]+/g).map(part => part / 255).map(c => c <= 0.04 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
              return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            };
            const paper = luminance(getComputedStyle(document.body).backgroundColor);
            const contrast = cell => {
              const ink = luminance(getComputedStyle(cell).color);
              return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
            };
            const cells = [...document.querySelectorAll("tbody td")].slice(0, 40);
            document.title = [
              document.documentElement.scrollWidth <= innerWidth,
              cells.every(cell => cell.getBoundingClientRect().right <= innerWidth),
              cells.flatMap(cell => [cell, ...cell.querySelectorAll("span")]).every(cell => contrast(cell) >= 4.5),
              paper < 0.2,
            ].join(" ");
            """;
        string html = Regex.Replace(Page(100).ToHtml(), "<meta http-equiv[^>]*>", "");
        html = html.Replace("</body>", $"<script>{{{Look}}}</script></body>", StringComparison.Ordinal);

        string dom = await browser.DumpDomAsync(Write(html), window, isDark);

        Regex
            .Match(dom, "<title>(.*?)</title>")
            .Groups[1]
            .Value.ShouldBe($"true true true {(isDark ? "true" : "false")}");
    }

    [Fact]
    public async Task A_browser_prints_all_rows()
    {
        Browser browser = Browser.OrSkip();
        string pdf = _files.PathOf("report.pdf");

        await browser.PrintAsync(Write(Page(1000).ToHtml()), pdf);

        // 1,000 rows do not fit on the paper that the 200 rows on the screen need.
        string text = System.Text.Encoding.Latin1.GetString(
            await File.ReadAllBytesAsync(pdf, TestContext.Current.CancellationToken)
        );
        Regex.Count(text, @"/Type\s*/Page\b").ShouldBeGreaterThan(15);
    }

    [Fact]
    public async Task Nothing_breaks_out_in_a_browser()
    {
        Browser browser = Browser.OrSkip();
        string[] texts =
        [
            "\" onload=\"document.title=2",
            "</title><script>document.title=3</script>",
            "{{data}}",
            "</script><img src=x onerror=document.title=4>",
            "error\" onclick=\"document.title=5",
        ];
        var page = new ReportPage(
            texts[1],
            texts[0],
            [.. texts.Select(text => new ReportFact(text, text))],
            [
                new ReportTable(
                    texts[3],
                    [new ReportColumn(texts[0], ReportColumnKind.Choice), new ReportColumn(texts[1])],
                    [.. texts.Select(text => new ReportRow([text, text], text))]
                ),
            ]
        );

        string dom = await browser.DumpDomAsync(Write(page.ToHtml()));

        dom.ShouldContain("{{data}}");
        Regex.IsMatch(dom, "<title>[1-5]</title>").ShouldBeFalse();
        Regex.Count(dom, "<script").ShouldBe(2);
        Regex.IsMatch(dom, @"<[^>""]*(""[^""]*""[^>""]*)*\son\w+=").ShouldBeFalse();
    }

    private string Write(string html) => new Uri(_files.Write("report.html", html)).AbsoluteUri;

    private static ReportPage Page(int rows) =>
        new(
            "audit of /packages",
            "something is wrong",
            [new ReportFact("packages", "20,000")],
            [
                new ReportTable(
                    "findings",
                    [
                        new ReportColumn("level", ReportColumnKind.Choice),
                        new ReportColumn("package", ReportColumnKind.Name),
                        new ReportColumn("number", ReportColumnKind.Number),
                        new ReportColumn("text"),
                    ],
                    [
                        .. Enumerable
                            .Range(0, rows)
                            .Select(i => new ReportRow(
                                [s_levels[i % 3], $"foo-1.{i}", $"{i}", $"row number {i}"],
                                $"detail of {i}"
                            )),
                    ]
                ),
                new ReportTable("others", [new ReportColumn("text")], [], "nothing at all"),
            ]
        );
}
