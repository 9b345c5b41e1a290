using Rer.Books;

namespace Rer.Tests;

/// <summary>Where the tests find the project's data.</summary>
internal static class DataSet
{
    /// <summary>The root of the clone in which these tests were built.</summary>
    public static string Root { get; } =
        RootAbove(new DirectoryInfo(AppContext.BaseDirectory))
        ?? throw new InvalidOperationException($"No Rer.sln above {AppContext.BaseDirectory}.");

    /// <summary>The path of a file in <c>data_set</c>.</summary>
    public static string PathOf(string name) => Path.GetFullPath(Path.Combine(Root, "data_set", name));

    /// <summary>rez's vectors for versions, ranges and requirements.</summary>
    public static string VersionVectors => PathOf("conformance/version.json");

    /// <summary>The book of the invented studio.</summary>
    public static string Studio => PathOf("studio.json.gz");

    /// <summary>rez's recorded answers to its own benchmark.</summary>
    public static string BenchmarkAnswers => PathOf("rez-benchmark.expected.json");

    /// <summary>Every file of books, including the reference's worked examples, relative to the root.</summary>
    public static IEnumerable<string> BookFiles()
    {
        IEnumerable<string> folders =
        [
            "data_set",
            "data_set/conformance",
            "data_set/regressions",
            "reference/examples",
        ];
        return folders
            .Select(folder => Path.Combine(Root, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.json*"))
            .Except([VersionVectors, BenchmarkAnswers])
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);
    }

    /// <summary>Reads a file of books.</summary>
    /// <param name="file">The path relative to the root.</param>
    public static IReadOnlyList<Book> ReadBooks(string file) => BookFile.Read(Path.Combine(Root, file));

    private static string? RootAbove(DirectoryInfo? directory) =>
        directory is null ? null
        : File.Exists(Path.Combine(directory.FullName, "Rer.sln")) ? directory.FullName
        : RootAbove(directory.Parent);
}
