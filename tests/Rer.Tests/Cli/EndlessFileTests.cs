namespace Rer.Tests.Cli;

/// <summary>A device has no end. Contexts and lists of requests were read until the memory was full.</summary>
public sealed class EndlessFileTests
{
    [Theory]
    [InlineData("solve --repository studio --config /dev/zero usd", "16 MB")]
    [InlineData("solve --input /dev/zero", "64 MB")]
    [InlineData("diff /dev/zero /dev/zero", "64 MB")]
    [InlineData("impact --repository studio --remove usd-4.0.0 --requests /dev/zero", "64 MB")]
    [InlineData("audit --repository studio --baseline /dev/zero", "512 MB")]
    public async Task A_file_without_an_end_is_too_large(string arguments, string size)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no such device.");

        CliRun run = await CliRun.Of(arguments.Split(' '));

        run.ExitCode.ShouldBe(2);
        run.ErrorLine.ShouldBe($"rer: /dev/zero: it is larger than {size}");
        run.Output.ShouldBe("");
    }
}
