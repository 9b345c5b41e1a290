using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Rer.Insights.Text;

namespace Rer.Tests.Cli;

/// <summary>Whatever a repository contains, it cannot control a terminal, and documents stay intact.</summary>
public sealed class VisibleTextTests : IDisposable
{
    // Text that ends, opens or means something in a terminal, HTML, SVG, DOT, JSON or a template.
    private static readonly string[] s_pieces =
    [
        "\u001b]0;title\u0007",
        "\u001b[2J",
        "\u009b31m",
        "\r",
        "\u0000",
        "\u202e",
        "\u2066",
        "\ufeff",
        "\u2028",
        "\ud800",
        "\U000e0001",
        "\"",
        "'",
        "\\",
        "<script>alert(1)</script>",
        "</script>",
        "</style>",
        "]]>",
        "-->",
        "<!--",
        "&lt;",
        "{{data}}",
        "{{svg}}",
        "{{title}}",
        " onmouseover=alert(1) ",
        "\" onmouseover=\"alert(1)",
        "[red]x[/]",
        "[/]",
        "];\n_1 [URL=\"javascript:alert(1)\"",
        "\\N",
        "é",
        "日本",
        "🎬",
        "\t",
    ];

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("plain text\nof two lines", "plain text\nof two lines")]
    [InlineData("é 日本 🎬\t\\", "é 日本 🎬\t\\")]
    [InlineData("\u001b[31mred\u001b[0m", "\\x1b[31mred\\x1b[0m")]
    [InlineData("over\rwritten", "over\\rwritten")]
    [InlineData("\u009b\u007f\u0000", "\\x9b\\x7f\\x00")]
    [InlineData("\u202egnp.exe", "\\u202egnp.exe")]
    [InlineData("\U000e0041", "\\U000e0041")]
    public void Invisible_characters_are_escaped(string text, string visible) => VisibleText.Of(text).ShouldBe(visible);

    [Fact]
    public void A_lone_surrogate_is_escaped() => VisibleText.Of("a\ud800b").ShouldBe("a\\ud800b");

    [Fact]
    public void A_name_stays_on_its_line() => VisibleText.OfLine("1\nusd-2\té").ShouldBe("1\\nusd-2\té");

    /// <summary>
    /// Random names made of <see cref="s_pieces"/>, in every position of a resolve and of a failure. RER_HOSTILE_CASES
    /// makes it run longer.
    /// </summary>
    [Fact]
    public async Task Nothing_breaks_out()
    {
        int count = int.TryParse(Environment.GetEnvironmentVariable("RER_HOSTILE_CASES"), out int cases) ? cases : 60;
        int seed = Environment.TickCount;
        for (int i = 0; i < count; i++)
        {
            await ShouldStayInside(new Random(seed + i), $"seed {seed + i}");
        }
    }

    private async Task ShouldStayInside(Random random, string which)
    {
        string Hostile() =>
            string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => s_pieces[random.Next(s_pieces.Length)]));
        // Mostly one that rez accepts: never with two adjacent separators.
        string version =
            random.Next(4) == 0
                ? $"1{Hostile()}2"
                : "1" + string.Join("a", Enumerable.Range(0, 3).Select(_ => Separator(random))) + "2";
        string family = random.Next(4) == 0 ? $"b{Hostile()}" : "b";
        string requirement =
            random.Next(3) == 0 ? $"b-{Hostile()}"
            : random.Next(2) == 0 ? "b"
            : "!b";
        string book = WriteBook(family, version, requirement);
        string request = random.Next(3) == 0 ? Hostile() : "a";
        foreach (string format in new[] { "table", "json", "dot", "svg", "html" })
        {
            CliRun run = await CliRun.Of("solve", "-r", book, "--format", format, "--fail-graph", "--", request, "b");
            CliRun explained = await CliRun.Of("explain", "-r", book, "--", request, "b");

            string where = $"{which}, {format}: {run.Output}{run.Error}";
            run.ExitCode.ShouldBeOneOf([0, 1, 2], where);
            ShouldShow(run.Error, where);
            ShouldShow(explained.Output + explained.Error, where);
            ShouldBe(format, run.Output, where);
        }
    }

    private static char Separator(Random random)
    {
        const string Separators = "\"'\\<>&{}[];:|$`\r\n\t\u001b\u009b\0\u202e\u2028\u200d ";
        return Separators[random.Next(Separators.Length)];
    }

    private string WriteBook(string family, string version, string requirement)
    {
        static string Text(string text) => JsonSerializer.Serialize(text);
        return _files.WriteBook(
            $$$"""{"a": {"1": {"requires": [{{{Text(requirement)}}}]}}, {{{Text(family)}}}: { {{{Text(version)}}}: {} } }"""
        );
    }

    private static void ShouldBe(string format, string text, string where)
    {
        ShouldShow(text, where);
        if (text.Length == 0)
        {
            return;
        }
        switch (format)
        {
            case "json":
                JsonElement.Parse(text).ValueKind.ShouldBe(JsonValueKind.Object, where);
                break;
            case "dot":
                ShouldBeDot(text, where);
                break;
            case "svg":
                ShouldBeInert(XElement.Parse(text), where);
                break;
            case "html":
                text.Split("<script").Length.ShouldBe(3, where);
                text.Split("</script").Length.ShouldBe(3, where);
                string svg = text[text.IndexOf("<svg", StringComparison.Ordinal)..];
                ShouldBeInert(XElement.Parse(svg[..(svg.IndexOf("</svg>", StringComparison.Ordinal) + 6)]), where);
                break;
        }
    }

    /// <summary>Text is shown as it is, and no character of it controls a terminal.</summary>
    private static void ShouldShow(string text, string where) =>
        text.EnumerateRunes()
            .ShouldAllBe(
                rune =>
                    rune.Value == '\n'
                    || rune.Value == '\t'
                    || !Rune.IsControl(rune) && rune.Value != 0x202e && rune.Value != 0x2028,
                where
            );

    /// <summary>There is no element that runs code, and no attribute that Rer does not write.</summary>
    private static void ShouldBeInert(XElement svg, string where)
    {
        string[] elements = ["svg", "style", "rect", "g", "path", "text", "title"];
        svg.DescendantsAndSelf().Select(element => element.Name.LocalName).Except(elements).ShouldBeEmpty(where);
        svg.DescendantsAndSelf()
            .SelectMany(element => element.Attributes())
            .ShouldNotContain(attribute => attribute.Name.LocalName.StartsWith("on"), where);
    }

    /// <summary>Every line is one that Rer writes: a node or an edge, with closed texts.</summary>
    private static void ShouldBeDot(string text, string where)
    {
        const string Quoted = """
            "(?:[^"\\]|\\.)*"
            """;
        foreach (string line in text.TrimEnd('\n').Split('\n')[1..^1])
        {
            line.ShouldMatch($@"^_\d+ (-> _\d+ )?\[\w+={Quoted}(, \w+={Quoted})*\];$", where);
        }
    }
}
