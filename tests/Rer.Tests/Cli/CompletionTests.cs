using Rer.Cli.Input;
using Rer.Tests.Repositories;

namespace Rer.Tests.Cli;

/// <summary>What shells are offered. tests/packages/shells.py types into real shells.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly PackageTree _tree = new();

    public CompletionTests()
    {
        foreach (string version in new[] { "5.1", "1;touch ran", "1`touch", "1$touch", "1\u001bc", "1|2" })
        {
            _tree.Write($"usd/{version}/package.py", "name = 'usd'");
        }
        _tree.Write("e vil/1/package.py", "");
    }

    public void Dispose() => _tree.Dispose();

    [Theory]
    [InlineData("rer solve -p {tree} u", "usd\n")]
    [InlineData("rer solve -p {tree} usd-", "usd-5.1\n")]
    [InlineData("rer solve -p {tree} usd=", "usd==5.1\n")]
    [InlineData("rer solve -p {tree} usd==", "usd==5.1\n")]
    [InlineData("rer solve -p {tree} 'usd>=", "usd>=5.1\n")]
    [InlineData("rer solve -p {tree} \"~us", "~usd\n")]
    [InlineData("rer solve -p {tree} \\!us", "!usd\n")]
    [InlineData("rer solve -p {tree} e", "")]
    [InlineData("rer solve -p ", ":path:\n")]
    [InlineData("rer solve -p /a:/b", ":path:/a:\n")]
    [InlineData("rer solve --cache=/a", ":path:--cache=\n")]
    [InlineData("rer solve usd --config so", ":path:\n")]
    [InlineData("rer check ", ":path:\n")]
    [InlineData("rer check --engine ref", "reference\n")]
    [InlineData("rer solve --time 5", "")]
    [InlineData("rer", "")]
    [InlineData("", "")]
    public async Task Offers_what_can_be_typed_and_nothing_else(string line, string offered)
    {
        CliRun run = await CliRun.Of("complete", "--", line.Replace("{tree}", _tree.Root));

        run.ExitCode.ShouldBe(0);
        run.Error.ShouldBe("");
        run.Output.ShouldBe(offered);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("a b", "a|b")]
    [InlineData("a  b ", "a|b|")]
    [InlineData("'a b' c", "a b|c")]
    [InlineData("\"a b", "a b")]
    [InlineData("a\\ b", "a b")]
    [InlineData("a\\", "a")]
    [InlineData("'a\\'b", "a\\b")]
    [InlineData("'' x", "|x")]
    public void Words_are_split_as_in_shells(string line, string words) =>
        string.Join('|', ShellWords.Split(line)).ShouldBe(words);
}
