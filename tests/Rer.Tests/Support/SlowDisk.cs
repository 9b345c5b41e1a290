using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Rer.Tests;

/// <summary>A view of a directory in which every call takes a round trip: <c>tests/slowfs</c>, mounted.</summary>
internal sealed class SlowDisk : IDisposable
{
    private static readonly Lazy<(string? Program, string WhyNot)> s_program = new(Build);

    private readonly Process _process;

    private SlowDisk(string program, string root, string at, TimeSpan roundTrip, bool keepsNumbers)
    {
        Root = at;
        Directory.CreateDirectory(Root);
        ProcessStartInfo start = new(program, ["-f", Root]) { RedirectStandardError = true };
        start.Environment["SLOWFS_ROOT"] = root;
        start.Environment["SLOWFS_US"] = roundTrip.TotalMicroseconds.ToString(CultureInfo.InvariantCulture);
        start.Environment["SLOWFS_INO"] = keepsNumbers ? "1" : "0";
        start.Environment["SLOWFS_LOG"] = Log;
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
    }

    /// <summary>Where the directory is visible.</summary>
    public string Root { get; }

    private string Log => $"{Root}.log";

    /// <summary>Mounts the view. If that is not possible, the test is skipped with the reason.</summary>
    /// <param name="root">The directory to show.</param>
    /// <param name="at">Where to show it.</param>
    /// <param name="roundTrip">The time that each call takes.</param>
    /// <param name="keepsNumbers">Whether files have the same inode numbers at each mount.</param>
    public static SlowDisk MountOrSkip(string root, string at, TimeSpan roundTrip, bool keepsNumbers = true)
    {
        if (s_program.Value.Program is not { } program)
        {
            Assert.Skip(s_program.Value.WhyNot);
            throw new UnreachableException();
        }
        SlowDisk disk = new(program, root, at, roundTrip, keepsNumbers);
        string name = Path.GetFileName(Directory.EnumerateFileSystemEntries(root).First());
        while (!Path.Exists(Path.Combine(disk.Root, name)))
        {
            if (disk._process.WaitForExit(10))
            {
                disk.Dispose();
                Assert.Skip("The FUSE file system cannot be mounted here.");
            }
        }
        return disk;
    }

    /// <summary>Unmounts, and returns the greatest number of concurrent calls.</summary>
    public int UnmountAndTellMost()
    {
        End();
        string[] words = File.ReadAllText(Log).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return int.Parse(words[Array.IndexOf(words, "most") + 1], CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        End();
        _process.Dispose();
    }

    /// <summary>Unmounts, even if a repository still has the directory open.</summary>
    private void End()
    {
        if (!_process.HasExited)
        {
            Run("kill", [_process.Id.ToString(CultureInfo.InvariantCulture)]).ShouldBe(0);
            _process.WaitForExit();
        }
    }

    private static (string? Program, string WhyNot) Build()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/dev/fuse"))
        {
            return (null, "There is no /dev/fuse.");
        }
        string program = Path.Combine(AppContext.BaseDirectory, "slowfs");
        string source = Path.Combine(DataSet.Root, "tests", "slowfs", "slowfs.c");
        string command =
            $"gcc -O2 '{source}' -o '{program}' $(pkg-config fuse3 --cflags --libs) && command -v fusermount3";
        return Run("sh", ["-c", command]) == 0
            ? (program, "")
            : (null, "gcc, pkg-config and fuse3 with its headers are not all installed.");
    }

    private static int Run(string program, string[] arguments)
    {
        try
        {
            ProcessStartInfo start = new(program, arguments)
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            };
            using Process process = Process.Start(start)!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            process.StandardOutput.ReadToEnd();
            error.Wait();
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (Win32Exception)
        {
            return -1;
        }
    }
}
