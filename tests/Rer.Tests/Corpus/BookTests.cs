using Rer.Books;
using Rer.Tests.Engines;

namespace Rer.Tests.Corpus;

/// <summary>Every case of every book, in all its fields, with every engine.</summary>
public class BookTests
{
    /// <summary>The maximum number of differences shown. More would hide the first one.</summary>
    private const int MaxTold = 20;

    public static TheoryData<string, string> EnginesAndBooks =>
        new MatrixTheoryData<string, string>(AllEngines.Names.Select(row => row.Data), DataSet.BookFiles());

    [Theory]
    [MemberData(nameof(EnginesAndBooks))]
    public void Answers_are_those_of_rez(string engine, string file)
    {
        Engine tested = AllEngines.Named(engine);
        List<string> differing = [];
        int count = 0;
        foreach (Book book in DataSet.ReadBooks(file))
        {
            foreach ((int index, Case expected) in book.Cases.Index())
            {
                count++;
                IReadOnlyList<Difference> differences = CaseComparison.Check(
                    tested.Resolver,
                    book.Repository,
                    expected,
                    tested.WritesLog,
                    TestContext.Current.CancellationToken
                );
                if (differences.Count > 0)
                {
                    differing.Add(Describe(book, index, expected, differences));
                }
            }
        }

        count.ShouldBePositive("a book without cases says nothing");
        if (differing.Count > 0)
        {
            Assert.Fail($"{differing.Count} of {count} cases differ:\n{string.Join('\n', differing.Take(MaxTold))}");
        }
    }

    private static string Describe(Book book, int index, Case @case, IReadOnlyList<Difference> differences) =>
        $"{book.Name}, case {index} ({string.Join(' ', @case.Request)})\n    {string.Join("\n    ", differences)}";
}
