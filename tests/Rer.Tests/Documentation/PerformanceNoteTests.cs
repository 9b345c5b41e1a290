using System.Text.RegularExpressions;
using Rer.Solving;

namespace Rer.Tests.Documentation;

/// <summary>
/// A remark that begins with <c>PERF:</c> says what a technique gains. A reader has to know how that was measured, and
/// when.
/// </summary>
public sealed partial class PerformanceNoteTests
{
    private static readonly string s_switches = Path.Combine("Rer", "Solving", "Settings", "EngineSwitches.cs");

    /// <summary>The comments with notes, by the file that has them, as one line each.</summary>
    private static readonly Lazy<ILookup<string, string>> s_notes = new(() =>
    {
        string root = Path.Combine(DataSet.Root, "fast");
        return Directory
            .EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Contains("obj"))
            .SelectMany(path =>
                Comments()
                    .Matches(File.ReadAllText(path))
                    .Select(comment => LineStart().Replace(comment.Value, " "))
                    .Where(comment => comment.Contains("PERF:", StringComparison.Ordinal))
                    .Select(comment => (File: Path.GetRelativePath(root, path), Comment: comment))
            )
            .ToLookup(note => note.File, note => note.Comment);
    });

    [Fact]
    public void Every_note_says_how_and_when_it_was_measured() =>
        s_notes
            .Value.SelectMany(file => file.Select(note => (File: file.Key, Note: note)))
            .Where(item => !IsMeasured(item.Note))
            .Select(item => $"{item.File}: {item.Note}")
            .ShouldBeEmpty();

    /// <summary>
    /// The command and the date are given once for all switches. The note of each has both kinds of figures.
    /// </summary>
    [Fact]
    public void Every_switch_has_a_note_about_steady_and_first_passes()
    {
        string[] notes = [.. s_notes.Value.SelectMany(file => file)];
        EngineSwitches
            .WithoutOne.Keys.Where(name =>
                !notes.Any(note =>
                    note.Contains(name, StringComparison.Ordinal)
                    && note.Contains("steady", StringComparison.Ordinal)
                    && note.Contains("first pass", StringComparison.Ordinal)
                )
            )
            .ShouldBeEmpty();
        s_notes.Value[s_switches].ShouldContain(note => note.Contains("rer bench", StringComparison.Ordinal));
    }

    /// <summary>A date, with a command or with the commit that was compared with the one before; or a switch.</summary>
    private static bool IsMeasured(string note) =>
        EngineSwitches.WithoutOne.Keys.Any(name => note.Contains(name, StringComparison.Ordinal))
        || (Date().IsMatch(note) && (note.Contains("<c>", StringComparison.Ordinal) || Commit().IsMatch(note)));

    [GeneratedRegex(@"(?:^[ \t]*//.*\n)+", RegexOptions.Multiline)]
    private static partial Regex Comments();

    [GeneratedRegex(@"\s*///? ?")]
    private static partial Regex LineStart();

    [GeneratedRegex(@"\b20\d\d-\d\d-\d\d\b")]
    private static partial Regex Date();

    [GeneratedRegex(@"\bcommit [0-9a-f]{7}\b")]
    private static partial Regex Commit();
}
