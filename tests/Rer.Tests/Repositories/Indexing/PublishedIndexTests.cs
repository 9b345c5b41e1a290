using Rer.Repositories;

namespace Rer.Tests.Repositories.Indexing;

/// <summary>
/// The answers of a published index at each level, after packages have changed. They must be as documented.
/// </summary>
public sealed class PublishedIndexTests : IDisposable
{
    private readonly PackageTree _tree = new();

    public void Dispose() => _tree.Dispose();

    private string Packages => _tree.PathOf("packages");

    private PackageTree SomePackages() =>
        _tree
            .Write("packages/a/1.0/package.py", "requires = ['b-1', 'c']\nvariants = [['d'], ['b-1']]\ntimestamp = 5")
            .Write("packages/a/1.1/package.yaml", "requires: [b-1]\nbuild_requires: [e]")
            .Write("packages/b/1/package.py", "timestamp = 3")
            .Write("packages/b/2/package.py", "requires = ['c']\ntimestamp = 4")
            .Write("packages/c/package.py", "requires = ['~x-1']")
            .Write("packages/d/1/package.py", "requires = ['!b-2', 'e']\ntimestamp = 5")
            .Write("packages/e.py", "versions = ['1', '2']\nversion_overrides = {'2': {'requires': ['b']}}")
            .Write("packages/broken/1/package.py", "requires = ['a-1-']\ntimestamp = 5")
            .Write("packages/error/1/package.py", "requires = [")
            .Age();

    /// <summary>
    /// Everything that may come from an index: listings, definitions and answers, for each package path.
    /// </summary>
    private static string Answers(PackageIndex? index, params string[] paths)
    {
        FilesystemRepository repository = new(paths, index: index);
        FilesystemRepository compiled = new(paths, index: index);
        List<string> lines = [];
        string[] families = [.. repository.GetFamilies(), "absent"];
        foreach (string family in families.Order(StringComparer.Ordinal))
        {
            lines.AddRange(
                repository
                    .GetVersions(family)
                    .Select(version => DefinitionText.Of(repository, family, version, e => e.Message))
            );
            lines.Add(Show(new FastResolver().Resolve([family], compiled)));
        }
        return string.Join("\n", lines);
    }

    private static string Show(ResolveResult result) =>
        result switch
        {
            SolvedResult solved => string.Join(' ', solved.Packages),
            FailedResult failed => failed.Failure.Description,
            ErrorResult error => error.Message,
            _ => "stopped",
        };

    private string Answers(IndexLevel level, bool checksBehind = false)
    {
        using PackageIndex index = new(new PackageIndexOptions { Level = level, ChecksBehind = checksBehind });
        string answers = Answers(index, Packages);
        return index.Confirm() ? answers : Answers(level);
    }

    private void ShouldAnswerAsTheDiskAtEveryLevel()
    {
        string disk = Answers(index: null, Packages);
        foreach (IndexLevel level in Enum.GetValues<IndexLevel>())
        {
            Answers(level).ShouldBe(disk, $"{level}");
            Answers(level, checksBehind: true).ShouldBe(disk, $"{level}, checked behind");
        }
    }

    [Fact]
    public void A_fresh_index_answers_as_the_disk()
    {
        SomePackages();
        IndexReport report = PublishedIndex.Update(Packages);
        (report.Families, report.Versions, report.Definitions).ShouldBe((7, 10, 9));
        report
            .Changes.Where(change => change.Kind == IndexChangeKind.Unknown)
            .ShouldHaveSingleItem()
            .Family.ShouldBe("error");
        ShouldAnswerAsTheDiskAtEveryLevel();
    }

    public static TheoryData<string, bool> Changes =>
        new()
        {
            { "edit", false },
            { "touch back", false },
            { "replace", false },
            { "release", false },
            { "yaml to py", false },
            { "edit combined", true },
            { "needs python", false },
            { "add", true },
            { "remove", true },
            { "ignore", true },
            { "unversioned", true },
            { "rename", true },
            { "new family", true },
            { "family gone", true },
            { "to combined", true },
            { "to directory", true },
        };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Each_level_misses_what_its_documentation_says_and_nothing_else(string change, bool isListed)
    {
        SomePackages();
        PublishedIndex.Update(Packages);
        string fresh = Answers(index: null, Packages);
        Make(change);
        string now = Answers(index: null, Packages);
        now.ShouldNotBe(fresh);

        Answers(IndexLevel.Strict).ShouldBe(now);
        Answers(IndexLevel.Strict, checksBehind: true).ShouldBe(now);
        Answers(IndexLevel.Listing).ShouldBe(isListed ? now : fresh);
        Answers(IndexLevel.Listing, checksBehind: true).ShouldBe(isListed ? now : fresh);
        Answers(IndexLevel.Published).ShouldBe(fresh);

        PublishedIndex.GetStatus(Packages).Changes.ShouldContain(found => found.Kind != IndexChangeKind.Unknown);
        PublishedIndex.Verify(Packages).Changes.ShouldContain(found => found.Kind != IndexChangeKind.Unknown);
        // Reading release files and running Python is left to the process that resolves. The report then says what is
        // unknown.
        PublishedIndex
            .Update(Packages)
            .Changes.ShouldContain(found =>
                found.Kind != IndexChangeKind.Unknown || change == "needs python" || change == "release"
            );
        ShouldAnswerAsTheDiskAtEveryLevel();
        PublishedIndex.GetStatus(Packages).Changes.ShouldAllBe(found => found.Kind == IndexChangeKind.Unknown);
        PublishedIndex.Verify(Packages).Changes.ShouldAllBe(found => found.Kind == IndexChangeKind.Unknown);
    }

    private void Make(string change)
    {
        const string Definition = "packages/a/1.0/package.py";
        const string Edited = "requires = ['b-2', 'c']\nvariants = [['d'], ['b-1']]\ntimestamp = 5"; // same length
        switch (change)
        {
            case "edit":
                _tree.Write(Definition, Edited);
                break;
            case "touch back":
                DateTime time = File.GetLastWriteTimeUtc(_tree.PathOf(Definition));
                _tree.Write(Definition, Edited);
                File.SetLastWriteTimeUtc(_tree.PathOf(Definition), time);
                break;
            case "replace":
                DateTime old = File.GetLastWriteTimeUtc(_tree.PathOf(Definition));
                _tree.Write("new", Edited);
                File.SetLastWriteTimeUtc(_tree.PathOf("new"), old);
                DateTime directory = Directory.GetLastWriteTimeUtc(_tree.PathOf("packages/a/1.0"));
                File.Move(_tree.PathOf("new"), _tree.PathOf(Definition), overwrite: true);
                Directory.SetLastWriteTimeUtc(_tree.PathOf("packages/a/1.0"), directory);
                break;
            case "release":
                _tree.Write("packages/a/1.1/release.yaml", "timestamp: 77");
                break;
            case "yaml to py":
                _tree.Write("packages/a/1.1/package.py", "requires = ['c']");
                break;
            case "edit combined":
                _tree.Write("packages/e.py", "versions = ['1', '3']");
                break;
            case "needs python":
                _tree.Write(Definition, "import os\nrequires = [os.popen('x').read()]");
                break;
            case "add":
                _tree.Write("packages/a/2/package.py", "requires = ['b']");
                break;
            case "remove":
                Directory.Delete(_tree.PathOf("packages/a/1.1"), recursive: true);
                break;
            case "ignore":
                _tree.Write("packages/a/.ignore1.1");
                break;
            case "unversioned":
                _tree.Write("packages/a/package.py", "requires = ['b']");
                break;
            case "rename":
                Directory.Move(_tree.PathOf("packages/a/1.1"), _tree.PathOf("packages/a/1.2"));
                break;
            case "new family":
                _tree.Write("packages/absent/1/package.py", "requires = ['b']");
                break;
            case "family gone":
                Directory.Delete(_tree.PathOf("packages/b"), recursive: true);
                break;
            case "to combined":
                Directory.Delete(_tree.PathOf("packages/b"), recursive: true);
                _tree.Write("packages/b.yaml", "versions: ['1', '7']");
                break;
            case "to directory":
                _tree.Write("packages/e/5/package.py", "requires = ['b']");
                break;
        }
        _tree.Age();
    }

    [Fact]
    public void Earlier_package_paths_shadow_later_ones_whatever_index_each_has()
    {
        SomePackages()
            .Write("more/a/1.0/package.py", "requires = ['late']\ntimestamp = 9")
            .Write("more/a/3/package.py", "requires = ['b-2', 'f']\ntimestamp = 9")
            .Write("more/f/1/package.py", "requires = ['a-1.0']\ntimestamp = 9")
            .Age();
        string more = _tree.PathOf("more");
        string[][] orders =
        [
            [Packages, more],
            [more, Packages],
        ];
        foreach (
            string[] published in (string[][])
                [
                    [],
                    [Packages],
                    [more],
                    [more, Packages],
                ]
        )
        {
            foreach (string path in published)
            {
                PublishedIndex.Update(path);
            }
            foreach (string[] order in orders)
            {
                string disk = Answers(index: null, order);
                foreach (IndexLevel level in Enum.GetValues<IndexLevel>())
                {
                    foreach (bool checksBehind in (bool[])[false, true])
                    {
                        using PackageIndex index = new(new() { Level = level, ChecksBehind = checksBehind });
                        Answers(index, order).ShouldBe(disk);
                        index.Confirm().ShouldBeTrue();
                    }
                }
            }
        }
    }

    /// <summary>An update reads families that have just changed twice. It used to compile them only once. So new
    /// versions were missing from the compiled family, or had the definitions of others.</summary>
    [Fact]
    public void A_version_that_is_released_during_an_update_is_resolved()
    {
        SomePackages().Write("packages/new/1/package.py", "requires = ['b-1']\ntimestamp = 5").Age();
        // It has just changed, however long the update takes to reach it. The release sets the time to that of the
        // release.
        Directory.SetLastWriteTimeUtc(_tree.PathOf("packages/new"), DateTime.UtcNow.AddHours(1));
        PublishedIndex.Update(
            Packages,
            progress: new Reaction(() => _tree.Write("packages/new/2/package.py", "requires = ['b-2']\ntimestamp = 6"))
        );
        PublishedIndex.Verify(Packages).Changes.ShouldNotContain(change => change.Family == "new");
        using PackageIndex index = new(new() { Level = IndexLevel.Published });
        FilesystemRepository repository = new([Packages], index: index);
        Show(new FastResolver().Resolve(["new"], repository)).ShouldBe("c b-2 new-2");
    }

    /// <summary>Does something once, as soon as an update has read all families.</summary>
    private sealed class Reaction(Action action) : IProgress<IndexProgress>
    {
        private int _isDone;

        public void Report(IndexProgress value)
        {
            if (value.Done == value.Total && Interlocked.Exchange(ref _isDone, 1) == 0)
            {
                action();
            }
        }
    }

    [Fact]
    public void Each_level_checks_what_it_says()
    {
        SomePackages();
        PublishedIndex.Update(Packages);
        // The package path is opened, and the index, which is read in one call. For each family the directory is looked
        // at, and for each package the definition. A package.py might be added next to a's package.yaml, and release
        // files next to c, which has no timestamp. The directory that would show this was looked at on the way.
        Count(IndexLevel.Published).ShouldBe((0, 0, 1, 2));
        Count(IndexLevel.Listing).ShouldBe((3, 0, 1, 2));
        Count(IndexLevel.Strict).ShouldBe((3 + 3, 0, 1, 2));

        (long Looks, long Listings, long Reads, long Opens) Count(IndexLevel level)
        {
            using PackageIndex index = new(new() { Level = level, ChecksBehind = true });
            FilesystemRepository repository = new([Packages], index: index);
            new FastResolver().Resolve(["a==1.1", "b==1", "c"], repository).ShouldBeOfType<SolvedResult>();
            index.Confirm().ShouldBeTrue();
            index.Answers.ShouldHaveSingleItem().Families.ShouldBe(3);
            RepositoryStatistics statistics = repository.Statistics;
            return (statistics.Looks, statistics.Listings, statistics.Reads, statistics.Opens);
        }
    }

    [Fact]
    public void An_index_in_another_directory_serves_its_package_path()
    {
        SomePackages();
        string directory = _tree.PathOf("indexes");
        PublishedIndex.Update(Packages, new PublishedIndexOptions { Directory = directory });
        Directory.Exists(Path.Combine(Packages, ".rer")).ShouldBeFalse();
        _tree.Write("packages/a/1.0/package.py", "requires = ['nothing']").Age();

        using PackageIndex index = new(new() { Level = IndexLevel.Published, PublishedDirectory = directory });
        Answers(index, Packages).ShouldContain("a-1.0: b-1,c");
        File.Copy(PublishedIndex.FileOf(Packages, directory), PublishedIndex.FileOf(_tree.PathOf("other"), directory));
        _tree.Write("other/z/1/package.py");
        using PackageIndex wrong = new(new() { Level = IndexLevel.Published, PublishedDirectory = directory });
        new FilesystemRepository([_tree.PathOf("other")], index: wrong).GetFamilies().ShouldBe(["z"]);
    }

    [Fact]
    public void A_flipped_bit_or_a_lost_end_is_never_a_wrong_answer()
    {
        SomePackages();
        PublishedIndex.Update(Packages);
        string expected = Answers(index: null, Packages);
        string file = PublishedIndex.FileOf(Packages);
        byte[] good = File.ReadAllBytes(file);
        Random random = new(16);
        int count = int.Parse(Environment.GetEnvironmentVariable("RER_INDEX_DAMAGE") ?? "60", null);
        for (int i = 0; i < count; i++)
        {
            byte[] bad = [.. good];
            bad[random.Next(bad.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(file, i % 3 == 0 ? good[..random.Next(good.Length)] : bad);
            foreach (IndexLevel level in Enum.GetValues<IndexLevel>())
            {
                Answers(level).ShouldBe(expected);
                Answers(level, checksBehind: true).ShouldBe(expected);
            }
        }
    }
}
