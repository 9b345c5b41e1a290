using System.Text.RegularExpressions;

namespace Rer.Tests.Cli;

/// <summary>The page about the effect of a change, in a headless browser.</summary>
public sealed class ImpactPageTests : IDisposable
{
    private readonly ImpactTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public async Task A_browser_shows_failures_packages_and_requests()
    {
        Browser browser = Browser.OrSkip();
        CliRun run = await _tree.Run("--remove", "maya-2025", "--format", "html");
        _tree.Write("impact.html", run.Output);

        string dom = await browser.DumpDomAsync(new Uri(_tree.PathOf("impact.html")).AbsoluteUri);

        dom.ShouldContain("<h1>impact: remove maya-2025</h1>");
        dom.ShouldContain("<p>1 request newly failing</p>");
        dom.ShouldContain("tool (requested); maya-2025 (required by tool)");
        dom.ShouldContain("<td class=\"Choice\"><span class=\"newly failing\">newly failing</span>");
        dom.ShouldContain(
            "<td class=\"Name\">python-3.11 -&gt; python-3.10, maya-2025 -&gt; maya-2024, usd-1[1] -&gt; usd-1[0]"
        );
        dom.ShouldContain(">4 rows<");
    }

    /// <summary>A report of two thousand pages of text still opens in a browser.</summary>
    [Fact]
    public async Task A_browser_sorts_and_filters_ten_thousand_requests()
    {
        Browser browser = Browser.OrSkip();
        string[] texts = ["usd", "usd-1", "maya", "tool", "python", "maya-2024 'python-3'", "usd maya-2023"];
        _tree.Write(
            "requests.txt",
            string.Join('\n', Enumerable.Range(0, 10_000).Select(i => texts[i % texts.Length]))
        );
        const string Acts = """
            const section = document.querySelectorAll("section")[2];
            const [search, select] = [section.querySelector("input"), section.querySelector("select")];
            const told = [section.querySelector("output").textContent, section.querySelectorAll("tbody tr").length];
            select.value = "=changed"; select.dispatchEvent(new Event("change")); told.push(section.querySelector("output").textContent);
            search.value = "line 99"; search.dispatchEvent(new Event("input")); told.push(section.querySelector("output").textContent);
            section.querySelectorAll("th button")[1].click(); told.push(section.querySelector("tbody tr td:nth-child(2)").textContent.split(", ")[1]);
            section.querySelector("tbody tr").click(); told.push(section.querySelector("tr.detail pre").textContent);
            document.title = told.join(" | ");
            """;
        CliRun run = await _tree.Run("--remove", "maya-2025", "--format", "html");
        string html = Regex.Replace(run.Output, "<meta http-equiv[^>]*>", "");
        _tree.Write(
            "impact.html",
            html.Replace("</body>", $"<script>{Acts}</script></body>", StringComparison.Ordinal)
        );

        string dom = await browser.DumpDomAsync(new Uri(_tree.PathOf("impact.html")).AbsoluteUri);

        Regex
            .Match(dom, "<title>(.*?)</title>", RegexOptions.Singleline)
            .Groups[1]
            .Value.ShouldBe(
                "10,000 rows | 200 | 1,429 of 10,000 rows | 42 of 10,000 rows | line 199 | "
                    + "python-3.11 -&gt; python-3.10\nmaya-2025 -&gt; maya-2024"
            );
    }
}
