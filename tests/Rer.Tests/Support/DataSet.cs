namespace Rer.Tests;

/// <summary>Where the tests find the project's data.</summary>
internal static class DataSet
{
    /// <summary>The root of the clone that these tests were built in.</summary>
    public static string Root { get; } =
        RootAbove(new DirectoryInfo(AppContext.BaseDirectory))
        ?? throw new InvalidOperationException($"No Rer.sln above {AppContext.BaseDirectory}.");

    /// <summary>The path of something in <c>data_set</c>.</summary>
    public static string PathOf(string name) => Path.Combine(Root, "data_set", name);

    /// <summary>rez's vectors for versions, ranges and requirements.</summary>
    public static string VersionVectors => PathOf("conformance/version.json");

    /// <summary>The book of the invented studio.</summary>
    public static string Studio => PathOf("studio.json.gz");

    /// <summary>rez's recorded answers to its own benchmark.</summary>
    public static string BenchmarkAnswers => PathOf("rez-benchmark.expected.json");

    /// <summary>Every file of books, relative to <c>data_set</c>, in order of name.</summary>
    public static IEnumerable<string> BookFiles()
    {
        IEnumerable<string> conformance = Directory
            .EnumerateFiles(PathOf("conformance"), "*.json")
            .Where(path => path != VersionVectors);
        IEnumerable<string> regressions = Directory.Exists(PathOf("regressions"))
            ? Directory.EnumerateFiles(PathOf("regressions"), "*.json*")
            : [];
        return conformance
            .Concat(regressions)
            .Append(Studio)
            .Select(path => Path.GetRelativePath(PathOf(""), path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);
    }

    private static string? RootAbove(DirectoryInfo? directory) =>
        directory is null ? null
        : File.Exists(Path.Combine(directory.FullName, "Rer.sln")) ? directory.FullName
        : RootAbove(directory.Parent);
}
