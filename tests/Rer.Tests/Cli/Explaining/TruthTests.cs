using System.Globalization;
using Rer.Insights;

namespace Rer.Tests.Cli.Explaining;

/// <summary>Everything that <c>rer why</c> and <c>rer explain</c> say is true.</summary>
/// <remarks>
/// Some sentences used to be derived without a trial, and were wrong. Orderers were said to decide in a request that
/// named only the package. Versions without requirements were said to "do, but for what they require". Leaving a
/// request out was offered, although it did not help. <c>RER_EXPLAIN_CASES</c> is the number of cases.
/// </remarks>
public sealed class TruthTests
{
    private static readonly FastResolver s_resolver = new();

    private static int Cases =>
        int.Parse(Environment.GetEnvironmentVariable("RER_EXPLAIN_CASES") ?? "300", CultureInfo.InvariantCulture);

    [Fact]
    public void Every_sentence_is_true_when_tried()
    {
        Dictionary<string, int> seen = [];
        int explained = 0;
        int reasoned = 0;
        for (int seed = 0; explained < Cases || reasoned < Cases; seed++)
        {
            var question = RandomQuestion.Of(seed);
            ResolveResult result = s_resolver.Resolve(
                question.Request,
                question.Repository,
                question.Options,
                TestContext.Current.CancellationToken
            );
            var asked = new Question(
                s_resolver,
                question.Repository,
                question.Options,
                TestContext.Current.CancellationToken
            );
            if (result is SolvedResult solved && reasoned++ < Cases)
            {
                CheckReasons(question, solved, asked, $"seed {seed}", seen);
            }
            else if (
                result is not SolvedResult and not ErrorResult { Kind: ResolveErrorKind.InvalidSyntax }
                && explained++ < Cases
            )
            {
                CheckExplanation(question, asked, $"seed {seed}", seen);
            }
        }
        // Every kind of sentence occurred.
        seen.Keys.Order()
            .ShouldBe(
                typeof(Finding)
                    .Assembly.GetTypes()
                    .Where(type => type.IsSubclassOf(typeof(Finding)) && type != typeof(Undecided))
                    .Select(type => type.Name)
                    .Order()
            );
    }

    private static void CheckReasons(
        RandomQuestion question,
        SolvedResult solved,
        Question asked,
        string title,
        Dictionary<string, int> seen
    )
    {
        foreach (ResolvedPackage package in solved.Packages)
        {
            Reasons reasons = ReasonFinder.Find(question.Request, solved, package, 10, asked);
            foreach (Alternative alternative in reasons.Versions)
            {
                Count(seen, alternative.Finding);
                string place = $"{title}: why not {alternative.Package}, but {package}";
                new FindingTrial(question, place).CheckReason(
                    alternative.Finding,
                    package,
                    alternative.Package.Version,
                    solved
                );
            }
            foreach (Alternative alternative in reasons.Variants)
            {
                Count(seen, alternative.Finding);
                string place = $"{title}: why not {alternative.Package}, but {package}";
                new FindingTrial(question, place).CheckVariant(
                    alternative.Finding,
                    package,
                    alternative.Package.VariantIndex!.Value,
                    solved
                );
            }
        }
    }

    private static void CheckExplanation(
        RandomQuestion question,
        Question asked,
        string title,
        Dictionary<string, int> seen
    )
    {
        Explanation explanation = Explainer.Explain(question.Request, asked).ShouldNotBeNull(title);
        var trial = new FindingTrial(question, title);
        IReadOnlyList<Demand> core = explanation.Core;
        bool Solves(IReadOnlyList<Demand> demands) =>
            trial.SolvesRelaxed(
                [.. demands.Where(demand => demand.By is null).Select(demand => demand.Requirement)],
                demands
            );

        Solves(core).ShouldBeFalse(title);
        core.All(member => Solves([.. core.Where(demand => demand != member)])).ShouldBe(explanation.IsMinimal, title);
        foreach (FamilyReport report in explanation.Families)
        {
            foreach (VersionFate fate in report.Fates)
            {
                Count(seen, fate.Finding);
                foreach (string version in fate.Versions)
                {
                    new FindingTrial(question, $"{title}: {report.Family}-{version}").CheckFate(
                        fate.Finding,
                        report.Family,
                        version,
                        core
                    );
                }
            }
        }
        explanation.Remedies.ShouldNotBeEmpty(title);
        foreach (Remedy remedy in explanation.Remedies)
        {
            string place = $"{title}: {string.Join(" and ", remedy.Changes)}";
            ResolveOptions options = remedy.IsUnfiltered
                ? question.Options with
                {
                    PackageFilters = [],
                    Timestamp = 0,
                }
                : question.Options;
            trial.Solves(remedy.Request, options: options).ShouldBeTrue(place);
        }
        CheckHolders(question, explanation, title);
    }

    /// <summary>Packages of one group have exactly its demands, and those of two groups differ.</summary>
    private static void CheckHolders(RandomQuestion question, Explanation explanation, string title)
    {
        foreach ((string family, IReadOnlyList<HolderGroup> groups) in explanation.Holders)
        {
            foreach (HolderGroup group in groups)
            {
                foreach (string package in group.Packages)
                {
                    string[] parts = package.TrimEnd(']').Split('[');
                    PackageDefinition definition = question
                        .Packages.Single(item => item.Family == family && item.Version == parts[0])
                        .Definition;
                    IEnumerable<string> made =
                        parts.Length == 2
                            ? definition.Variants[int.Parse(parts[1], CultureInfo.InvariantCulture)]
                            : (definition.Variants.Count > 0 ? definition.Variants[0] : []);
                    explanation
                        .Core.Where(demand =>
                            demand.By == family
                            && (definition.Requires.Contains(demand.Requirement) || made.Contains(demand.Requirement))
                        )
                        .ShouldBe(group.Demands, $"{title}: {family}-{package}");
                }
            }
            groups.Select(group => string.Join(' ', group.Demands)).Distinct().Count().ShouldBe(groups.Count, title);
        }
    }

    private static void Count(Dictionary<string, int> seen, Finding finding) =>
        seen[finding.GetType().Name] = seen.GetValueOrDefault(finding.GetType().Name) + 1;
}
