using System.Diagnostics;

namespace Rer.Tests.Cli;

/// <summary>A process in a broken environment: it reports the problem in one line.</summary>
public sealed class SurroundingsTests : IDisposable
{
    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(">&-", 4, "rer: cannot write to standard output: Bad file descriptor\n")]
    [InlineData(">/dev/full", 4, "rer: cannot write to standard output: No space left on device\n")]
    [InlineData("--json >/dev/full", 4, "rer: cannot write to standard output: No space left on device\n")]
    [InlineData("| true", 0, "")]
    public async Task An_answer_that_cannot_be_written(string where, int exitCode, string error) =>
        await ShouldSay($"rer solve usd -r studio -q {where}", exitCode, error);

    // Nothing can be reported then, so the exit code has to suffice.
    [Fact]
    public async Task An_error_that_cannot_be_written() => await ShouldSay("rer solve nothing 2>/dev/full", 4, "");

    [Fact]
    public async Task An_empty_home() =>
        await ShouldSay("HOME= rer solve x --ni -p '~'", 2, "rer: package family not found: x (searched: /)\n");

    [Fact]
    public async Task A_temporary_directory_that_does_not_exist() =>
        await ShouldSay(
            "mkdir -p p/a/1; touch p/a/1/package.py; TMPDIR=/nowhere rer bench --paths p --passes 1 --requests 1",
            4,
            "rer: /nowhere/: cannot make a directory for the measurement: there is no such directory; "
                + "set TMPDIR to another\n"
        );

    [Fact]
    public async Task A_cache_that_is_a_file() =>
        await ShouldSay(
            "mkdir -p p/a/1; touch p/a/1/package.py cache; rer solve a -q --ni -p p --cache cache",
            0,
            "rer: cache: cannot write the cache: it is a file, not a directory\n"
        );

    [Theory]
    [InlineData("rer solve x --ni -p relative")]
    [InlineData("rer solve x -r relative.json")]
    [InlineData("rer check relative.json")]
    [InlineData("rer solve x --config relative.yaml -r studio")]
    public async Task A_deleted_working_directory(string command)
    {
        (int exitCode, string output, string error) = await Run($"mkdir gone; cd gone; rmdir ../gone; {command}");

        exitCode.ShouldBe(2);
        output.ShouldBe("");
        error.ShouldStartWith("rer: ");
        error.ShouldNotContain("   at ");
    }

    private async Task ShouldSay(string command, int exitCode, string error)
    {
        (int code, _, string said) = await Run(command);
        said.ShouldBe(error);
        code.ShouldBe(exitCode);
    }

    private async Task<(int ExitCode, string Output, string Error)> Run(string command)
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("needs a shell and devices of Linux");
        }
        string rer = Path.Combine(AppContext.BaseDirectory, "Rer.Cli.dll");
        string script = $"rer() {{ dotnet '{rer}' \"$@\"; }}\n{command}\n";
        using Process shell = Process.Start(
            new ProcessStartInfo("bash", ["-c", script])
            {
                WorkingDirectory = _files.PathOf("."),
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        Task<string> error = shell.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (shell.ExitCode, output, await error);
    }
}
