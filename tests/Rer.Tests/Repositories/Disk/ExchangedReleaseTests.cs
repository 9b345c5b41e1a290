using Rer.Repositories;
using Rer.Repositories.Disk;

namespace Rer.Tests.Repositories.Disk;

/// <summary>
/// Packages that replace others, as in studio releases: by unpacking an archive over them, or by changing a link. The
/// times of modification are constant, as in reproducible archives, and show nothing.
/// </summary>
public sealed class ExchangedReleaseTests : IDisposable
{
    private static readonly DateTime s_epoch = DateTime.UnixEpoch.AddSeconds(1_700_000_000);

    private readonly PackageTree _tree = new();

    public void Dispose() => _tree.Dispose();

    private string CacheDirectory => _tree.PathOf("cache");

    /// <summary>Writes a repository of which every part names its release in the same number of bytes.</summary>
    private void WriteRelease(string path, int families, char release)
    {
        for (int family = 0; family < families; family++)
        {
            Write($"{path}/f{family}/1/package.py", $"timestamp = 1\nrequires = ['release-{release}']\n");
            Write($"{path}/f{family}/2.{release}/package.py", $"requires = ['release-{release}']\n");
        }
    }

    /// <summary>
    /// Writes a file as tar does: as a new file, to which the file system tends to give the old one's number.
    /// </summary>
    private void Write(string name, string content)
    {
        if (File.Exists(_tree.PathOf(name)))
        {
            File.Delete(_tree.PathOf(name));
        }
        _tree.Write(name, content);
        File.SetLastWriteTimeUtc(_tree.PathOf(name), s_epoch);
    }

    private void SetDirectoryTimes(string path)
    {
        foreach (string directory in Directory.GetDirectories(_tree.PathOf(path), "*", SearchOption.AllDirectories))
        {
            Directory.SetLastWriteTimeUtc(directory, s_epoch);
        }
    }

    private static string Content(FilesystemRepository repository, string family)
    {
        string[] versions = [.. repository.GetVersions(family)];
        return string.Join(
            ' ',
            versions.Select(version => $"{version}:{repository.GetDefinition(family, version).Requires[0]}")
        );
    }

    [Fact]
    public void Archives_unpacked_over_a_repository_are_seen_although_their_times_are_constant()
    {
        const int Families = 30;
        string[] kinds = ["added", "removed", "changed"];
        string packages = _tree.PathOf("packages");
        foreach (string kind in kinds)
        {
            for (int family = 0; family < Families; family++)
            {
                Write($"packages/{kind}{family}/1/package.py", "timestamp = 1\nrequires = ['release-a']\n");
                Write($"packages/{kind}{family}/2/package.py", "requires = ['release-a']\n");
            }
        }
        SetDirectoryTimes("packages");
        Settling.Wait(new DirectoryInfo(packages));
        Read().Hits.ShouldBe(0);
        Read().Hits.ShouldBe(3L * Families * 2);

        for (int family = 0; family < Families; family++)
        {
            Write($"packages/added{family}/3/package.py", "requires = ['release-b']\n");
            Directory.Delete(_tree.PathOf($"packages/removed{family}/1"), recursive: true);
            Write($"packages/changed{family}/1/package.py", "timestamp = 1\nrequires = ['release-b']\n");
            Write($"packages/changed{family}/2/package.py", "requires = ['release-b']\n");
        }
        SetDirectoryTimes("packages");

        int checks = 0;
        List<string> wrong = [];
        for (int round = 0; round < 3; round++) // what was seen once stays visible, also if it is remembered
        {
            (Dictionary<string, string> seen, _) = Read();
            foreach (string kind in kinds)
            {
                for (int family = 0; family < Families; family++)
                {
                    string expected = kind switch
                    {
                        "added" => "1:release-a 2:release-a 3:release-b",
                        "removed" => "2:release-a",
                        _ => "1:release-b 2:release-b",
                    };
                    checks++;
                    if (seen[$"{kind}{family}"] != expected)
                    {
                        wrong.Add($"{kind}{family}: {seen[$"{kind}{family}"]}");
                    }
                }
            }
            if (round == 0)
            {
                Settling.Wait(new DirectoryInfo(packages));
            }
        }
        checks.ShouldBe(270);
        wrong.ShouldBeEmpty();

        (Dictionary<string, string> Seen, long Hits) Read()
        {
            using PackageIndex index = new(new PackageIndexOptions { CacheDirectory = CacheDirectory });
            FilesystemRepository repository = new([packages], index: index);
            Dictionary<string, string> seen = repository
                .GetFamilies()
                .ToDictionary(name => name, name => Content(repository, name));
            return (seen, repository.Statistics.CacheHits);
        }
    }

    /// <summary>
    /// Definitions used to be read through the open directory, and listings through the path. So two valid releases
    /// were mixed, and the listing of one was stored under the identity of the other.
    /// </summary>
    [Fact]
    public void Changing_a_link_while_its_packages_are_read_mixes_no_releases()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("Only on Linux a repository keeps the directory that it was opened with.");
        }
        const int Families = 6;
        WriteRelease("a", Families, 'a');
        WriteRelease("b", Families, 'b');
        SetDirectoryTimes("a");
        SetDirectoryTimes("b");
        _tree.Link("current", "a");
        Settling.Wait(new DirectoryInfo(_tree.PathOf("b")));

        using var stop = new CancellationTokenSource();
        Thread turning = new(() =>
        {
            for (int turn = 0; !stop.IsCancellationRequested; turn++)
            {
                _tree.Link("next", turn % 2 == 0 ? "b" : "a");
                NativeFile.Rename(_tree.PathOf("next"), _tree.PathOf("current"));
                Thread.Sleep(turn % 3);
            }
        });
        turning.Start();
        try
        {
            HashSet<char> met = [];
            for (int round = 0; round < 300; round++)
            {
                using PackageIndex? index =
                    round % 3 == 0
                        ? null
                        : new(new() { CacheDirectory = CacheDirectory, ChecksBehind = round % 3 == 1 });
                DiskCalls calls = new(TimeSpan.FromMilliseconds(round % 30 == 0 ? 1 : 0));
                FilesystemRepository repository = new([_tree.PathOf("current")], calls, index: index);
                string[] read = [.. Enumerable.Range(0, Families).Select(family => Content(repository, $"f{family}"))];
                if (index?.Confirm() == false)
                {
                    continue;
                }
                char release = read[0].Last();
                read.ShouldAllBe(content => content == $"1:release-{release} 2.{release}:release-{release}");
                met.Add(release);
            }
            met.Order().ShouldBe(['a', 'b']);
        }
        finally
        {
            stop.Cancel();
            turning.Join();
        }
    }
}
