using System.Reflection;
using System.Text.RegularExpressions;

namespace Rer.Tests.Documentation;

/// <summary>What the engine's sources may know of each other.</summary>
public partial class FolderTests
{
    /// <summary>The folders of <c>fast/Rer</c>. Each may use those before it.</summary>
    private static readonly string[] s_folders =
    [
        "Versions",
        "Compiling",
        "Policies",
        "Asking",
        "Ordering",
        "Solving",
        "Replaying",
    ];

    /// <summary>The folders of <c>Solving</c>. Each may use those before it.</summary>
    private static readonly string[] s_solving = ["Sets", "State", "Steps"];

    [Fact]
    public void No_folder_of_the_engine_uses_one_behind_it() => Check(EngineFolder(), s_folders);

    [Fact]
    public void No_folder_of_the_solver_uses_one_behind_it() =>
        Check(Path.Combine(EngineFolder(), "Solving"), s_solving);

    /// <summary>The files above the folders are for callers, and put the folders together.</summary>
    [Fact]
    public void No_folder_of_the_engine_uses_what_stands_above_it()
    {
        string[] above =
        [
            .. Directory.EnumerateFiles(EngineFolder(), "*.cs").Select(path => Path.GetFileNameWithoutExtension(path)!),
        ];
        above.ShouldContain(nameof(FastResolver));
        List<string> faults = [];
        foreach (string path in s_folders.SelectMany(folder => Sources(Path.Combine(EngineFolder(), folder))))
        {
            string code = Comment().Replace(File.ReadAllText(path), "");
            faults.AddRange(
                above
                    .Where(type => Regex.IsMatch(code, $@"\b{type}\b"))
                    .Select(type => $"{Path.GetRelativePath(EngineFolder(), path)} uses {type}")
            );
        }

        faults.ShouldBeEmpty();
    }

    [Fact]
    public void All_folders_of_the_engine_have_their_place()
    {
        Directory
            .EnumerateDirectories(EngineFolder())
            .Select(Path.GetFileName)
            .Except(["bin", "obj"])
            .ShouldBe(s_folders, ignoreOrder: true);
        Directory
            .EnumerateDirectories(Path.Combine(EngineFolder(), "Solving"))
            .Select(Path.GetFileName)
            .ShouldBe(s_solving, ignoreOrder: true);
    }

    [Fact]
    public void No_type_of_the_engine_is_longer_than_500_lines()
    {
        foreach (string path in Sources(EngineFolder()))
        {
            string[] lines = File.ReadAllLines(path);
            lines.Length.ShouldBeLessThanOrEqualTo(500, path);
            lines.ShouldNotContain(line => PartialType().IsMatch(line), $"{path}: a type in parts hides its length");
        }
    }

    /// <summary>A field that others write to has no owner.</summary>
    [Fact]
    public void No_field_of_a_class_that_solves_is_written_by_another()
    {
        string[] owned = ["Rer.Asking", "Rer.Ordering", "Rer.Solving", "Rer.Replaying"];
        IEnumerable<string> open =
            from type in typeof(FastResolver).Assembly.GetTypes()
            where type.IsClass && owned.Any(name => type.Namespace?.StartsWith(name, StringComparison.Ordinal) is true)
            from field in type.GetFields(
                BindingFlags.Instance
                    | BindingFlags.Static
                    | BindingFlags.Public
                    | BindingFlags.NonPublic
                    | BindingFlags.DeclaredOnly
            )
            where !field.IsPrivate && !field.IsInitOnly && !field.IsLiteral && !type.Name.Contains('<')
            select $"{type.FullName}.{field.Name}";
        open.ShouldBeEmpty();
    }

    private static void Check(string root, string[] folders)
    {
        List<string> faults = [];
        for (int i = 0; i < folders.Length; i++)
        {
            foreach (string path in Sources(Path.Combine(root, folders[i])))
            {
                string code = Comment().Replace(File.ReadAllText(path), "");
                foreach (string behind in folders[(i + 1)..])
                {
                    if (Regex.IsMatch(code, $@"\b{behind}(\.[A-Z]|;)"))
                    {
                        faults.Add($"{Path.GetRelativePath(root, path)} uses {behind}");
                    }
                }
            }
        }

        faults.ShouldBeEmpty();
    }

    private static IEnumerable<string> Sources(string root) =>
        Directory
            .EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Where(path =>
                !path.Contains(
                    $"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}",
                    StringComparison.Ordinal
                )
            );

    private static string EngineFolder() => Path.Combine(DataSet.Root, "fast", "Rer");

    [GeneratedRegex("//.*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\bpartial (class|struct|record)\b")]
    private static partial Regex PartialType();
}
