using System.Globalization;

namespace Rer.Tests.Documentation;

/// <summary>A command shown on a documentation page, with its documented result.</summary>
/// <param name="Page">The page, relative to the root of the clone.</param>
/// <param name="Line">The command.</param>
/// <param name="ExitCode">0, or the code in a comment after the command.</param>
/// <param name="Output">The output shown on the page; null if there is none.</param>
internal sealed record DocumentedCommand(string Page, string Line, int ExitCode, string? Output);

/// <summary>A fenced block of a page.</summary>
/// <param name="Info">The text after the opening fence.</param>
/// <param name="Lines">The lines between the fences.</param>
internal sealed record FencedBlock(string Info, List<string> Lines);

/// <summary>
/// Reads pages of documentation. Commands are the lines of fenced <c>sh</c> blocks. A <c>text</c> block right after one
/// shows the output of its last command.
/// </summary>
internal static class Page
{
    private const string Fence = "```";
    private const string Indent = "    ";
    private const string ExitCodeComment = "# exit code ";

    private static readonly string[] s_foldersOfOthers =
    [
        ".git",
        "BenchmarkDotNet.Artifacts",
        "artifacts",
        "bin",
        "checkout",
        "obj",
    ];

    /// <summary>All pages of the clone, relative to its root.</summary>
    public static IEnumerable<string> All { get; } =
    [
        .. Directory
            .EnumerateFiles(DataSet.Root, "*.md", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(DataSet.Root, path).Replace('\\', '/'))
            .Where(page => !page.Split('/').Intersect(s_foldersOfOthers).Any())
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The text of a page.</summary>
    public static string Text(string page) => File.ReadAllText(Path.Combine(DataSet.Root, page));

    /// <summary>The commands of a page.</summary>
    public static IEnumerable<DocumentedCommand> Commands(string page)
    {
        List<FencedBlock> blocks = Blocks(page);
        for (int i = 0; i < blocks.Count; i++)
        {
            if (blocks[i].Info != "sh")
            {
                continue;
            }
            List<string> lines = blocks[i].Lines;
            string? output =
                i + 1 < blocks.Count && blocks[i + 1].Info == "text"
                    ? string.Concat(blocks[i + 1].Lines.Select(line => line + "\n"))
                    : null;
            for (int line = 0; line < lines.Count; line++)
            {
                yield return Read(page, lines[line], line == lines.Count - 1 ? output : null);
            }
        }
    }

    /// <summary>The fenced blocks of a page.</summary>
    public static List<FencedBlock> Blocks(string page) => Parse(page).Fenced;

    /// <summary>The lines of a page that are indented as code, without the indentation.</summary>
    public static List<string> IndentedLines(string page) => Parse(page).Indented;

    private static (List<FencedBlock> Fenced, List<string> Indented) Parse(string page)
    {
        List<FencedBlock> fenced = [];
        List<string> indented = [];
        bool isInside = false;
        foreach (string line in File.ReadLines(Path.Combine(DataSet.Root, page)))
        {
            if (line.StartsWith(Fence, StringComparison.Ordinal))
            {
                isInside = !isInside;
                if (isInside)
                {
                    fenced.Add(new FencedBlock(line[Fence.Length..], []));
                }
            }
            else if (isInside)
            {
                fenced[^1].Lines.Add(line);
            }
            else if (line.StartsWith(Indent, StringComparison.Ordinal))
            {
                indented.Add(line[Indent.Length..]);
            }
        }
        return (fenced, indented);
    }

    private static DocumentedCommand Read(string page, string line, string? output)
    {
        int comment = line.IndexOf(ExitCodeComment, StringComparison.Ordinal);
        return comment < 0
            ? new DocumentedCommand(page, line.Trim(), 0, output)
            : new DocumentedCommand(
                page,
                line[..comment].Trim(),
                int.Parse(line.AsSpan(comment + ExitCodeComment.Length), CultureInfo.InvariantCulture),
                output
            );
    }
}
