using System.CommandLine;
using Rer.Repositories;

namespace Rer.Cli.Commands;

/// <summary><c>rer dataset</c>: rez's benchmark data, which Rer may not distribute.</summary>
internal sealed class DatasetCommand : Command
{
    public DatasetCommand(Terminal terminal)
        : base("dataset", "Downloads rez's own benchmark data: 188 requests against 18,226 packages.")
    {
        Add(new FetchCommand(terminal));
    }

    private sealed class FetchCommand : Command
    {
        private readonly Terminal _terminal;

        private readonly Option<string?> _directory = new("--directory", "-d")
        {
            Description =
                "Where to put the two files. Default: rez/benchmarking in the clone that contains the working directory.",
            HelpName = "DIR",
        };

        public FetchCommand(Terminal terminal)
            : base(
                "fetch",
                "Downloads the data from rez's public repository, at the commit whose answers were recorded. It keeps "
                    + "the two files only if their SHA-256 is right. Exit codes: 0 downloaded or already there, 2 failed."
            )
        {
            _terminal = terminal;
            Add(_directory);
            SetAction(RunAsync);
        }

        private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
        {
            string directory =
                parsed.GetValue(_directory)
                ?? BenchmarkData.FindDestination()
                ?? throw new BadInputException(
                    "the working directory is not in a clone of Rer; name a directory with --directory DIR"
                );
            using var client = new HttpClient();
            BenchmarkData data = await new DatasetFetcher(client)
                .FetchAsync(directory, cancellationToken)
                .ConfigureAwait(false);
            _terminal.WriteLine(data.Packages);
            _terminal.WriteLine(data.Requests);
            return ExitCode.Solved;
        }
    }
}
