using Rer.Books;
using Rer.Tests.Corpus;
using Rer.Tests.Engines;

namespace Rer.Tests.Repositories.Indexing;

/// <summary>
/// Families that come compiled from an index give the same answers as those compiled during the solve.
/// </summary>
public sealed class IndexedAnswerTests
{
    public static TheoryData<string> Files => [.. DataSet.BookFiles()];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_book_is_answered_as_recorded(string file)
    {
        foreach (Book book in DataSet.ReadBooks(file))
        {
            Compare(book);
        }
    }

    [FactNeeding(Need.BenchmarkData)]
    public void The_requests_of_rezs_benchmark_are_answered_as_recorded_from_a_small_index_that_opens_at_once()
    {
        IndexedPackages index = Compare(RezBenchmark.Book);
        index.Compiled.ShouldBePositive();
        index.Length.ShouldBeLessThan(6_000_000);
        index.Opening.ShouldBeLessThan(TimeSpan.FromMilliseconds(2));
        TestContext.Current.SendDiagnosticMessage(
            $"{index.Length} bytes, opened in {index.Opening.TotalMicroseconds} µs"
        );
    }

    private static IndexedPackages Compare(Book book)
    {
        IndexedResolver resolver = new();
        string[] differing =
        [
            .. book.Cases.SelectMany(
                (recorded, number) =>
                    CaseComparison
                        .Check(
                            resolver,
                            book.Repository,
                            recorded,
                            writesLog: false,
                            TestContext.Current.CancellationToken
                        )
                        .Select(difference => $"{book.Name}, case {number}: {difference}")
            ),
        ];
        differing.ShouldBeEmpty();
        return resolver.IndexOf(book.Repository);
    }
}
