using System.Diagnostics;

namespace Rer.Tests.Cli;

/// <summary>
/// Identifying the operating system as rez does means running another program, which takes longer than most solves. It
/// used to be run even for requests that do not need it.
/// </summary>
public sealed class AskedProgramTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("rer-tests-");

    public void Dispose() => _root.Delete(recursive: true);

    [Theory]
    [InlineData("--no-implicit", false)]
    [InlineData("--implicit=~os==x", false)]
    [InlineData("--json", true)]
    public void The_system_is_identified_if_a_request_needs_it(string option, bool isAsked)
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("Nothing is run on other systems than Linux.");
            return; // never runs; for analyzers that check whether the calls below are allowed
        }
        if (File.Exists("/etc/lsb-release"))
        {
            Assert.Skip("Nothing is run on systems that have /etc/lsb-release.");
        }
        string programs = Directory.CreateDirectory(Path.Combine(_root.FullName, "programs")).FullName;
        string mark = Path.Combine(_root.FullName, "mark");
        string program = Path.Combine(programs, "lsb_release");
        File.WriteAllText(program, $"#!/bin/sh\n: > {mark}\necho 'Distributor ID: Some'\necho 'Release: 1'\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        string definition = Path.Combine(_root.FullName, "packages", "foo", "1", "package.py");
        Directory.CreateDirectory(Path.GetDirectoryName(definition)!);
        File.WriteAllText(definition, "requires = []\n");

        string rer = Path.Combine(AppContext.BaseDirectory, "Rer.Cli.dll");
        ProcessStartInfo start = new(
            "dotnet",
            [rer, "solve", "foo", "--paths", Path.Combine(_root.FullName, "packages"), option]
        )
        {
            RedirectStandardOutput = true,
        };
        start.Environment["PATH"] = $"{programs}:{start.Environment["PATH"]}";
        using Process process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd().ShouldContain("foo");
        process.WaitForExit();
        process.ExitCode.ShouldBe(0);
        File.Exists(mark).ShouldBe(isAsked);
    }
}
