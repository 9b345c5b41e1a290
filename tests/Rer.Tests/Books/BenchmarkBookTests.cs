using Rer.Books;

namespace Rer.Tests.Books;

public sealed class BenchmarkBookTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("rer-tests-");

    public void Dispose() => _root.Delete(recursive: true);

    [Theory]
    [InlineData("""[["a"], ["b"]]""", """[{"request": ["a"]}]""", "has 1 answers to the 2 requests of")]
    [InlineData("""[["a"]]""", """[{"request": ["b"]}]""", "case 0 has another request than")]
    [InlineData("""{"a": 1}""", "[]", "requests.json: expected a list, found an object")]
    public void Answers_must_fit_the_requests(string requests, string expected, string message)
    {
        string requestsPath = Path.Combine(_root.FullName, "requests.json");
        string expectedPath = Path.Combine(_root.FullName, "expected.json");
        File.WriteAllText(requestsPath, requests);
        File.WriteAllText(expectedPath, expected);

        Should
            .Throw<PackageDataException>(() =>
                BenchmarkBook.Read(
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
