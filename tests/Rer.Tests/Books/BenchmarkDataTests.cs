using Rer.Books;

namespace Rer.Tests.Books;

public sealed class BenchmarkDataTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("rer-tests-");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void Data_is_looked_for_in_the_clone_then_in_a_checkout_then_beside_it()
    {
        string clone = Path.Combine(_root.FullName, "clone");
        string[] places =
        [
            Path.Combine(clone, "rez", "benchmarking"),
            Path.Combine(clone, "rez", "checkout", "src", "rez", "data", "benchmarking"),
            Path.Combine(_root.FullName, "shared", "rez", "benchmarking"),
        ];
        BenchmarkData.SearchPaths(clone).TakeLast(3).ShouldBe(places);
        if (BenchmarkData.SearchPaths(clone).Count > places.Length)
            Assert.Skip($"{BenchmarkData.DirectoryVariable} is set: it comes before all other places.");

        foreach (string place in places.Reverse())
        {
            Directory.CreateDirectory(place);
            File.WriteAllText(Path.Combine(place, "packages.tar.gz"), "");
            Found()?.ShouldNotBe(Path.Combine(place, "requests.json"), "one file alone is not the data");
            File.WriteAllText(Path.Combine(place, "requests.json"), "[]");
            Found().ShouldBe(Path.Combine(place, "requests.json"));
        }

        string? Found() => BenchmarkData.Find(clone)?.RequestsFile;
    }

    [Fact]
    public void The_root_of_a_clone_is_found_from_anywhere_in_it()
    {
        BenchmarkData.FindCloneRoot(DataSet.PathOf("conformance")).ShouldBe(DataSet.Root);
        BenchmarkData.FindCloneRoot(_root.FullName).ShouldBeNull();
    }

    [Theory]
    [InlineData("""[["a"], ["b"]]""", """[{"request": ["a"]}]""", "holds 1 answers to the 2 requests of")]
    [InlineData("""[["a"]]""", """[{"request": ["b"]}]""", "case 0 answers another request than")]
    [InlineData("""{"a": 1}""", "[]", "requests.json: expected a list, found an object")]
    public void Answers_must_fit_the_requests(string requests, string expected, string message)
    {
        string requestsPath = Path.Combine(_root.FullName, "requests.json");
        string expectedPath = Path.Combine(_root.FullName, "expected.json");
        File.WriteAllText(requestsPath, requests);
        File.WriteAllText(expectedPath, expected);

        Should
            .Throw<PackageDataException>(() =>
                BenchmarkData.ReadBook(
                    new MemoryPackageRepository(
                        new Dictionary<string, IReadOnlyDictionary<string, PackageDefinition>>()
                    ),
                    requestsPath,
                    expectedPath
                )
            )
            .Message.ShouldContain(message);
    }
}
