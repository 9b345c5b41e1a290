using System.Globalization;

namespace Rer.Tests.Documentation;

/// <summary>A command that a page of documentation shows, and what it says comes of it.</summary>
/// <param name="Page">The page, relative to the root of the clone.</param>
/// <param name="Line">The command.</param>
/// <param name="ExitCode">0, or what a comment behind the command says.</param>
/// <param name="Output">What the page shows that it prints; null if it does not.</param>
internal sealed record DocumentedCommand(string Page, string Line, int ExitCode, string? Output);

/// <summary>
/// Reads the commands of a page: the lines of fenced blocks of <c>sh</c>. A block of <c>text</c> right behind one shows
/// what its last command prints. What nobody can run here (it needs a rez, or an idle machine) stands in a block of
/// <c>sh by-hand</c>.
/// </summary>
internal static class Page
{
    private const string Fence = "```";
    private const string ExitCodeComment = "# exit code ";

    public static IEnumerable<DocumentedCommand> Commands(string page)
    {
        List<(string Info, List<string> Lines)> blocks = Blocks(File.ReadLines(Path.Combine(DataSet.Root, page)));
        for (int i = 0; i < blocks.Count; i++)
        {
            if (blocks[i].Info != "sh")
                continue;
            List<string> lines = blocks[i].Lines;
            string? output =
                i + 1 < blocks.Count && blocks[i + 1].Info == "text"
                    ? string.Concat(blocks[i + 1].Lines.Select(line => line + "\n"))
                    : null;
            for (int line = 0; line < lines.Count; line++)
                yield return Read(page, lines[line], line == lines.Count - 1 ? output : null);
        }
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

    private static List<(string Info, List<string> Lines)> Blocks(IEnumerable<string> lines)
    {
        List<(string Info, List<string> Lines)> blocks = [];
        bool isInside = false;
        foreach (string line in lines)
        {
            if (line.StartsWith(Fence, StringComparison.Ordinal))
            {
                isInside = !isInside;
                if (isInside)
                    blocks.Add((line[Fence.Length..], []));
            }
            else if (isInside)
                blocks[^1].Lines.Add(line);
        }
        return blocks;
    }
}
