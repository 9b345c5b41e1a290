using Rer.Books;
using Rer.Cli.Checking;

namespace Rer.Cli.Benchmarking;

/// <summary>Whether what was timed were answers to the same question.</summary>
internal static class AnswerComparison
{
    /// <summary>
    /// Compares each engine with what the workload has recorded, and with the first engine, which is rez where rez was
    /// timed.
    /// </summary>
    public static IEnumerable<CaseReport> Compare(Book workload, IReadOnlyList<EngineTimes> engines)
    {
        foreach (EngineTimes engine in engines)
        {
            for (int i = 0; i < workload.Cases.Count; i++)
            {
                yield return Report(i, $"{engine.Name} against the record", workload.Cases[i], engine.Answers[i]);
                if (engine != engines[0])
                    yield return Report(
                        i,
                        $"{engine.Name} against {engines[0].Name}",
                        engines[0].Answers[i],
                        engine.Answers[i]
                    );
            }
        }

        CaseReport Report(int index, string who, Case expected, Case got) =>
            new(
                $"{workload.Name}, case {index}, {who}: {string.Join(' ', expected.Request)}",
                CaseComparison.Compare(WithoutDetails(expected), got)
            );
    }

    /// <summary>Compares what rez answered with packages on disk with what we did.</summary>
    public static IEnumerable<CaseReport> CompareWay(IReadOnlyList<Case> rez, IReadOnlyList<Case> ours) =>
        rez.Select(
            (expected, i) =>
                new CaseReport(
                    $"packages on disk, rer against rez: {string.Join(' ', expected.Request)}",
                    CaseComparison.Compare(WithoutDetails(expected), ours[i])
                )
        );

    /// <summary>What is not asked for while the clock runs, graphs and logs, left out.</summary>
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
