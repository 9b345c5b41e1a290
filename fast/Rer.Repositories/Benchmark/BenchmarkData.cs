namespace Rer.Repositories;

/// <summary>
/// The location of rez's benchmark data on this machine. Rer may not distribute the data, so it searches for a copy.
/// </summary>
/// <param name="Packages">The path of <c>packages.tar.gz</c>.</param>
/// <param name="Requests">The path of <c>requests.json</c>: a list of requests.</param>
internal sealed record BenchmarkData(string Packages, string Requests)
{
    /// <summary>The environment variable that names the directory of the data.</summary>
    public const string DirectoryVariable = "REZ_BENCHMARK_DIR";

    internal const string PackagesFile = "packages.tar.gz";
    internal const string RequestsFile = "requests.json";

    /// <summary>
    /// Finds the data. If REZ_BENCHMARK_DIR is set, only that directory is searched. Otherwise the search goes up from
    /// the current directory and from the program's own, and looks for the clone's <c>rez/benchmarking</c>, a rez
    /// checkout in <c>rez/checkout</c>, and <c>shared/rez/benchmarking</c> next to the clone.
    /// </summary>
    /// <param name="tried">If the data is not found, a sentence that lists where Rer looked and how to get the
    /// data.</param>
    /// <returns>The location of the data, or null.</returns>
    public static BenchmarkData? Find(out string tried) =>
        Find(
            Environment.GetEnvironmentVariable(DirectoryVariable),
            [Directory.GetCurrentDirectory(), AppContext.BaseDirectory],
            out tried
        );

    internal static BenchmarkData? Find(string? named, IReadOnlyList<string> starts, out string tried)
    {
        if (!string.IsNullOrEmpty(named))
        {
            tried = $"{DirectoryVariable} names '{named}', which lacks {PackagesFile} or {RequestsFile}.";
            return In(named);
        }
        string[] places = [.. starts.Select(CloneAbove).OfType<string>().Distinct().SelectMany(PlacesIn)];
        string where = places.Length == 0 ? "no clone of Rer is above this directory" : string.Join(", ", places);
        string fetch =
            places.Length == 0 ? "rer dataset fetch" : "dotnet run --project fast/Rer.Cli -c Release -- dataset fetch";
        tried =
            $"rez's benchmark data was not found ({where}); get it with '{fetch}', "
            + $"or name its directory in {DirectoryVariable}.";
        return places.Select(In).FirstOrDefault(data => data is not null);
    }

    /// <summary>
    /// Where <c>rer dataset fetch</c> stores the data: the clone's <c>rez/benchmarking</c>; null outside a clone.
    /// </summary>
    public static string? FindDestination() =>
        CloneAbove(Directory.GetCurrentDirectory()) is { } clone ? PlacesIn(clone)[0] : null;

    private static string[] PlacesIn(string clone) =>
        [
            Path.Combine(clone, "rez", "benchmarking"),
            Path.Combine(clone, "rez", "checkout", "src", "rez", "data", "benchmarking"),
            Path.GetFullPath(Path.Combine(clone, "..", "shared", "rez", "benchmarking")),
        ];

    private static string? CloneAbove(string start)
    {
        string? directory = Path.GetFullPath(start);
        while (directory is not null && !File.Exists(Path.Combine(directory, "Rer.sln")))
        {
            directory = Path.GetDirectoryName(directory);
        }
        return directory;
    }

    private static BenchmarkData? In(string directory)
    {
        BenchmarkData data = new(Path.Combine(directory, PackagesFile), Path.Combine(directory, RequestsFile));
        return File.Exists(data.Packages) && File.Exists(data.Requests) ? data : null;
    }
}
