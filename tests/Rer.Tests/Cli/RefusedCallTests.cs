using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Rer.Tests.Cli;

/// <summary>
/// The system call filters of some containers are older than <c>statx</c>, and report that it is not permitted. That
/// used to be mistaken for the result, and no family was found.
/// </summary>
public sealed partial class RefusedCallTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("rer-tests-");

    public void Dispose() => _root.Delete(recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Packages_are_found_if_a_system_call_is_refused(bool withIndex)
    {
        uint call = OperatingSystem.IsLinux() ? Number() : 0;
        if (call == 0)
        {
            Assert.Skip("Filters of system calls are those of Linux on x64 and arm64.");
        }
        Write("foo/1.0/package.py", "requires = ['bar-2+']\n");
        Write("bar/2.1/package.yaml", "timestamp: 5\n");
        Write("bar/2.2.py", "no directory");
        Settling.Age(_root);
        string[] arguments = ["solve", "foo", "--paths", _root.FullName, "--no-implicit", "-q"];
        if (withIndex)
        {
            arguments = [.. arguments, "--cache", Path.Combine(_root.FullName, ".cache")];
        }

        for (int run = 0; run < 2; run++)
        {
            (string output, string error) = RunFiltered(call, arguments);
            error.ShouldBeEmpty();
            output.ShouldBe("bar-2.1\nfoo-1.0\n");
        }
    }

    private static uint Number() =>
        RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => 332,
            Architecture.Arm64 => 291,
            _ => 0,
        };

    private void Write(string path, string text)
    {
        string full = Path.Combine(_root.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    /// <summary>Runs the command under a filter, which is that of the thread that starts it.</summary>
    private static (string Output, string Error) RunFiltered(uint call, string[] arguments)
    {
        (string, string) written = default;
        Exception? failure = null;
        Thread filtered = new(() =>
        {
            try
            {
                Filter(call);
                ProcessStartInfo start = new(
                    "dotnet",
                    [Path.Combine(AppContext.BaseDirectory, "Rer.Cli.dll"), .. arguments]
                )
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                };
                using Process process = Process.Start(start)!;
                Task<string> error = process.StandardError.ReadToEndAsync();
                written = (process.StandardOutput.ReadToEnd(), error.GetAwaiter().GetResult());
                process.WaitForExit();
            }
            catch (Exception e)
            {
                failure = e;
            }
        });
        filtered.Start();
        filtered.Join();
        failure.ShouldBeNull();
        return written;
    }

    private static unsafe void Filter(uint call)
    {
        const uint NotPermitted = 0x00050000 | 1; // SECCOMP_RET_ERRNO | EPERM
        const uint Allowed = 0x7fff0000; // SECCOMP_RET_ALLOW
        Instruction* program = stackalloc Instruction[]
        {
            new(0x20, 0, 0, 0), // the number of the call
            new(0x15, 0, 1, call),
            new(0x06, 0, 0, NotPermitted),
            new(0x06, 0, 0, Allowed),
        };
        Program filter = new() { Length = 4, Instructions = program };
        Control(38, 1, 0, 0, 0).ShouldBe(0); // PR_SET_NO_NEW_PRIVS
        Control(22, 2, (nint)(&filter), 0, 0).ShouldBe(0); // PR_SET_SECCOMP, SECCOMP_MODE_FILTER
    }

    private readonly record struct Instruction(ushort Code, byte IfTrue, byte IfFalse, uint Value);

    private unsafe struct Program
    {
        public ushort Length;
        public Instruction* Instructions;
    }

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Control(int option, nint a, nint b, nint c, nint d);
}
