using System.Globalization;

namespace Rer.Tests.Documentation;

/// <summary>Other pages repeat the figures of the front page, and may not contradict them.</summary>
public sealed class FigureTests
{
    [Theory]
    [InlineData("fast/docs/index.md")]
    [InlineData("fast/docs/how-fast.md")]
    public void A_page_has_the_times_of_the_front_page(string page)
    {
        int rez = (int)Math.Round(Best("rez") / 1000);
        int fast = (int)Math.Round(Best("fast"));

        Page.Text(page).ShouldContain($"rez takes {rez} s");
        Page.Text(page).ShouldContain($"Rer {fast} ms");
    }

    /// <summary>The column "best, ms" of an engine in the first table of the front page.</summary>
    private static double Best(string engine)
    {
        string row = Page.Text("README.md")
            .Split('\n')
            .First(line => line.StartsWith($"| {engine} ", StringComparison.Ordinal));
        return double.Parse(row.Split('|')[4].Trim(), NumberStyles.Number, CultureInfo.InvariantCulture);
    }
}
