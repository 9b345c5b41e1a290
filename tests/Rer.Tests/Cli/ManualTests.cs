using System.Diagnostics;
using Rer.Cli;

namespace Rer.Tests.Cli;

public sealed class ManualTests
{
    [Fact]
    public async Task The_manual_has_every_command_and_option()
    {
        CliRun run = await CliRun.Of("manual");

        run.ExitCode.ShouldBe(0);
        string page = run.Output.Replace("\\-", "-");
        foreach (
            System.CommandLine.Command command in CommandLine
                .CreateRoot([], new Terminal(TextWriter.Null, TextWriter.Null))
                .Subcommands.Where(command => !command.Hidden)
        )
        {
            page.ShouldContain($".SH \"RER {command.Name.ToUpperInvariant()}\"");
            command.Options.ShouldAllBe(option => option.Hidden || page.Contains(option.Name));
        }
    }

    [Fact]
    public async Task Man_can_read_the_manual()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/groff"), "no groff on this machine");
        CliRun run = await CliRun.Of("manual");
        using Process groff = Process.Start(
            new ProcessStartInfo("/usr/bin/groff", ["-man", "-ww", "-Tutf8", "-Kutf8", "-P-cbou"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        Task<string> complaints = groff.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> shown = groff.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await groff.StandardInput.WriteAsync(run.Output);
        groff.StandardInput.Close();

        (await complaints).ShouldBe("");
        (await shown).ShouldContain("--no-implicit");
    }
}
