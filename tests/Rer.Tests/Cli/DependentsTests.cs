using System.Text.Json;
using Rer.Books;
using Rer.Insights;
using Rer.Reference;

namespace Rer.Tests.Cli;

/// <summary><c>rer dependents</c>: the packages that require a package.</summary>
public sealed class DependentsTests : IDisposable
{
    private const string Packages = """
        {"lib": {"1": {}, "2": {}, "3": {}},
         "mid": {"1": {"requires": ["lib-1"]}, "2": {"requires": ["lib-2+"]}, "3": {"requires": ["!lib", "~top"]}},
         "app": {"1": {"variants": [["mid-1"], ["mid-2"]]}, "2": {"requires": ["mid-3"]}},
         "top": {"1": {"requires": ["app", "lib"]}},
         "tool": {"1": {"build_requires": ["lib-3"]}},
         "orphan": {"1": {"requires": ["nowhere-2"]}}}
        """;

    private readonly TemporaryFiles _files = new();
    private readonly string _book;

    public DependentsTests() => _book = _files.WriteBook(Packages);

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task The_tree_names_each_family_once_below_what_it_requires()
    {
        CliRun run = await CliRun.Of("dependents", "lib", "-r", _book);

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldBe(
            """
            lib (3 versions)
            ├── mid 1, 2
            │   ├── 1 requires lib-1
            │   ├── 2 requires lib-2+
            │   └── app 1
            │       ├── 1[0] requires mid-1
            │       └── 1[1] requires mid-2
            └── top 1 requires lib
            4 packages of 3 families require it, 2 of the families directly

            """.ReplaceLineEndings("\n")
        );
    }

    [Fact]
    public async Task A_package_in_a_cycle_requires_itself()
    {
        string book = _files.WriteBook("""{"a": {"1": {"requires": ["b"]}}, "b": {"1": {"requires": ["a"]}}}""");

        CliRun run = await CliRun.Of("dependents", "a", "-r", book);

        run.Output.ShouldBe(
            """
            a
            └── b 1 requires a
                └── a 1 requires b
            2 packages of 2 families require it, 1 of the families directly

            """.ReplaceLineEndings("\n")
        );
        (await CliRun.Of("dependents", "a", "-r", book, "--depth", "1")).Output.ShouldEndWith(
            "1 package of 1 family requires it, 1 of the families directly\n"
        );
    }

    [Theory]
    [InlineData("lib-1", "mid-1 app-1 top-1")]
    [InlineData("lib-3", "mid-2 app-1 top-1")]
    [InlineData("lib-3 --latest", "top-1")]
    [InlineData("lib-3 --build", "mid-2 app-1 top-1 tool-1")]
    [InlineData("lib-3 --depth 1", "mid-2 top-1")]
    [InlineData("nowhere", "orphan-1")]
    [InlineData("nowhere-2", "orphan-1")]
    [InlineData("nowhere-3", "")]
    [InlineData("top", "")]
    public async Task What_is_in_the_range_counts(string arguments, string expected)
    {
        CliRun run = await CliRun.Of(["dependents", .. arguments.Split(' '), "-r", _book, "--format", "json"]);

        run.ExitCode.ShouldBe(0, run.Error);
        JsonDocument
            .Parse(run.Output)
            .RootElement.GetProperty("dependents")
            .EnumerateArray()
            .SelectMany(family =>
                family
                    .GetProperty("versions")
                    .EnumerateArray()
                    .Select(version => $"{family.GetProperty("family")}-{version}")
            )
            .ShouldBe(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), ignoreOrder: true);
    }

    [Fact]
    public async Task Graphs_point_at_what_is_required()
    {
        CliRun dot = await CliRun.Of("dependents", "lib-1", "-r", _book, "--format", "dot");
        CliRun svg = await CliRun.Of("dependents", "lib-1", "-r", _book, "--format", "svg");
        CliRun html = await CliRun.Of("dependents", "lib-1", "-r", _book, "--format", "html");

        dot.Output.ShouldContain("_1 [label=\"lib-1\", style=\"filled,dashed\"];");
        dot.Output.ShouldContain("_2 [label=\"mid-1\"];");
        dot.Output.ShouldContain("_2 -> _1 [arrowsize=\"0.5\", fontsize=\"8\", label=\"lib-1\"];");
        svg.Output.ShouldStartWith("<svg");
        html.Output.ShouldStartWith("<!doctype html>");
    }

    [Theory]
    [InlineData("lub", "there is no family 'lub', and nothing requires it: did you mean 'lib'?")]
    [InlineData("lib-9", "no version of lib is in the range of 'lib-9'; the latest is lib-3")]
    [InlineData("!lib", "'!lib' is not a package; name a family")]
    [InlineData("lib-[1", "'lib-[1' is not a package: ")]
    [InlineData("lib --depth 0", "--depth: expected 1 or more")]
    public async Task Invalid_input_gives_one_line(string arguments, string problem)
    {
        CliRun run = await CliRun.Of(["dependents", .. arguments.Split(' '), "-r", _book]);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain(problem);
        run.Error.Trim().ShouldNotContain("\n");
    }

    /// <summary>
    /// Compared with the slow way: the reference checks for each requirement whether the package alone satisfies it.
    /// </summary>
    [Fact]
    public void Direct_dependents_in_the_studio_are_those_whose_requirement_the_package_meets()
    {
        IPackageRepository studio = BookFile.Read(DataSet.Studio)[0].Repository;
        IResolver reference = new ReferenceResolver();
        foreach (string family in studio.GetFamilies().Order(StringComparer.Ordinal).Where((_, i) => i % 20 == 3))
        {
            string version = studio.GetVersions(family)[^1];
            var alone = new MemoryPackageRepository([(family, version, new PackageDefinition())]);
            Dictionary<string, bool> meets = [];
            bool Meets(string requirement)
            {
                if (requirement[0] is '!' or '~' || !requirement.StartsWith(family, StringComparison.Ordinal))
                {
                    return false;
                }
                if (!meets.TryGetValue(requirement, out bool known))
                {
                    meets[requirement] = known = reference.Resolve([requirement], alone) is SolvedResult;
                }
                return known;
            }

            string[] expected =
            [
                .. from other in studio.GetFamilies()
                from otherVersion in studio.GetVersions(other)
                let definition = studio.GetDefinition(other, otherVersion)
                where definition.Requires.Concat(definition.Variants.SelectMany(variant => variant)).Any(Meets)
                select $"{other}-{otherVersion}",
            ];

            Dependents found = DependentsFinder.Find(
                studio,
                $"{family}=={version}",
                new DependentsOptions { MaxDistance = 1 },
                cancellationToken: TestContext.Current.CancellationToken
            );

            found
                .Families.SelectMany(item => item.Versions.Select(one => $"{item.Family}-{one}"))
                .ShouldBe(expected, ignoreOrder: true);
        }
    }
}
