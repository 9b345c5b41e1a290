using System.Runtime.InteropServices;
using System.Text;

namespace Rer.Tests.Repositories.Disk;

/// <summary>Files by the bytes of their names, which need not be text.</summary>
internal static partial class NativeFile
{
    public static void MakeDirectory(ReadOnlySpan<byte> path) => MkDir([.. path, 0], 0x1ED).ShouldBe(0);

    public static void Write(ReadOnlySpan<byte> path, ReadOnlySpan<byte> content)
    {
        int file = Create([.. path, 0], 0x1A4);
        file.ShouldBeGreaterThan(0);
        WriteTo(file, content, content.Length).ShouldBe(content.Length);
        Close(file).ShouldBe(0);
    }

    /// <summary>Replaces a file by another, even if they are links to directories.</summary>
    public static void Rename(string from, string to) =>
        RenameOne([.. Encoding.UTF8.GetBytes(from), 0], [.. Encoding.UTF8.GetBytes(to), 0]).ShouldBe(0);

    public static void Remove(ReadOnlySpan<byte> path) => RemoveOne([.. path, 0]).ShouldBe(0);

    [LibraryImport("libc", EntryPoint = "rename")]
    private static partial int RenameOne(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to);

    [LibraryImport("libc", EntryPoint = "remove")]
    private static partial int RemoveOne(ReadOnlySpan<byte> path);

    [LibraryImport("libc", EntryPoint = "mkdir")]
    private static partial int MkDir(ReadOnlySpan<byte> path, uint mode);

    [LibraryImport("libc", EntryPoint = "creat")]
    private static partial int Create(ReadOnlySpan<byte> path, uint mode);

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint WriteTo(int file, ReadOnlySpan<byte> content, nint length);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);
}
