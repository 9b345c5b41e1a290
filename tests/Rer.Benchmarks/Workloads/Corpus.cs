using Rer.Books;
using Rer.Repositories;

namespace Rer.Benchmarks;

/// <summary>The recorded workloads: rez's own benchmark and the invented studio, with rez's answers.</summary>
internal static class Corpus
{
    /// <summary>rez's 188 requests. Not available if its data is not on this machine.</summary>
    internal const string Rez = "rez";

    /// <summary>The studio's requests.</summary>
    internal const string Studio = "studio";

    /// <summary>The names of the workloads that can be measured here.</summary>
    internal static IEnumerable<string> Available => BenchmarkData.Find(out _) is null ? [Studio] : [Rez, Studio];

    /// <summary>Reads a workload and checks it.</summary>
    internal static Workload Open(string name)
    {
        Book book = name == Rez ? ReadRez() : BookFile.Read(PathOf("studio.json.gz")).Single();
        return new Workload(book.Repository, book.Cases);
    }

    private static Book ReadRez()
    {
        BenchmarkData data = BenchmarkData.Find(out string tried) ?? throw new PackageDataException(tried);
        return BenchmarkBook.Read(
            BenchmarkRepository.Open(data.Packages),
            data.Requests,
            PathOf("rez-benchmark.expected.json")
        );
    }

    /// <summary>A file in <c>data_set</c>, in the clone in which this program was built.</summary>
    private static string PathOf(string file)
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Rer.sln")))
        {
            directory = directory.Parent;
        }

        return directory is null
            ? throw new PackageDataException($"{AppContext.BaseDirectory} is not within a clone of Rer")
            : Path.Combine(directory.FullName, "data_set", file);
    }
}
