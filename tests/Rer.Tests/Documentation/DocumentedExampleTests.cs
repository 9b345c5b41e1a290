using System.Text.RegularExpressions;
using Rer.Books;
using Rer.Reference;

namespace Rer.Tests.Documentation;

/// <summary>
/// Every code block in the documentation is of a kind that something checks, and every link has a target.
/// </summary>
public sealed partial class DocumentedExampleTests
{
    /// <summary>What checks each kind of block.</summary>
    private static readonly Dictionary<string, string> s_kinds = new()
    {
        ["sh"] = nameof(DocumentedCommandTests),
        ["text"] = "what the block above it prints: checked with it",
        ["csharp example"] = "tests/packages/run.sh",
        ["fsharp example"] = "tests/packages/run.sh",
        ["python"] = "fast/pyrer/tests/test_readme.py",
        ["mermaid"] = "a picture, which the site of fast/docs/build.sh shows",
    };

    private static readonly string[] s_programs = ["rer", "dotnet", "python", "python3", "git", "bash", ".ci/run"];

    [Fact]
    public void Every_block_is_of_a_kind_that_is_checked() =>
        Page
            .All.SelectMany(page => Page.Blocks(page).Select(block => $"{page}: {block.Info}"))
            .Where(block => !s_kinds.ContainsKey(block[(block.IndexOf(": ", StringComparison.Ordinal) + 2)..]))
            .ShouldBeEmpty();

    [Fact]
    public void Commands_are_in_sh_blocks() =>
        Page
            .All.SelectMany(page => Page.IndentedLines(page).Select(line => $"{page}: {line}"))
            .Where(line => s_programs.Contains(line.Split(' ')[1]))
            .ShouldBeEmpty();

    [Fact]
    public void Logs_that_are_quoted_are_printed()
    {
        IResolver resolver = new ReferenceResolver();
        using StringWriter log = new() { NewLine = "\n" };
        ResolveOptions options = new() { Log = new SolveLog(log, Verbosity: 3) };
        foreach (string file in Directory.GetFiles(Path.Combine(DataSet.Root, "reference/examples")))
        {
            foreach (Book book in BookFile.Read(file))
            {
                foreach (Case @case in book.Cases)
                {
                    resolver.Resolve(@case.Request, book.Repository, options);
                }
            }
        }
        string[] printed = log.ToString().Split('\n');

        Page.IndentedLines("reference/SOLVER.md").ShouldNotBeEmpty();
        Page.IndentedLines("reference/SOLVER.md").ShouldBeSubsetOf(printed);
    }

    [Fact]
    public void Links_have_targets() =>
        Page
            .All.SelectMany(page => Links().Matches(Page.Text(page)).Select(link => (page, link.Groups[1].Value)))
            .Where(link =>
                !link.Value.StartsWith("https:", StringComparison.Ordinal) && !LeadsSomewhere(link.page, link.Value)
            )
            .ShouldBeEmpty();

    [Fact]
    public void Headings_that_the_reference_cites_exist()
    {
        string headings = Page.Text("reference/SOLVER.md");
        HashSet<string> cited =
        [
            .. Directory
                .GetFiles(Path.Combine(DataSet.Root, "reference/Rer.Reference"), "*.fs")
                .SelectMany(file => Citations().Matches(File.ReadAllText(file)))
                .Select(citation => citation.Groups[1].Value),
        ];

        cited.ShouldNotBeEmpty();
        cited.ShouldAllBe(anchor => headings.Contains($"<a id=\"{anchor}\"></a>"));
    }

    /// <summary>Whether the file of a link exists and contains the link's anchor, if it has one.</summary>
    private static bool LeadsSomewhere(string page, string link)
    {
        string[] parts = link.Split('#');
        string target = parts[0].Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, parts[0]);
        return Path.Exists(Path.Combine(DataSet.Root, target))
            && (
                parts.Length == 1
                || Page.Text(target).Contains($"<a id=\"{parts[1]}\"></a>")
                || Page.Text(target).Split('\n').Any(line => AnchorOf(line) == parts[1])
            );
    }

    /// <summary>The anchor of a heading line, as on pages of the repository and of the site.</summary>
    private static string? AnchorOf(string line) =>
        line.StartsWith('#')
            ? string.Concat(
                    line.TrimStart('#').Trim().ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-')
                )
                .Replace(' ', '-')
            : null;

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Links();

    [GeneratedRegex(@"SOLVER\.md#([\w-]+)")]
    private static partial Regex Citations();
}
