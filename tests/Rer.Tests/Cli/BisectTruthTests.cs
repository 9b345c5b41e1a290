using Rer.Insights;

namespace Rer.Tests.Cli;

/// <summary>
/// A real rez confirms the release that is found. It resolves as of just before the release, and as of it.
/// </summary>
public sealed class BisectTruthTests
{
    [FactNeeding(Need.Rez)]
    public void A_real_rez_says_good_just_before_and_bad_just_at_the_release()
    {
        List<(string History, BisectReport Report, RezQuestion[] Questions)> asked = [];
        List<ReleaseTree> trees = [];
        try
        {
            foreach ((string history, string request, string ends, string expected) in BisectHistoryTests.Broken)
            {
                var tree = new ReleaseTree(BisectHistoryTests.Base + history);
                trees.Add(tree);
                BisectReport report = Bisector.Find(
                    new FastResolver(),
                    tree.Open(),
                    request.Split(' '),
                    BisectHistoryTests.OptionsOf(ends),
                    cancellationToken: TestContext.Current.CancellationToken
                );
                long found = report.Culprit.Change.After.Time;
                RezQuestion AsOf(long time) => new(report.Request, tree.Paths.Split(Path.PathSeparator), time);
                asked.Add((history, report, [AsOf(report.Good.Time), AsOf(found - 1), AsOf(found)]));
                expected.ShouldStartWith($"{found} ");
            }

            RezAnswer[][] answers = [.. RezQuestion.Ask([.. asked.SelectMany(one => one.Questions)]).Chunk(3)];

            foreach (((string history, BisectReport report, _), RezAnswer[] answer) in asked.Zip(answers))
            {
                IsGood(report, answer[1], answer[0]).ShouldBeTrue($"just before: {history}: {answer[1]}");
                IsGood(report, answer[2], answer[0]).ShouldBeFalse($"just at it: {history}: {answer[2]}");
            }
        }
        finally
        {
            trees.ForEach(tree => tree.Dispose());
        }
    }

    private static bool IsGood(BisectReport report, RezAnswer answer, RezAnswer asGood) =>
        report.Aim switch
        {
            BisectAim.Resolves => answer.IsSolved,
            BisectAim.ResolvesToTheSame => answer.IsSolved && answer.Text == asGood.Text,
            _ => answer.IsSolved
                && answer.Items.Any(item => BisectHistoryTests.NaiveScan.IsMeant(PackageOf(item), report.ResolvesTo!)),
        };

    private static ResolvedPackage PackageOf(string item)
    {
        string[] parts = item.TrimEnd(']').Split('[');
        string[] name = parts[0].Split('-', 2);
        return new ResolvedPackage(
            name[0],
            name.Length > 1 ? name[1] : "",
            parts.Length > 1 ? int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) : null
        );
    }
}
