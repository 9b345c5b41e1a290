// A program that uses all of the packages. run.sh compiles it ahead of time, with errors for anything that trimming or
// the lack of a just-in-time compiler could break, and compares its output.
using Rer;
using Rer.Insights;
using Rer.Repositories;

string root = Directory.CreateTempSubdirectory("packages").FullName;
Add("base", "1.0", "package.yaml", "name: base\nversion: '1.0'\n");
Add("tool", "2.1", "package.py", "name = 'tool'\nversion = '2.1'\nvariants = [['base-1'], ['base-2']]\n");
Add("tool", "2.0", "package.py", "name = 'tool'\nversion = '2.0'\nrequires = ['base']\n");

PublishedIndex.Update(root);
using (PackageIndex index = new(new PackageIndexOptions { Level = IndexLevel.Published }))
using (PythonEvaluator evaluator = new("python3"))
{
    FilesystemRepository repository = new([root], evaluator, index);
    if (index.Answers.Count > 0)
    {
        throw new InvalidOperationException("Nothing has been asked for yet.");
    }

    ResolveOptions options = new()
    {
        PackageFilters = [new(["glob(*-9*)", "regex(never.*)"], [])],
        PackageOrderers = [new PerFamilyOrderer([new SortedOrderer(Descending: true) { Packages = ["tool"] }], null)],
    };
    foreach (
        ResolveResult result in new FastResolver().ResolveMany(
            [
                ["tool"],
                ["tool", "!base-1"],
            ],
            repository,
            options
        )
    )
    {
        Console.WriteLine(Describe(result));
    }

    Question question = new(new FastResolver(), repository, options, CancellationToken.None);
    Explanation explanation = Explainer.Explain(["tool", "!base-1"], question)!;
    Console.WriteLine(
        $"cannot go together: {string.Join(", ", explanation.Core.Select(demand => demand.Requirement))}"
    );
    if (new FastResolver().Resolve(["tool"], repository, options) is SolvedResult drawn)
    {
        GraphView view = GraphView.Of(drawn.GetGraph());
        ResolveJson.Write(new ResolveReport(["tool"], [], drawn), TextWriter.Null);
        Console.WriteLine(
            (
                HtmlWriter.Write(view, "tool", "resolved").StartsWith("<!", StringComparison.Ordinal)
                    ? "a page"
                    : "no page"
            ) + (SvgWriter.Write(view).StartsWith("<svg", StringComparison.Ordinal) ? " and a picture" : "")
        );
    }
}
Directory.Delete(root, recursive: true);

void Add(string family, string version, string file, string definition)
{
    string directory = Directory.CreateDirectory(Path.Combine(root, family, version)).FullName;
    File.WriteAllText(Path.Combine(directory, file), definition);
}

static string Describe(ResolveResult result) =>
    result switch
    {
        SolvedResult solved => string.Join(' ', solved.Packages) + $", {solved.GetGraph().Nodes.Count} nodes",
        FailedResult failed => $"{failed.Failure.Description}, {failed.GetGraph().Nodes.Count} nodes",
        ErrorResult error => error.Message,
        StoppedResult stopped => stopped.Message,
        _ => throw new InvalidOperationException(),
    };
