using Microsoft.CodeAnalysis;

namespace Rer.Tests.Documentation;

/// <summary>Which sources in <c>fast/</c> may use each other.</summary>
public class FolderTests
{
    /// <summary>
    /// The folders of each project. Each may use those before it. A dot is the project's own folder.
    /// </summary>
    private static readonly Dictionary<string, string[]> s_folders = new()
    {
        ["Rer"] =
        [
            "Versions",
            "Compiling",
            "Policies",
            "Asking",
            "Ordering",
            "Solving/Settings",
            "Solving/Sets",
            "Solving/State",
            "Solving/Steps",
            "Solving",
            "Replaying",
            ".",
        ],
        ["Rer.Repositories"] =
        [
            "Disk",
            "Python",
            "Definitions",
            "Evaluation",
            "Layout",
            "Indexing",
            "Filesystem",
            "Benchmark",
        ],
        ["Rer.Insights"] =
        [
            ".",
            "Text",
            "Pages",
            "Graphs",
            "Reports",
            "Catalogs",
            "Configuring",
            "Explaining/Worlds",
            "Explaining/Findings",
            "Results",
            "Explaining",
            "Contexts",
            "Dependencies",
            "Auditing",
            "Impacts",
            "Bisecting",
        ],
        ["Rer.Cli"] = ["Output", "Checking", "Input", "Benchmarking", "Rendering", "Commands", "."],
        ["Rer.Cli.Reference"] = ["."],
        ["Rer.Hosting"] = ["."],
        ["Rer.Native"] = ["."],
    };

    /// <summary>
    /// Types that may be long. A reader of Python consists of one recursion over the grammar and one over its meaning.
    /// Each is split into parts by kind of expression and statement, but is a single type.
    /// </summary>
    private static readonly string[] s_longTypes = ["PythonInterpreter", "PythonLexer", "PythonParser"];

    private static readonly Lazy<Dictionary<string, SourceProject>> s_projects = new(() =>
        s_folders.Keys.ToDictionary(
            name => name,
            name =>
                name switch
                {
                    "Rer" or "Rer.Repositories" => new SourceProject(name, "Version = Rer.Versions.Version"),
                    "Rer.Cli" => new SourceProject(name, "Rer.Insights", "Rer.Insights.Text"),
                    _ => new SourceProject(name),
                }
        )
    );

    private static readonly Lazy<
        List<(IFieldSymbol Field, IReadOnlyCollection<INamedTypeSymbol> Writers)>
    > s_openFields = new(() => [.. s_projects.Value["Rer"].OpenFields()]);

    public static TheoryData<string> Projects => [.. s_folders.Keys];

    [Fact]
    public void All_projects_have_their_folders_in_order() =>
        Directory
            .EnumerateFiles(Path.Combine(DataSet.Root, "fast"), "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Path.Combine(DataSet.Root, "fast"), path))
            .Select(path => path.Split(Path.DirectorySeparatorChar))
            .Where(parts => !parts.Contains("obj"))
            .Select(parts => parts[0])
            .Distinct()
            .Except(["examples"])
            .ShouldBe(s_folders.Keys, ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Projects))]
    public void All_folders_have_their_place(string project) =>
        s_projects.Value[project].Folders.ShouldBe(s_folders[project], ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_folder_uses_one_behind_it(string project)
    {
        string[] folders = s_folders[project];
        s_projects
            .Value[project]
            .Uses()
            .Where(use => Array.IndexOf(folders, use.TypeFolder) > Array.IndexOf(folders, use.Folder))
            .Select(use => $"{use.File} uses {use.Type} of {use.TypeFolder}")
            .ShouldBeEmpty();
    }

    /// <summary>Makes sure that the checks above find anything at all.</summary>
    [Fact]
    public void What_a_folder_uses_is_found()
    {
        var uses = s_projects.Value["Rer.Repositories"].Uses().ToList();
        uses.ShouldContain(use =>
            use.Folder == "Filesystem" && use.Type == "IndexedFamily" && use.TypeFolder == "Indexing"
        );
        s_projects.Value["Rer"].Uses().Select(use => use.Type).ShouldContain("SolveState");
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_type_is_longer_than_500_lines_in_all_its_parts(string project) =>
        s_projects
            .Value[project]
            .Lengths()
            .Where(type => type.Lines > 500 && !s_longTypes.Contains(type.Type.Split('.')[^1]))
            .Select(type => $"{type.Type}: {type.Lines} lines")
            .ShouldBeEmpty();

    /// <summary>A field that two types write to has no owner. The rows of a solve's state belong to all of its parts:
    /// see <see cref="No_row_of_the_state_is_written_outside_of_its_folder"/>.</summary>
    [Fact]
    public void No_field_of_a_class_is_written_by_two_types() =>
        s_openFields
            .Value.Where(open => open.Field.ContainingType.IsReferenceType && open.Writers.Count > 1)
            .Select(open => $"{open.Field} is written by {string.Join(" and ", open.Writers)}")
            .ShouldBeEmpty();

    /// <summary>A solve's state is <c>SolveState</c> and its parts. Nothing else writes to one of their rows, such as a
    /// scope.</summary>
    [Fact]
    public void No_row_of_the_state_is_written_outside_of_its_folder()
    {
        var rows = s_openFields.Value.Where(open => open.Field.ContainingType.IsValueType).ToList();
        rows.ShouldContain(open => open.Field.ContainingType.Name == "Scope");
        rows.SelectMany(open =>
                open.Writers.Where(writer =>
                        writer.ContainingNamespace.ToDisplayString() != open.Field.ContainingNamespace.ToDisplayString()
                    )
                    .Select(writer => $"{open.Field} is written by {writer}")
            )
            .ShouldBeEmpty();
    }

    /// <summary>
    /// The parts of a solve's state return arrays and spans, which the compiler does not protect. Outside of the state,
    /// they are only read.
    /// </summary>
    [Fact]
    public void Steps_only_read_the_parts_of_the_state()
    {
        string[] parts = ["SetStore", "Trail", "Links", "Pending", "ScopeList", "FamilyTable", "Marks"];
        string[] reads = ["Of", "Read", "Top", "Count"];
        var uses = s_projects.Value["Rer"].MemberUses(parts).ToList();
        uses.ShouldContain(("SetStore", "New", "Solving/State"));
        uses.ShouldContain(("SetStore", "Read", "Solving/Steps"));
        uses.Where(use => use.Folder != "Solving/State" && !reads.Contains(use.Member)).ShouldBeEmpty();
    }

    /// <summary>
    /// The engine's ids have types (<c>Compiling/Ids.cs</c>). A plain number under such a name would be mistaken for
    /// one.
    /// </summary>
    [Fact]
    public void No_plain_number_is_named_as_an_id()
    {
        SourceProject engine = s_projects.Value["Rer"];
        engine
            .NumbersNamed("scope", "family", "slot", "variant", "version", "row", "dependency", "requirement", "place")
            .ShouldBeEmpty();
        engine.NumbersNamed("words").ShouldNotBeEmpty(); // such declarations are found
    }
}
