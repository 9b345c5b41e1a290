using System.Text;
using Rer.Cli;

namespace Rer.Tests.Cli;

/// <summary>The rights of memory are changed only where nothing but the collector's reserve can lie.</summary>
public class StartMemoryTests
{
    private const string Before = """
        00400000-00404000 r--p 00000000 fe:00 77 /usr/bin/rer
        3aebd000-3aede000 rw-p 00000000 00:00 0 [heap]
        """;

    private const string Stack = """
        7ffe15c00000-7ffe16000000 rw-p 00000000 00:00 0 [stack]
        ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0 [vsyscall]
        """;

    [Theory]
    [InlineData(
        true,
        """
            7f0000000000-7f0000010000 rw-p 00000000 00:00 0
            7f0000010000-7f0000400000 ---p 00000000 00:00 0
            7f0000400000-7f0000401000 rw-p 00000000 00:00 0
            7f0000401000-7f3000000000 ---p 00000000 00:00 0
            """
    )]
    [InlineData(true, "7effff000000-7f3000000000 ---p 00000000 00:00 0")]
    // A reserve that ends soon: what follows may be another's guard.
    [InlineData(
        false,
        "7f0000000000-7f0001000000 rw-p 00000000 00:00 0\n7f0001000000-7f000fffffff ---p 00000000 00:00 0"
    )]
    // Gaps, programs and files.
    [InlineData(
        false,
        "7f0000000000-7f0000010000 rw-p 00000000 00:00 0\n7f0000020000-7f3000000000 ---p 00000000 00:00 0"
    )]
    [InlineData(
        false,
        "7f0000000000-7f0000010000 r-xp 00000000 00:00 0\n7f0000010000-7f3000000000 ---p 00000000 00:00 0"
    )]
    [InlineData(
        false,
        "7f0000000000-7f0000010000 rw-p 00001000 fe:00 99 /lib/libc.so.6\n7f0000010000-7f3000000000 ---p 00000000 00:00 0"
    )]
    [InlineData(false, "7f0000000001-7f3000000000 ---p 00000000 00:00 0")]
    [InlineData(false, "")]
    [InlineData(false, "7f0000000000")]
    [InlineData(false, "7f0000000000-7f3000000000")]
    public void Only_the_collectors_reserve_is_taken(bool expected, string maps) =>
        StartMemory
            .IsReserved(0x7f0000000000, Encoding.ASCII.GetBytes($"{Before}\n{maps}\n{Stack}\n"))
            .ShouldBe(expected);
}
