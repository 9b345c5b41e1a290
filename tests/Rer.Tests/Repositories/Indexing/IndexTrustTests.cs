using System.Diagnostics;
using System.Runtime.InteropServices;
using Rer.Repositories;

namespace Rer.Tests.Repositories.Indexing;

/// <summary>
/// An index that another user could have written is not trusted. An index that is not a regular file does not block.
/// </summary>
public sealed partial class IndexTrustTests : IDisposable
{
    private readonly PackageTree _tree = new();

    public IndexTrustTests() => _tree.Write("packages/a/1/package.py", "requires = ['b']").Age();

    public void Dispose() => _tree.Dispose();

    private string Cache => _tree.PathOf("cache");

    private string Packages => _tree.PathOf("packages");

    private (string Requires, long Hits, string Complaints) Read(IndexLevel level = IndexLevel.Strict)
    {
        using PackageIndex index = new(new() { CacheDirectory = Cache, Level = level });
        FilesystemRepository repository = new([Packages], index: index);
        string requires = string.Join(",", repository.GetDefinition("a", "1").Requires);
        index.Save();
        return (requires, repository.Statistics.CacheHits, string.Join("\n", index.Complaints));
    }

    private string CacheFile()
    {
        Read();
        Read().ShouldBe(("b", 1, ""));
        return Directory.GetFiles(Cache, "*.rer").ShouldHaveSingleItem();
    }

    [Fact]
    public void A_cache_directory_that_every_user_may_write_to_is_refused()
    {
        RequireLinux();
        CacheFile();
        _tree.Allow("cache", (UnixFileMode)0x3FF); // 1777
        Read()
            .ShouldBe(
                ("b", 0, $"{Cache}: the cache is not used: every user may write to it; name a directory of your own")
            );
    }

    [Fact]
    public void A_local_index_that_others_may_write_to_is_refused_and_replaced()
    {
        RequireLinux();
        string file = CacheFile();
        _tree.Allow(Path.GetRelativePath(_tree.Root, file), (UnixFileMode)0x1B6); // 0666
        Read().ShouldBe(("b", 0, $"{file}: the index is not used: others may write to it"));
        Read().ShouldBe(("b", 1, ""));
    }

    [Fact]
    public void An_index_of_another_user_is_rejected()
    {
        RequireLinux();
        if (Environment.UserName != "root")
        {
            Assert.Skip("Only root can give a file away.");
        }
        string file = CacheFile();
        ChangeOwner(file, 4711, 4711).ShouldBe(0);
        Read().ShouldBe(("b", 0, $"{file}: the index is not used: it belongs to user 4711"));

        PublishedIndex.Update(Packages);
        string published = PublishedIndex.FileOf(Packages);
        ChangeOwner(published, 4711, 4711).ShouldBe(0);
        Read(IndexLevel.Published)
            .Complaints.ShouldBe(
                $"{published}: the index is not used: it belongs to user 4711, but the package path belongs to another user"
            );
        // The owner of the package path decides what is in it.
        ChangeOwner(Packages, 4711, 4711).ShouldBe(0);
        Read(IndexLevel.Published).Complaints.ShouldBe("");
    }

    [Theory]
    [InlineData("pipe")]
    [InlineData("endless")]
    [InlineData("directory")]
    [InlineData("huge")]
    public void Something_other_than_a_file_does_not_block(string kind)
    {
        RequireLinux();
        string file = CacheFile();
        File.Delete(file);
        switch (kind)
        {
            case "pipe":
                Process.Start("mkfifo", file)!.WaitForExit();
                break;
            case "endless":
                File.CreateSymbolicLink(file, "/dev/zero");
                break;
            case "directory":
                Directory.CreateDirectory(Path.Combine(file, "x"));
                break;
            case "huge":
                using (FileStream stream = File.Create(file))
                {
                    stream.SetLength(3L << 30); // without contents
                }
                break;
        }
        long start = Stopwatch.GetTimestamp();
        (string requires, long hits, _) = Read();
        (requires, hits).ShouldBe(("b", 0));
        Stopwatch.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void Files_left_by_a_killed_process_are_removed()
    {
        string file = CacheFile();
        string part = $"{file}.{Guid.NewGuid():N}.part";
        string young = $"{file}.{Guid.NewGuid():N}.part";
        File.WriteAllText(part, "half");
        _tree.Write("packages/a/2/package.py").Age();
        File.WriteAllText(young, "of another that is being written");
        using (PackageIndex index = new(new() { CacheDirectory = Cache }))
        {
            new FilesystemRepository([Packages], index: index).GetVersions("a");
        }
        File.Exists(part).ShouldBeFalse();
        File.Exists(young).ShouldBeTrue();
    }

    private static void RequireLinux()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("Owners and modes of files are Linux's.");
        }
    }

    [LibraryImport("libc", EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint owner, uint group);
}
