using Rer.Books;
using Rer.Cli.Checking;

namespace Rer.Cli.Benchmarking;

/// <summary>Checks that the engines that were timed gave the same answers.</summary>
internal static class AnswerComparison
{
    /// <summary>
    /// Compares each engine with the answers recorded in the workload, and with the first engine. That is rez if rez
    /// was timed.
    /// </summary>
    public static IEnumerable<CaseReport> Compare(Book workload, IReadOnlyList<EngineTimes> engines)
    {
        foreach (EngineTimes engine in engines)
        {
            for (int i = 0; i < workload.Cases.Count; i++)
            {
                yield return Report(i, $"{engine.Name} against the record", workload.Cases[i], engine.Answers[i]);
                if (engine != engines[0])
                {
                    yield return Report(
                        i,
                        $"{engine.Name} against {engines[0].Name}",
                        engines[0].Answers[i],
                        engine.Answers[i]
                    );
                }
            }
        }

        CaseReport Report(int index, string who, Case expected, Case got) =>
            new(
                $"{workload.Name}, case {index}, {who}: {string.Join(' ', expected.Request)}",
                CaseComparison.Compare(WithoutDetails(expected), got)
            );
    }

    /// <summary>Compares rez's answers with Rer's, for packages on disk.</summary>
    public static IEnumerable<CaseReport> CompareWay(IReadOnlyList<Case> rez, IReadOnlyList<Case> ours) =>
        rez.Select(
            (expected, i) =>
                new CaseReport(
                    $"packages on disk, rer against rez: {string.Join(' ', expected.Request)}",
                    CaseComparison.Compare(WithoutDetails(expected), ours[i])
                )
        );

    /// <summary>Leaves out graphs and logs, which are not computed while the clock runs.</summary>
    private static Case WithoutDetails(Case recorded) =>
        recorded with
        {
            Graph = null,
            Dot = null,
            Detail = null,
            Trace = null,
            Failures = null,
        };
}
