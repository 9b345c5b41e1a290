using System.Text;
using Rer.Repositories.Disk;

namespace Rer.Tests.Repositories.Disk;

public sealed class DirectoryRootTests : IDisposable
{
    private const int Most = 100_000;

    private readonly PackageTree _tree = new();

    public void Dispose() => _tree.Dispose();

    private DirectoryRoot Root => new(_tree.Root, DiskCalls.Local());

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16 << 10)] // as long as a single read
    [InlineData(50_000)]
    [InlineData(Most)]
    public void A_file_is_read_whole(int length)
    {
        string text = string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + (i % 26))));
        _tree.Write("a/file", text);
        foreach (FileContent content in BothWays("a/file"))
        {
            (content.Status, content.HasReportedLength).ShouldBe((ReadStatus.Read, true));
            Encoding.UTF8.GetString(content.Bytes).ShouldBe(text);
            content.Dispose();
        }
    }

    [Fact]
    public void Something_other_than_a_file_is_not_read()
    {
        _tree.Write("file", new string('x', Most + 1)).Write("directory/x").Link("broken", "nowhere");
        BothWays("file").ShouldAllBe(content => content.Status == ReadStatus.TooLong);
        foreach (string name in (string[])["directory", "broken", "nothing", "file/below"])
        {
            BothWays(name).ShouldAllBe(content => content.Status == ReadStatus.Missing);
        }
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/proc/self/ns")]
    public void Devices_are_not_read(string target)
    {
        SkipWithout(target);
        File.CreateSymbolicLink(_tree.PathOf("device"), target);
        Root.Read(_tree.Root, "device", Most).Status.ShouldBe(ReadStatus.Missing);
    }

    /// <summary>Their size is 0, so they used to be read as empty.</summary>
    [Theory]
    [InlineData("/proc/version")]
    [InlineData("/proc/self/status")]
    public void Generated_files_are_read_completely(string target)
    {
        SkipWithout(target);
        File.CreateSymbolicLink(_tree.PathOf("file"), target);
        using FileContent content = Root.Read(_tree.Root, "file", Most);
        content.Status.ShouldBe(ReadStatus.Read);
        content.File.Size.ShouldBe(0);
        content.Bytes.Length.ShouldBeGreaterThan(10);
        content.HasReportedLength.ShouldBeFalse();
        using FileContent portable = PortableCalls.Read(_tree.PathOf("file"), Most);
        portable.Bytes.Length.ShouldBeGreaterThan(10);
    }

    [Fact]
    public void A_directory_is_listed_with_the_kinds_of_its_entries()
    {
        _tree.Write("a/file").Write("a/b/x").Link("a/link", "a/b").Write("c");
        foreach (
            DirectoryContent content in (DirectoryContent[])
                [Root.List(_tree.PathOf("a")), PortableCalls.List(_tree.PathOf("a"))]
        )
        {
            content
                .Entries.OrderBy(entry => entry.Name, StringComparer.Ordinal)
                .ShouldBe([new("b", EntryKind.Directory), new("file", EntryKind.File), new("link", EntryKind.Link)]);
            (content.Directory.Kind, content.IsSteady, content.Error).ShouldBe((FileKind.Directory, true, null));
        }
        Root.List(_tree.PathOf("a")).Directory.ShouldBe(Root.Look(_tree.PathOf("a")));
        Root.KindOf(_tree.PathOf("a"), new DirectoryEntry("link", EntryKind.Link)).ShouldBe(FileKind.Directory);
        Root.KindOf(_tree.PathOf("a"), new DirectoryEntry("file", EntryKind.Unknown)).ShouldBe(FileKind.File);

        Root.List(_tree.Root).Entries.Select(entry => entry.Name).Order().ShouldBe(["a", "c"]);
        foreach (string name in (string[])["c", "nothing", "a/file/x"])
        {
            Root.List(_tree.PathOf(name)).ShouldBe(DirectoryContent.Missing);
            PortableCalls.List(_tree.PathOf(name)).ShouldBe(DirectoryContent.Missing);
        }
    }

    [Fact]
    public void Names_that_are_not_UTF_8_can_be_opened()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("Only Linux names files by any bytes.");
        }
        byte[] directory = [.. Encoding.UTF8.GetBytes(_tree.Root), (byte)'/', 0xFF, 0xC3];
        NativeFile.MakeDirectory(directory);
        byte[] inIt = [.. directory, (byte)'/', (byte)'f', 0xE9];
        NativeFile.Write(inIt, "content"u8);

        DirectoryRoot root = Root;
        string name = root.List(_tree.Root).Entries.ShouldHaveSingleItem().Name;
        name.ShouldBe("\uDCFF\uDCC3");
        string path = _tree.PathOf(name);
        string file = root.List(path).Entries.ShouldHaveSingleItem().Name;
        using FileContent content = root.Read(path, file, Most);
        Encoding.UTF8.GetString(content.Bytes).ShouldBe("content");
        new DirectoryRoot(path, DiskCalls.Local()).Look(path, file).Kind.ShouldBe(FileKind.File);
        NativeFile.Remove(inIt);
        NativeFile.Remove(directory);
    }

    [Fact]
    public void What_is_open_stays_what_it_was()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("Only on Linux paths are walked from an open directory.");
        }
        _tree.Write("old/a/1").Write("new/a/2").Link("current", "old");
        DirectoryRoot root = new(_tree.PathOf("current"), DiskCalls.Local());
        root.RealPath.ShouldBe(_tree.PathOf("old"));
        File.Delete(_tree.PathOf("current"));
        _tree.Link("current", "new");

        string a = _tree.PathOf("current/a");
        root.List(a).Entries.ShouldHaveSingleItem().Name.ShouldBe("1");
        root.Look(a, "1").Kind.ShouldBe(FileKind.File);
        root.Look(a, "2").Kind.ShouldBe(FileKind.None);
        root.List(_tree.PathOf("current")).Entries.ShouldHaveSingleItem().Name.ShouldBe("a");
        root.RealPath.ShouldBe(_tree.PathOf("old"));
    }

    [Fact]
    public void Calls_are_counted_by_kind_and_take_the_requested_round_trip()
    {
        _tree.Write("a/file", "1");
        DiskCalls calls = new(TimeSpan.FromMilliseconds(2));
        DirectoryRoot root = new(_tree.Root, calls);
        long start = TimeProvider.System.GetTimestamp();

        root.Look(_tree.PathOf("a"));
        root.List(_tree.PathOf("a"));
        root.Read(_tree.PathOf("a"), "file", Most).Dispose();

        Enum.GetValues<CallKind>()
            .Select(calls.Count)
            .ShouldBe(OperatingSystem.IsLinux() ? [1, 1, 3, 1] : [1, 1, 0, 1]);
        double most = TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
        most.ShouldBeGreaterThanOrEqualTo(OperatingSystem.IsLinux() ? 12 : 6);
        calls.Pace.IsSlow.ShouldBeTrue();
    }

    private FileContent[] BothWays(string name) =>
        [Root.Read(_tree.Root, name, Most), PortableCalls.Read(_tree.PathOf(name), Most)];

    private static void SkipWithout(string path)
    {
        if (!Path.Exists(path))
        {
            Assert.Skip($"This system has no {path}.");
        }
    }
}
