using System.Diagnostics;
using System.Text;
using Rer.Tests.Repositories.Disk;

namespace Rer.Tests.Cli;

/// <summary>
/// Package paths whose names are not UTF-8, which a shell passes on unchanged. They used to be mistaken for other
/// paths, in which no family is found. rez resolves from them.
/// </summary>
public sealed class ByteNameTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("rer-tests-");

    public void Dispose() => RunShell("rm -r \"$0\"", _root.FullName);

    [Theory]
    [InlineData("exec \"$1\" \"$2\" solve foo --no-implicit -q --paths \"$0/p$(printf '\\377')\"")]
    [InlineData("REZ_PACKAGES_PATH=\"$0/p$(printf '\\377')\" exec \"$1\" \"$2\" solve foo --no-implicit -q")]
    public void Packages_are_found_in_directories_of_any_name(string command)
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("Only Linux names files by any bytes.");
        }
        byte[] path = [.. Encoding.UTF8.GetBytes(_root.FullName), (byte)'/', (byte)'p', 0xFF];
        NativeFile.MakeDirectory(path);
        NativeFile.MakeDirectory([.. path, .. "/foo"u8]);
        NativeFile.MakeDirectory([.. path, .. "/foo/1"u8]);
        NativeFile.Write([.. path, .. "/foo/1/package.py"u8], "requires = []"u8);

        string rer = Path.Combine(AppContext.BaseDirectory, "Rer.Cli.dll");
        RunShell(command, _root.FullName, "dotnet", rer).ShouldBe(("foo-1\n", ""));
    }

    private static (string Output, string Error) RunShell(string command, params string[] arguments)
    {
        ProcessStartInfo start = new("sh", ["-c", command, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (output, error.GetAwaiter().GetResult());
    }
}
