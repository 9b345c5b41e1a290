using Rer.Repositories.Disk;

namespace Rer.Tests.Repositories.Disk;

public sealed class FileIdentityTests : IDisposable
{
    private const long Time = 1_700_000_000_000_000_000;

    private static readonly FileLook s_look = new(
        FileKind.File,
        10,
        Time + 1234,
        Time + 5678,
        254L << 32,
        42,
        0,
        0x1A4
    );

    private readonly PackageTree _tree = new();

    public void Dispose() => _tree.Dispose();

    private DirectoryRoot Root => new(_tree.Root, DiskCalls.Local());

    [Fact]
    public void A_file_is_the_same_by_kind_size_and_times_and_on_one_machine_by_number()
    {
        FileIdentity shared = FileIdentity.Of(s_look, IdentityUse.Shared);
        FileIdentity local = FileIdentity.Of(s_look, IdentityUse.Local);

        foreach (FileIdentity identity in (FileIdentity[])[shared, local])
        {
            identity.Holds(s_look).ShouldBeTrue();
            identity.Holds(s_look with { Kind = FileKind.Other }).ShouldBeFalse();
            identity.Holds(s_look with { Size = 11 }).ShouldBeFalse();
            identity.Holds(s_look with { Modified = Time }).ShouldBeFalse();
            identity.Holds(s_look with { Changed = Time }).ShouldBeFalse();
            identity.Holds(default).ShouldBeFalse();
            identity.Holds(s_look with { Owner = 7, Mode = 0 }).ShouldBeTrue();
        }
        shared.Holds(s_look with { Device = 1, Number = 2 }).ShouldBeTrue();
        local.Holds(s_look with { Device = 1 }).ShouldBeFalse();
        local.Holds(s_look with { Number = 2 }).ShouldBeFalse();
        default(FileIdentity).Holds(default).ShouldBeFalse();
    }

    [Fact]
    public void Protocols_with_other_resolutions_identify_the_same_file()
    {
        // CIFS reports in ticks what NFS and the server's own disk report to the nanosecond.
        FileLook byTicks = s_look with
        {
            Modified = Time + 1200,
            Changed = Time + 5600,
        };
        FileIdentity.Of(s_look, IdentityUse.Shared).Holds(byTicks).ShouldBeTrue();
        FileIdentity.Of(s_look, IdentityUse.Local).Holds(byTicks).ShouldBeFalse();

        FileLook directory = s_look with { Kind = FileKind.Directory, Size = 4096 };
        FileIdentity.Of(directory, IdentityUse.Shared).Holds(directory with { Size = 0 }).ShouldBeTrue();
        FileIdentity.Of(directory, IdentityUse.Local).Holds(directory with { Size = 0 }).ShouldBeFalse();
    }

    [Theory]
    [InlineData(5678, 0.06, true)] // this system's clock, which ticks every few milliseconds
    [InlineData(5678, 0.04, false)]
    [InlineData(0, 2.6, true)] // whole seconds: the times may have that resolution
    [InlineData(0, 2.4, false)]
    [InlineData(5678, -1, false)] // in the future
    public void A_recent_change_may_be_followed_by_an_unseen_one(long ticks, double age, bool expected)
    {
        FileLook look = s_look with { Changed = Time + ticks };
        DateTimeOffset now = DateTimeOffset.UnixEpoch.AddTicks(look.Changed / 100).AddSeconds(age);
        look.IsSettledAt(now).ShouldBe(expected);
        // Files of another system have another clock, with its own resolution.
        (look with { Device = 0 })
            .IsSettledAt(now)
            .ShouldBe(expected && age > 1);
        (look with { Modified = look.Changed + 10_000_000_000 }).IsSettledAt(now).ShouldBeFalse();
        default(FileLook).IsSettledAt(now).ShouldBeFalse();
    }

    [Fact]
    public void Looking_up_a_path_shows_what_exists()
    {
        _tree.Write("a/file", "1").Age().Link("broken", "nowhere").Link("circle", "circle");
        FileLook look = Root.Look(_tree.PathOf("a"), "file");
        look.ShouldBe(Root.Look(_tree.PathOf("a/file")));
        (look.Kind, look.Size, look.IsSettled).ShouldBe((FileKind.File, 1, true));
        FileLook portable = PortableCalls.Look(_tree.PathOf("a/file"));
        (portable.Kind, portable.Size).ShouldBe((FileKind.File, 1));
        (portable.Modified / 1000).ShouldBe(look.Modified / 1000);

        foreach (
            (string name, FileKind kind) in (ReadOnlySpan<(string, FileKind)>)
                [
                    ("a", FileKind.Directory),
                    ("b", FileKind.None),
                    ("broken", FileKind.None),
                    ("circle", FileKind.None),
                    ("a/file/below", FileKind.None),
                ]
        )
        {
            Root.Look(_tree.PathOf(name)).Kind.ShouldBe(kind, name);
            PortableCalls.Look(_tree.PathOf(name)).Kind.ShouldBe(kind, name);
        }
        Root.Look(_tree.Root).Kind.ShouldBe(FileKind.Directory);
    }

    [Fact]
    public void Putting_times_back_does_not_bring_an_identity_back()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("Only Linux tells when a file was changed.");
        }
        _tree.Write("a/file", "1").Age();
        FileLook before = Root.Look(_tree.PathOf("a/file"));
        DateTime time = File.GetLastWriteTimeUtc(_tree.PathOf("a/file"));
        File.WriteAllText(_tree.PathOf("a/file"), "2");
        File.SetLastWriteTimeUtc(_tree.PathOf("a/file"), time);

        FileLook after = Root.Look(_tree.PathOf("a/file"));
        (after with { Changed = before.Changed }).ShouldBe(before);
        FileIdentity.Of(before, IdentityUse.Shared).Holds(after).ShouldBeFalse();
        FileIdentity.Of(before, IdentityUse.Local).Holds(after).ShouldBeFalse();
    }
}
