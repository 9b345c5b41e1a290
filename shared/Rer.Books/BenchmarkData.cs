namespace Rer.Books;

/// <summary>rez's own benchmark data: 188 requests against a repository of 18,226 packages. It is not part of the
/// project; this is where it is looked for, and how its requests are read.</summary>
public sealed record BenchmarkData
{
    /// <summary>The environment variable that names the data's directory.</summary>
    public const string DirectoryVariable = "REZ_BENCHMARK_DIR";

    private const string PackagesName = "packages.tar.gz";
    private const string RequestsName = "requests.json";

    private BenchmarkData(string directory)
    {
        PackagesFile = Path.Combine(directory, PackagesName);
        RequestsFile = Path.Combine(directory, RequestsName);
    }

    /// <summary>The archive of <c>package.py</c> files.</summary>
    public string PackagesFile { get; }

    /// <summary>The requests.</summary>
    public string RequestsFile { get; }

    /// <summary>Where the data is looked for, in order, by absolute path.</summary>
    /// <param name="root">The clone's root; null outside of a clone.</param>
    public static IReadOnlyList<string> SearchPaths(string? root)
    {
        List<string> paths = [];
        if (Environment.GetEnvironmentVariable(DirectoryVariable) is { Length: > 0 } named)
            paths.Add(Path.GetFullPath(named));
        if (root is not null)
        {
            paths.Add(Path.Combine(root, "rez", "benchmarking"));
            paths.Add(Path.Combine(root, "rez", "checkout", "src", "rez", "data", "benchmarking"));
            paths.Add(Path.GetFullPath(Path.Combine(root, "..", "shared", "rez", "benchmarking")));
        }
        return paths;
    }

    /// <summary>The first place that holds both files; null if none does.</summary>
    /// <param name="root">The clone's root; null outside of a clone.</param>
    public static BenchmarkData? Find(string? root) =>
        SearchPaths(root)
            .Select(path => new BenchmarkData(path))
            .FirstOrDefault(data => File.Exists(data.PackagesFile) && File.Exists(data.RequestsFile));

    /// <summary>The root of the clone that a directory lies in: the first one upwards that holds <c>Rer.sln</c>.</summary>
    /// <returns>Its path; null outside of a clone.</returns>
    public static string? FindCloneRoot(string startDirectory)
    {
        for (DirectoryInfo? at = new(startDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Rer.sln")))
                return at.FullName;
        }
        return null;
    }

    /// <summary>Makes a book of a file of requests and one of answers.</summary>
    /// <param name="repository">The packages.</param>
    /// <param name="requestsPath">A JSON list of requests, each a list of requirements.</param>
    /// <param name="expectedPath">A JSON list of cases, one for each request; null for requests alone.</param>
    /// <param name="variantSelectMode">The mode that the answers were recorded with.</param>
    /// <exception cref="PackageDataException">A file cannot be read, or the two do not fit together.</exception>
    public static Book ReadBook(
        IPackageRepository repository,
        string requestsPath,
        string? expectedPath = null,
        VariantSelectMode variantSelectMode = VariantSelectMode.VersionPriority
    )
    {
        ArgumentNullException.ThrowIfNull(repository);
        string[][] requests = JsonFile.Read(
            requestsPath,
            place => place.Items("request").Select(request => request.Texts()).ToArray()
        );
        Case[] cases = expectedPath is null
            ? Array.ConvertAll(requests, request => new Case { Request = request })
            : JsonFile.Read(expectedPath, place => place.Items("case").Select(CaseJson.Read).ToArray());
        if (cases.Length != requests.Length)
        {
            throw new PackageDataException(
                $"{expectedPath}: holds {cases.Length} answers to the {requests.Length} requests of {requestsPath}"
            );
        }
        for (int i = 0; i < cases.Length; i++)
        {
            if (!cases[i].Request.SequenceEqual(requests[i]))
                throw new PackageDataException($"{expectedPath}: case {i} answers another request than {requestsPath}");
            cases[i] = cases[i] with { Options = cases[i].Options with { VariantSelectMode = variantSelectMode } };
        }
        return new Book("rez-benchmark", repository, cases);
    }
}
