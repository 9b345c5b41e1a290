namespace Rer.Books;

/// <summary>rez's own benchmark as a book: its requests, and the answers recorded for them.</summary>
public static class BenchmarkBook
{
    /// <summary>Makes a book from a file of requests and a file of answers.</summary>
    /// <param name="repository">The packages.</param>
    /// <param name="requestsPath">A JSON list of requests, each a list of requirements.</param>
    /// <param name="expectedPath">A JSON list of cases, one for each request; null for only the requests.</param>
    /// <param name="variantSelectMode">The mode that the answers were recorded with.</param>
    /// <exception cref="PackageDataException">A file cannot be read, or the two files do not match.</exception>
    public static Book Read(
        IPackageRepository repository,
        string requestsPath,
        string? expectedPath = null,
        VariantSelectMode variantSelectMode = VariantSelectMode.VersionPriority
    )
    {
        ArgumentNullException.ThrowIfNull(repository);
        IReadOnlyList<string[]> requests = ReadRequests(requestsPath);
        Case[] cases = expectedPath is null
            ? [.. requests.Select(request => new Case { Request = request })]
            : [.. ReadAnswers(expectedPath)];
        if (cases.Length != requests.Count)
        {
            throw new PackageDataException(
                $"{expectedPath}: has {cases.Length} answers to the {requests.Count} requests of {requestsPath}"
            );
        }
        for (int i = 0; i < cases.Length; i++)
        {
            if (!cases[i].Request.SequenceEqual(requests[i]))
            {
                throw new PackageDataException($"{expectedPath}: case {i} has another request than {requestsPath}");
            }
            cases[i] = cases[i] with { Options = cases[i].Options with { VariantSelectMode = variantSelectMode } };
        }
        return new Book("rez-benchmark", repository, cases);
    }

    /// <summary>Reads requests without their packages.</summary>
    /// <param name="path">A JSON list of requests, each a list of requirements.</param>
    /// <exception cref="PackageDataException">The file cannot be read.</exception>
    public static IReadOnlyList<string[]> ReadRequests(string path) =>
        JsonFile.Read(path, place => place.Items("request").Select(request => request.Texts()).ToArray());

    /// <summary>Reads recorded answers without their packages.</summary>
    /// <param name="expectedPath">A JSON list of cases.</param>
    /// <exception cref="PackageDataException">The file cannot be read.</exception>
    public static IReadOnlyList<Case> ReadAnswers(string expectedPath) =>
        JsonFile.Read(expectedPath, place => place.Items("case").Select(CaseJson.Read).ToArray());
}
