using Rer.Repositories;

namespace Rer.Tests.Repositories.Indexing;

/// <summary>The index that this machine keeps is never wrong and never needed.</summary>
public sealed class LocalIndexTests : IDisposable
{
    private readonly PackageTree _tree = new();

    public void Dispose() => _tree.Dispose();

    private string CacheDirectory => _tree.PathOf("cache");

    private string PackagesDirectory => _tree.PathOf("packages");

    /// <summary>Reads everything with the cache, as a new process would, and saves it.</summary>
    private (string Content, long Hits) ReadAll()
    {
        using PackageIndex index = Open();
        return ReadAll(index);
    }

    private PackageIndex Open(bool checksBehind = false) =>
        new(new PackageIndexOptions { CacheDirectory = CacheDirectory, ChecksBehind = checksBehind });

    private (string Content, long Hits) ReadAll(PackageIndex index)
    {
        FilesystemRepository repository = new([PackagesDirectory], index: index);
        IEnumerable<string> lines = repository
            .GetFamilies()
            .Order(StringComparer.Ordinal)
            .SelectMany(family =>
                repository
                    .GetVersions(family)
                    .Select(version => DefinitionText.Of(repository, family, version, _ => "error"))
            );
        return (string.Join("\n", lines.ToArray()), repository.Statistics.CacheHits);
    }

    private PackageTree SomePackages() =>
        _tree
            .Write("packages/a/1.0/package.py", "requires = ['b-1', 'c']\nvariants = [['d'], []]\ntimestamp = 5")
            .Write("packages/a/1.1/package.yaml", "requires: [b-1]\nbuild_requires: [e]")
            .Write("packages/b/package.py", "requires = ['ü', '']")
            .Write("packages/c/1/package.py", "timestamp = -1")
            .Age();

    [Fact]
    public void What_was_read_is_remembered()
    {
        SomePackages();
        (string cold, long none) = ReadAll();
        (string warm, long hits) = ReadAll();
        cold.ShouldBe(
            """
            a-1.0: b-1,c d| 5 
            a-1.1: b-1  0 e
            b-: ü,  0 
            c-1:   -1 
            """
        );
        warm.ShouldBe(cold);
        (none, hits).ShouldBe((0, 4));
    }

    public static TheoryData<string> Changes =>
        ["edit", "replace", "add", "remove", "ignore", "release", "yaml to py", "edit yaml", "unversioned", "rename"];

    [Theory]
    [MemberData(nameof(Changes))]
    public void Every_change_shows(string change)
    {
        SomePackages();
        ReadAll();
        string before = ReadAll().Content;
        switch (change)
        {
            case "edit": // of the same length
                _tree.Write("packages/a/1.0/package.py", "requires = ['b-2', 'c']\nvariants = [['d'], []]\ntimestamp = 5");
                break;
            case "replace": // with the same length and time
                DateTime time = File.GetLastWriteTimeUtc(_tree.PathOf("packages/c/1/package.py"));
                _tree.Write("packages/new", "timestamp = -2");
                File.SetLastWriteTimeUtc(_tree.PathOf("packages/new"), time);
                File.Move(_tree.PathOf("packages/new"), _tree.PathOf("packages/c/1/package.py"), overwrite: true);
                break;
            case "add":
                _tree.Write("packages/a/2/package.py");
                break;
            case "remove":
                Directory.Delete(_tree.PathOf("packages/a/1.1"), recursive: true);
                break;
            case "ignore":
                _tree.Write("packages/a/.ignore1.1");
                break;
            case "release":
                _tree.Write("packages/a/1.1/release.yaml", "timestamp: 77");
                break;
            case "yaml to py":
                _tree.Write("packages/a/1.1/package.py", "requires = ['now-py']");
                break;
            case "edit yaml":
                _tree.Write("packages/a/1.1/package.yaml", "requires: [b-2]\nbuild_requires: [e]");
                break;
            case "unversioned":
                _tree.Write("packages/a/package.py", "requires = ['unversioned']");
                break;
            case "rename":
                Directory.Move(_tree.PathOf("packages/a/1.1"), _tree.PathOf("packages/a/1.2"));
                break;
        }
        using (PackageIndex index = Open(checksBehind: true))
        {
            ReadAll(index).Content.ShouldNotBeNull();
            index.Confirm().ShouldBeFalse();
            index.Outdated.IsCancellationRequested.ShouldBeTrue();
        }
        string after = ReadAll().Content;
        after.ShouldNotBe(before);
        Directory.Delete(CacheDirectory, recursive: true);
        ReadAll().Content.ShouldBe(after);
    }

    [Fact]
    public void What_is_still_valid_is_confirmed_later()
    {
        SomePackages();
        string cold = ReadAll().Content;
        using PackageIndex index = Open(checksBehind: true);
        ReadAll(index).ShouldBe((cold, 4));
        index.Confirm().ShouldBeTrue();
        index.Outdated.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public void What_was_handed_out_before_a_change_is_not_confirmed_after_it()
    {
        SomePackages();
        ReadAll();
        using PackageIndex index = Open(checksBehind: true);
        ReadAll(index);
        index.Confirm().ShouldBeTrue();
        _tree.Write("packages/c/1/package.py", "timestamp = -2");
        ReadAll(index);
        index.Confirm().ShouldBeFalse();
    }

    [Fact]
    public void A_cache_may_end_with_checks_left()
    {
        SomePackages();
        ReadAll();
        using (PackageIndex index = Open(checksBehind: true))
        {
            ReadAll(index);
        }
        ReadAll().Hits.ShouldBe(4);
    }

    [Fact]
    public void What_may_still_change_unseen_is_not_kept()
    {
        _tree.Write("packages/a/1/package.py", "timestamp = 1").Age();
        File.SetLastWriteTimeUtc(_tree.PathOf("packages/a/1/package.py"), DateTime.UtcNow.AddHours(1));
        ReadAll();
        ReadAll().Hits.ShouldBe(0);
    }

    [Fact]
    public void Links_versions_being_built_and_old_release_data_are_read_each_time()
    {
        _tree
            .Write("real/package.py", "timestamp = 1")
            .Link("packages/linked/1", "real")
            .Write("packages/built/1/payload")
            .Write("packages/built/.building1")
            .Write("packages/old/1/package.py")
            .Write("packages/old/1/.metadata/x")
            .Age();
        ReadAll().Content.ShouldBe("linked-1:   1 \nold-1:   0 ");

        _tree.Write("packages/built/1/package.py").Write("packages/old/1/.metadata/release_time.txt", "9");
        Directory.Move(_tree.PathOf("real"), _tree.PathOf("gone"));
        ReadAll().Content.ShouldBe("built-1:   0 \nold-1:   9 ");
    }

    [Fact]
    public void Errors_and_what_needs_Python_are_not_kept()
    {
        _tree
            .Write("packages/a/1/package.py", "requires = [")
            .Write("packages/a/2/package.py", "requires = f()")
            .Write("packages/a/3/package.py", "from m import f\nbuild_requires = f()")
            .Age();
        ReadAll().Content.ShouldBe("a-1: error\na-2: error\na-3: error");
        ReadAll().Hits.ShouldBe(0);
    }

    [Fact]
    public void Damage_is_ignored_and_repaired()
    {
        SomePackages();
        string expected = ReadAll().Content;
        string file = Directory.GetFiles(CacheDirectory, "*.rer").ShouldHaveSingleItem();
        byte[] good = File.ReadAllBytes(file);
        for (int i = 0; i < good.Length; i += 3)
        {
            byte[] bad = [.. good];
            bad[i] ^= 0x41;
            File.WriteAllBytes(file, bad);
            ReadAll().Content.ShouldBe(expected);
            File.WriteAllBytes(file, good[..i]);
            ReadAll().Content.ShouldBe(expected);
        }
        ReadAll().ShouldBe((expected, 4));
    }

    [Fact]
    public void An_index_of_another_package_path_is_not_taken_for_it()
    {
        SomePackages().Write("other/a/1.0/package.py", "requires = ['other']").Age();
        ReadAll();
        string ours = Directory.GetFiles(CacheDirectory, "*.rer").ShouldHaveSingleItem();
        using (PackageIndex index = Open())
        {
            new FilesystemRepository([_tree.PathOf("other")], index: index).GetDefinition("a", "1.0");
        }
        string others = Directory.GetFiles(CacheDirectory, "*.rer").Single(file => file != ours);
        File.Copy(others, ours, overwrite: true);
        (string content, long hits) = ReadAll();
        content.ShouldContain("a-1.0: b-1,c d| 5");
        hits.ShouldBe(0);
    }

    [Fact]
    public void Many_may_read_and_write_at_a_time()
    {
        for (int i = 0; i < 40; i++)
        {
            _tree.Write($"packages/a/{i}/package.py", $"requires = ['r-{i}']\ntimestamp = {i}");
        }
        _tree.Age();
        string expected = ReadAll().Content;
        Directory.Delete(CacheDirectory, recursive: true);
        Parallel.For(
            0,
            24,
            new ParallelOptions { MaxDegreeOfParallelism = 6 },
            run =>
            {
                using PackageIndex index = Open();
                FilesystemRepository repository = new([PackagesDirectory], index: index);
                foreach (string version in repository.GetVersions("a").Where((_, i) => i % 5 == run % 5))
                {
                    repository.GetDefinition("a", version).Requires.ShouldBe([$"r-{version}"]);
                }
            }
        );
        ReadAll().Content.ShouldBe(expected);
        ReadAll().Hits.ShouldBe(40);
        Directory.GetFiles(CacheDirectory, "*.part", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public void Removed_versions_are_forgotten()
    {
        SomePackages();
        ReadAll();
        long before = SizeOfCache();
        Directory.Delete(_tree.PathOf("packages/a/1.0"), recursive: true);
        _tree.Write("packages/a/1.2/package.py", "timestamp = 5").Age();
        ReadAll();
        SizeOfCache().ShouldBeLessThan(before);

        long SizeOfCache() =>
            new DirectoryInfo(CacheDirectory).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length);
    }

    /// <summary>
    /// The earlier index trusted its listing, which does not contain the new version, and did not store the definition.
    /// </summary>
    [Fact]
    public void A_version_missing_from_a_stored_listing_is_stored_too()
    {
        SomePackages();
        ReadAll();
        _tree.Write("packages/a/1.2/package.py", "timestamp = 5");
        // The directory is too new for its listing to be stored, but the file is not.
        Settling.Wait(new DirectoryInfo(_tree.PathOf("packages/a/1.2")));
        Directory.SetLastWriteTimeUtc(_tree.PathOf("packages/a"), DateTime.UtcNow.AddHours(1));

        ReadAll().Hits.ShouldBe(4);
        ReadAll().Hits.ShouldBe(5);
    }

    [Fact]
    public void A_cache_that_cannot_be_written_is_reported_and_changes_nothing()
    {
        SomePackages().Write("cache", "a file where the directory should be");
        using PackageIndex index = Open();
        FilesystemRepository repository = new([PackagesDirectory], index: index);
        repository.GetDefinition("c", "1").Timestamp.ShouldBe(-1);
        index.Save();
        index.Save();
        index.Complaints.ShouldHaveSingleItem().ShouldStartWith($"{CacheDirectory}: cannot write the cache: ");
    }
}
