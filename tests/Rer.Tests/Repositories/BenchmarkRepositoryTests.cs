using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Rer.Repositories;
using Rer.Tests.Corpus;

namespace Rer.Tests.Repositories;

/// <summary>rez's benchmark archive, and where it is searched for.</summary>
public sealed class BenchmarkRepositoryTests : IDisposable
{
    private readonly PackageTree _tree = new();

    public void Dispose() => _tree.Dispose();

    private string Archive(params (string Name, string Content)[] files)
    {
        string path = _tree.PathOf("packages.tar.gz");
        using GZipStream zipped = new(File.Create(path), CompressionLevel.Fastest);
        using TarWriter tar = new(zipped);
        tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "./packages/"));
        foreach ((string name, string content) in files)
        {
            tar.WriteEntry(
                new PaxTarEntry(TarEntryType.RegularFile, name)
                {
                    DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)),
                }
            );
        }
        return path;
    }

    [Fact]
    public void Packages_are_read_from_the_archive_when_they_are_asked_for()
    {
        string path = Archive(
            ("./packages/a/1.0/package.py", "requires = ['b']"),
            ("./packages/a/0.9/package.py", "requires = ["),
            ("./packages/b/1/package.py", ""),
            ("./packages/README", "no package")
        );
        BenchmarkRepository repository = BenchmarkRepository.Open(path);
        repository.SearchPaths.ShouldBe([path]);
        repository.GetFamilies().ShouldBe(["a", "b"]);
        repository.GetVersions("a").ShouldBe(["1.0", "0.9"]);
        repository.GetVersions("c").ShouldBeEmpty();
        repository.GetDefinition("a", "1.0").Requires.ShouldBe(["b"]);
        Should
            .Throw<PackageDataException>(() => repository.GetDefinition("a", "0.9"))
            .Message.ShouldBe($"{path}:a/0.9/package.py:1: '[' was never closed");
    }

    [Fact]
    public void Another_file_is_an_error_with_its_path()
    {
        string empty = Archive();
        Message(empty).ShouldBe($"{empty}: the archive holds no FAMILY/VERSION/package.py");
        _tree.Write("text.gz", "not zipped");
        Message(_tree.PathOf("text.gz")).ShouldStartWith($"{_tree.PathOf("text.gz")}: cannot read the archive");
        Message(_tree.PathOf("none.gz")).ShouldStartWith($"{_tree.PathOf("none.gz")}: cannot read the archive");
        string good = Archive(("./packages/a/1.0/package.py", new string('#', 5000)));
        File.WriteAllBytes(_tree.PathOf("cut.gz"), File.ReadAllBytes(good)[..^40]);
        Message(_tree.PathOf("cut.gz")).ShouldStartWith($"{_tree.PathOf("cut.gz")}: cannot read the archive");

        static string Message(string path) =>
            Should.Throw<PackageDataException>(() => BenchmarkRepository.Open(path)).Message;
    }

    [FactNeeding(Need.BenchmarkData)]
    public void All_18226_packages_of_rez_can_be_read()
    {
        BenchmarkRepository repository = BenchmarkRepository.Open(RezBenchmark.Data!.Packages);
        PackageDefinition[] definitions =
        [
            .. repository
                .GetFamilies()
                .SelectMany(family =>
                    repository.GetVersions(family).Select(version => repository.GetDefinition(family, version))
                ),
        ];
        // Counted by rez, which loaded the same files.
        definitions.Length.ShouldBe(18_226);
        definitions.Sum(definition => Math.Max(definition.Variants.Count, 1)).ShouldBe(25_200);
        definitions.ShouldAllBe(definition => definition.Timestamp > 0);
    }

    [Fact]
    public void Data_is_searched_for_in_the_clone_then_in_a_checkout_then_next_to_it()
    {
        _tree.Write("clone/Rer.sln").Write("clone/tests/bin/x");
        string[] places =
        [
            "clone/rez/benchmarking",
            "clone/rez/checkout/src/rez/data/benchmarking",
            "shared/rez/benchmarking",
        ];
        BenchmarkData.Find(null, [_tree.PathOf("clone/tests/bin")], out string tried).ShouldBeNull();
        tried.ShouldBe(
            $"rez's benchmark data was not found ({string.Join(", ", places.Select(Full))}); get it with "
                + "'dotnet run --project fast/Rer.Cli -c Release -- dataset fetch', or name its directory in "
                + "REZ_BENCHMARK_DIR."
        );
        foreach (string place in places.Reverse())
        {
            _tree.Write(place + "/packages.tar.gz");
            (Found() ?? "")
                .StartsWith(Full(place), StringComparison.Ordinal)
                .ShouldBeFalse("one file alone is not the data");
            _tree.Write(place + "/requests.json");
            Found().ShouldBe(Full(place + "/packages.tar.gz"));
        }

        string? Found() => BenchmarkData.Find(null, [_tree.PathOf("clone/tests/bin")], out _)?.Packages;
        string Full(string place) => Path.GetFullPath(_tree.PathOf(place)).Replace('/', Path.DirectorySeparatorChar);
    }

    [Fact]
    public void A_named_directory_is_the_only_one_searched()
    {
        _tree
            .Write("clone/Rer.sln")
            .Write("clone/rez/benchmarking/packages.tar.gz")
            .Write("clone/rez/benchmarking/requests.json");
        string named = _tree.PathOf("named");
        BenchmarkData.Find(named, [_tree.PathOf("clone")], out string tried).ShouldBeNull();
        tried.ShouldBe($"REZ_BENCHMARK_DIR names '{named}', which lacks packages.tar.gz or requests.json.");
        _tree.Write("named/packages.tar.gz").Write("named/requests.json");
        BenchmarkData.Find(named, [], out _).ShouldNotBeNull().Requests.ShouldBe(Path.Combine(named, "requests.json"));
    }
}
