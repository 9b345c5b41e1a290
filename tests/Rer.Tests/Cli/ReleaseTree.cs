using Rer.Repositories;
using Rer.Tests.Repositories;

namespace Rer.Tests.Cli;

/// <summary>
/// Packages with times, on disk, written as lines: <c>30 maya-2025 python-3.11</c> is released at 30 and requires
/// python. <c>-</c> means no time, <c>2:</c> in front of the time means the second package path, and <c>|</c> starts a
/// variant.
/// </summary>
internal sealed class ReleaseTree : IDisposable
{
    private readonly PackageTree _tree = new();

    public ReleaseTree(string lines)
    {
        Directory.CreateDirectory(_tree.PathOf("1"));
        Directory.CreateDirectory(_tree.PathOf("2"));
        foreach (string line in lines.Split([';', '\n'], StringSplitOptions.TrimEntries))
        {
            if (line.Length > 0)
            {
                Release(line);
            }
        }
    }

    /// <summary>The package paths, as in <c>--paths</c>.</summary>
    public string Paths => $"{_tree.PathOf("1")}{Path.PathSeparator}{_tree.PathOf("2")}";

    public FilesystemRepository Open() => new([_tree.PathOf("1"), _tree.PathOf("2")]);

    public string PathOf(string name) => _tree.PathOf(name);

    /// <summary>The times of all releases, sorted and without duplicates.</summary>
    public SortedSet<long> Times { get; } = [];

    public void Dispose() => _tree.Dispose();

    private void Release(string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string path = words[0].StartsWith("2:", StringComparison.Ordinal) ? "2" : "1";
        string time = words[0][(words[0].IndexOf(':') + 1)..];
        string[] name = words[1].Split('-', 2);
        string[][] parts =
        [
            .. string.Join(' ', words[2..])
                .Split('|')
                .Select(part => part.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
        ];
        static string List(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(text => $"'{text}'"))}]";
        string variants = parts.Length == 1 ? "" : $"variants = [{string.Join(", ", parts[1..].Select(List))}]\n";
        if (time != "-")
        {
            Times.Add(long.Parse(time, System.Globalization.CultureInfo.InvariantCulture));
        }
        _tree.Write(
            $"{path}/{name[0]}/{name[1]}/package.py",
            $"name = '{name[0]}'\nversion = '{name[1]}'\n"
                + (time == "-" ? "" : $"timestamp = {time}\n")
                + $"requires = {List(parts[0])}\n{variants}"
        );
    }
}
