using System.Text.Json.Nodes;
using Rer.Books;
using Rer.Cli.Input;
using Rer.Insights;
using Rer.Repositories;
using Rer.Tests.Repositories;

namespace Rer.Tests.Cli;

/// <summary>The effect of a change, compared with separate solves and with a real rez.</summary>
public sealed class ImpactTruthTests : IDisposable
{
    private readonly PackageTree _tree = new();

    public void Dispose() => _tree.Dispose();

    /// <summary>
    /// Every line of a report is compared with two separate solves, in a repository with the version and in one without
    /// it. <c>RER_IMPACT_PACKAGES</c> names rez's benchmark packages, to use its 188 requests instead of 50 of the
    /// studio's. <c>RER_IMPACT_REMOVALS</c> is the number of popular versions to remove, one at a time.
    /// </summary>
    [Fact]
    public void A_report_says_what_two_separate_solves_say()
    {
        Book studio = EmbeddedStudio.Read();
        string? path = Environment.GetEnvironmentVariable("RER_IMPACT_PACKAGES");
        IPackageRepository packages = path is null ? studio.Repository : new FilesystemRepository([path]);
        ImpactRequest[] requests =
        [
            .. (
                path is null
                    ? studio.Cases.Take(50).Select(@case => @case.Request)
                    : BenchmarkBook.ReadAnswers(DataSet.BenchmarkAnswers).Select(@case => @case.Request)
            ).Select((request, i) => new ImpactRequest($"{i}", request)),
        ];
        int count = int.TryParse(Environment.GetEnvironmentVariable("RER_IMPACT_REMOVALS"), out int many) ? many : 3;
        var limited = new ResolveOptions { MaxFails = Question.MaxFails };
        int[] counts = new int[Enum.GetValues<ImpactKind>().Length];
        foreach (ResolvedPackage removed in Popular(packages, requests).Take(count))
        {
            World before = new(packages, new ResolveOptions(), []);
            World after = before with
            {
                Repository = new WithoutPackages(packages, [$"{removed.Name}-{removed.Version}"]),
            };
            MemoryPackageRepository copy = CopyWithout(packages, removed);

            ImpactReport report = ImpactFinder.Find(
                requests,
                before,
                after,
                maxExplained: 0,
                cancellationToken: TestContext.Current.CancellationToken
            );

            report.Count(ImpactKind.Unchanged).ShouldBeLessThan(requests.Length);
            foreach (RequestImpact impact in report.Requests)
            {
                Told(impact.Before)
                    .ShouldBe(Told(new FastResolver().Resolve(impact.Request.Request, packages, limited)));
                Told(impact.After).ShouldBe(Told(new FastResolver().Resolve(impact.Request.Request, copy, limited)));
                counts[(int)impact.Kind]++;
            }
        }
        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Join(", ", counts.Select((number, kind) => $"{(ImpactKind)kind}: {number}"))
        );
    }

    /// <summary>With a real rez: the number of requests is set by the variable, otherwise one.</summary>
    [FactNeeding(Need.Rez)]
    public async Task A_report_says_what_a_real_rez_says()
    {
        int count = int.TryParse(Environment.GetEnvironmentVariable("RER_IMPACT_REZ"), out int many) ? many : 1;
        Book studio = EmbeddedStudio.Read();
        ImpactRequest[] all = [.. studio.Cases.Select(@case => new ImpactRequest("", @case.Request))];
        ResolvedPackage removed = Popular(studio.Repository, all).First();
        WriteStudio(studio.Repository);
        File.WriteAllText(
            _tree.PathOf("requests.json"),
            new JsonArray([
                .. all.Take(count).Select(one => new JsonArray([.. one.Request.Select(r => (JsonNode)r)])),
            ]).ToJsonString()
        );

        CliRun run = await CliRun.Of(
            "impact",
            "--paths",
            _tree.PathOf("studio"),
            "--no-implicit",
            "--requests",
            _tree.PathOf("requests.json"),
            "--remove",
            $"{removed.Name}-{removed.Version}",
            "--format",
            "json"
        );

        run.ExitCode.ShouldBe(0, run.Error);
        JsonArray told = JsonNode.Parse(run.Output)!["requests"]!.AsArray();
        foreach (string side in (string[])["before", "after"])
        {
            if (side == "after")
            {
                Directory.Delete(_tree.PathOf($"studio/{removed.Name}/{removed.Version}"), recursive: true);
            }
            IReadOnlyList<RezAnswer> answers = RezQuestion.Ask([
                .. all.Take(count).Select(one => new RezQuestion(one.Request, [_tree.PathOf("studio")])),
            ]);
            for (int i = 0; i < count; i++)
            {
                Told(told[i]![side]!).ShouldBe(answers[i].Text, $"{side}: {string.Join(' ', all[i].Request)}");
            }
        }
    }

    private static IEnumerable<ResolvedPackage> Popular(
        IPackageRepository packages,
        IReadOnlyList<ImpactRequest> requests
    ) =>
        requests
            .Select(request => new FastResolver().Resolve(request.Request, packages))
            .OfType<SolvedResult>()
            .SelectMany(solved => solved.Packages)
            .GroupBy(package => package with { VariantIndex = null })
            .Where(group => packages.GetVersions(group.Key.Name).Count > 1)
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key.Name, StringComparer.Ordinal)
            .Select(group => group.Key);

    private static MemoryPackageRepository CopyWithout(IPackageRepository source, ResolvedPackage removed) =>
        new(
            source
                .GetFamilies()
                .SelectMany(family =>
                    source
                        .GetVersions(family)
                        .Where(version => (family, version) != (removed.Name, removed.Version))
                        .Select(version => (family, version, source.GetDefinition(family, version)))
                )
        );

    private static string Told(ResolveResult result) =>
        result switch
        {
            SolvedResult solved => string.Join(' ', solved.Packages),
            FailedResult failed => failed.Failure.Description,
            // The names of the searched places differ.
            ErrorResult error => error.Message.Split(" (searched")[0],
            _ => "stopped",
        };

    private static string Told(JsonNode side) =>
        side["packages"] is { } packages
            ? string.Join(' ', packages.AsArray().Select(package => package!.GetValue<string>()))
            : "no resolve";

    private void WriteStudio(IPackageRepository source)
    {
        foreach (string family in source.GetFamilies())
        {
            foreach (string version in source.GetVersions(family))
            {
                PackageDefinition definition = source.GetDefinition(family, version);
                static string List(IEnumerable<string> texts) =>
                    $"[{string.Join(", ", texts.Select(text => $"'{text}'"))}]";
                _tree.Write(
                    $"studio/{family}/{version}/package.py",
                    $"name = '{family}'\nversion = '{version}'\nrequires = {List(definition.Requires)}\n"
                        + (
                            definition.Variants.Count > 0
                                ? $"variants = [{string.Join(", ", definition.Variants.Select(List))}]\n"
                                : ""
                        )
                );
            }
        }
    }
}
