using System.Globalization;
using Rer.Books;
using Rer.Tests.Engines;

namespace Rer.Tests.Corpus;

/// <summary>
/// The 188 requests of rez's benchmark. Each has a verified file with rez's answer, which every engine must give.
/// </summary>
public class RezBenchmarkTests
{
    public static TheoryData<int> Cases => [.. Enumerable.Range(0, RezBenchmark.Recorded.Count)];

    public static TheoryData<string, int> EnginesAndCases =>
        new MatrixTheoryData<string, int>(
            AllEngines.Names.Select(row => row.Data),
            Enumerable.Range(0, RezBenchmark.Recorded.Count)
        );

    [Theory]
    [MemberData(nameof(Cases))]
    public void Verified_files_have_the_answers_of_rez(int index) =>
        Snapshot.ShouldMatch(CaseText.Render(RezBenchmark.Recorded[index]), NameOf(index), isSource: true);

    [TheoryNeeding(Need.BenchmarkData)]
    [MemberData(nameof(EnginesAndCases))]
    public void Answer_is_the_verified_one(string engine, int index) =>
        Snapshot.ShouldMatch(CaseText.Render(RezBenchmark.Answer(engine, index)), NameOf(index));

    [TheoryNeeding(Need.BenchmarkData)]
    [MemberData(nameof(AllEngines.Names), MemberType = typeof(AllEngines))]
    public void Counts_of_steps_are_those_of_rez(string engine)
    {
        string[] differing =
        [
            .. RezBenchmark
                .Recorded.Index()
                .SelectMany(item =>
                    CaseComparison
                        .Compare(item.Item, RezBenchmark.Answer(engine, item.Index), RezBenchmark.Book.Repository)
                        .Select(difference => $"case {item.Index}: {difference}")
                ),
        ];
        differing.ShouldBeEmpty();
    }

    private static string NameOf(int index) =>
        string.Create(CultureInfo.InvariantCulture, $"RezBenchmarkTests.case={index:000}");
}
