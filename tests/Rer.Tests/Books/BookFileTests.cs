using System.Text;
using Rer.Books;

namespace Rer.Tests.Books;

public class BookFileTests
{
    public static TheoryData<string> Files => [.. DataSet.BookFiles()];

    [Theory]
    [MemberData(nameof(Files))]
    public void Books_survive_writing_and_reading(string file)
    {
        IReadOnlyList<Book> books = DataSet.ReadBooks(file);

        byte[] first = Written(books);
        IReadOnlyList<Book> again = BookFile.Read(new MemoryStream(first), file);

        Written(again).ShouldBe(first);
        foreach ((Book book, Book copy) in books.Zip(again))
        {
            copy.Name.ShouldBe(book.Name);
            copy.Repository.GetFamilies().ShouldBe(book.Repository.GetFamilies());
            copy.Cases.Count.ShouldBe(book.Cases.Count);
            foreach ((Case expected, Case got) in book.Cases.Zip(copy.Cases))
            {
                got.Request.ShouldBe(expected.Request);
                CaseComparison.Compare(expected, got).ShouldBeEmpty();
                CaseComparison.Compare(got, expected).ShouldBeEmpty();
            }
        }
    }

    [Fact]
    public void Every_field_of_a_book_is_read()
    {
        const string Json = """
            {
              "name": "b",
              "note": "why",
              "packages": {
                "foo": {
                  "2": {"requires": ["bar-1"], "variants": [["a", "b-1"], []], "build_requires": ["cmake"], "timestamp": 7},
                  "1": {}
                },
                "bar": {"": {}}
              },
              "cases": [
                {"request": ["foo"], "status": "solved", "resolved": [["bar", "", null], ["foo", "2", 1]],
                 "ephemerals": [".x-1"], "num_solves": 1, "num_fails": 2, "num_extractions": 3, "num_intersections": 4,
                 "num_reductions": 5, "trace": ["a", "b"], "note": "n",
                 "graph": {"nodes": [["b", "#F", "filled"], ["a", "", ""]], "edges": [["a", "b", "CYCLE", "odot"]]}},
                {"request": [], "status": "failed", "failure": "Cycle", "description": "d", "involved": ["i"], "cycle": ["c"]},
                {"request": [], "status": "error", "error": "PackageNotFoundError", "message": "m"}
              ]
            }
            """;

        Book book = Read(Json).ShouldHaveSingleItem();

        book.Name.ShouldBe("b");
        book.Note.ShouldBe("why");
        book.Repository.SearchPaths.ShouldBe([Book.Location]);
        book.Repository.GetFamilies().ShouldBe(["foo", "bar"]);
        book.Repository.GetVersions("foo").ShouldBe(["2", "1"]);
        book.Repository.GetVersions("bar").ShouldBe([""]);
        PackageDefinition foo = book.Repository.GetDefinition("foo", "2");
        foo.Requires.ShouldBe(["bar-1"]);
        foo.Variants.Count.ShouldBe(2);
        foo.Variants[0].ShouldBe(["a", "b-1"]);
        foo.Variants[1].ShouldBeEmpty();
        foo.BuildRequires.ShouldBe(["cmake"]);
        foo.Timestamp.ShouldBe(7);

        book.Cases.Count.ShouldBe(3);
        Case solved = book.Cases[0];
        solved.Status.ShouldBe(CaseStatus.Solved);
        solved.Resolved.ShouldBe([new ResolvedPackage("bar", "", null), new ResolvedPackage("foo", "2", 1)]);
        solved.Ephemerals.ShouldBe([".x-1"]);
        (solved.NumSolves, solved.NumFails).ShouldBe((1, 2));
        (solved.NumExtractions, solved.NumIntersections, solved.NumReductions).ShouldBe((3, 4, 5));
        solved.Trace.ShouldBe(["a", "b"]);
        solved.Note.ShouldBe("n");
        solved.Graph!.Nodes.ShouldBe([new CaseNode("a", "", ""), new CaseNode("b", "#F", "filled")]);
        solved.Graph.Edges.ShouldBe([new CaseEdge("a", "b", "CYCLE", "odot")]);
        Case failed = book.Cases[1];
        (failed.Status, failed.Failure, failed.Description).ShouldBe((CaseStatus.Failed, "Cycle", "d"));
        failed.Involved.ShouldBe(["i"]);
        failed.Cycle.ShouldBe(["c"]);
        Case error = book.Cases[2];
        (error.Status, error.Error, error.Message).ShouldBe((CaseStatus.Error, ResolveErrorKind.PackageNotFound, "m"));
    }

    [Theory]
    [InlineData("3", "book.json: expected a book")]
    [InlineData("{", "book.json: not JSON at line 1, byte 2:")]
    [InlineData("", "book.json: is empty; expected JSON")]
    [InlineData(" \n", "book.json: is empty; expected JSON")]
    [InlineData("[7]", "book.json, book 0: expected an object, found 7")]
    [InlineData("""{"name": "b"}""", "book.json, book 'b': 'packages' is missing")]
    [InlineData("""{"name": "b", "packages": {}, "cases": {}}""", "book 'b': expected a list, found an object")]
    [InlineData("""{"name": "b", "pakages": {}}""", "'pakages': unknown field; expected one of name,")]
    [InlineData("""{"name": "b", "packages": {"f": []}, "cases": []}""", "'packages', 'f': expected an object")]
    [InlineData(
        """{"name": "b", "packages": {"f": {"1": {}, "1": {}}}, "cases": []}""",
        "'packages', 'f', '1': the version is listed twice"
    )]
    [InlineData(
        """{"name": "b", "packages": {"f": {"1": {"requires": [1]}}}, "cases": []}""",
        "book.json, book 'b', 'packages', 'f', '1', 'requires', item 0: expected a text, found 1"
    )]
    [InlineData("""{"name": "b", "packages": {}, "cases": [{}]}""", "book 'b', case 0: 'request' is missing")]
    [InlineData(
        """{"name": "b", "packages": {}, "cases": [{"request": [], "num_solves": 1.5}]}""",
        "book.json, book 'b', case 0, 'num_solves': expected a whole number, found 1.5"
    )]
    [InlineData(
        """{"name": "b", "packages": {}, "cases": [{"request": [], "status": "maybe"}]}""",
        "'status': expected one of solved, failed, error, stopped, found \"maybe\""
    )]
    [InlineData(
        """{"name": "b", "packages": {}, "cases": [{"request": [], "resolved": [["a"]]}]}""",
        "'resolved', package 0: expected [name, version, variant index or null]"
    )]
    [InlineData("""{"name": "\ud800", "packages": {}, "cases": []}""", "book.json: a text in it is not Unicode")]
    public void Malformed_books_name_the_place_and_what_was_expected(string json, string message) =>
        Should.Throw<PackageDataException>(() => Read(json)).Message.ShouldContain(message);

    [Fact]
    public void Deep_nesting_is_rejected()
    {
        string json = new string('[', 100_000) + new string(']', 100_000);
        Should.Throw<PackageDataException>(() => Read(json)).Message.ShouldStartWith("book.json: not JSON");
    }

    [Fact]
    public void Files_that_cannot_be_read_are_named()
    {
        string missing = Path.Combine(Path.GetTempPath(), "no", "such", "book.json");
        Should.Throw<PackageDataException>(() => BookFile.Read(missing)).Message.ShouldBe($"{missing}: no such file");
        string directory = DataSet.PathOf("conformance");
        Should
            .Throw<PackageDataException>(() => BookFile.Read(directory))
            .Message.ShouldBe($"{directory}: is a directory, not a file");
    }

    [Fact]
    public void Damaged_gzip_data_is_refused()
    {
        byte[] bytes = File.ReadAllBytes(DataSet.Studio);
        Should
            .Throw<PackageDataException>(() => BookFile.Read(new MemoryStream(bytes[..5000]), "cut.gz"))
            .Message.ShouldStartWith("cut.gz: ");
        bytes[5000] ^= 0xff;
        Should
            .Throw<PackageDataException>(() => BookFile.Read(new MemoryStream(bytes), "bad.gz"))
            .Message.ShouldStartWith("bad.gz: ");
    }

    private static IReadOnlyList<Book> Read(string json) =>
        BookFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)), "book.json");

    private static byte[] Written(IReadOnlyList<Book> books)
    {
        using MemoryStream stream = new();
        BookFile.Write(stream, books);
        return stream.ToArray();
    }
}
