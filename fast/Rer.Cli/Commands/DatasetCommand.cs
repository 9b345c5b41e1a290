using System.CommandLine;
using Rer.Repositories;

namespace Rer.Cli.Commands;

/// <summary><c>rer dataset</c>: rez's benchmark data, which Rer may not distribute.</summary>
internal sealed class DatasetCommand : Command
{
    public DatasetCommand(Terminal terminal)
        : base("dataset", "rez's own benchmark data: 188 requests against 18,226 packages.")
    {
        Add(new FetchCommand(terminal));
    }

    private sealed class FetchCommand : Command
    {
        private readonly Terminal _terminal;

        private readonly Option<string?> _directory = new("--directory", "-d")
        {
            Description =
                "Where to put the two files. Default: rez/benchmarking in the clone that this directory is in.",
            HelpName = "DIR",
        };

        public FetchCommand(Terminal terminal)
            : base(
                "fetch",
                "Downloads the data from rez's public repository at the commit whose answers were recorded, and keeps it "
                    + "only if the SHA-256 of both files is right. Exit codes: 0 fetched or already there, 2 could not."
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
                    "this directory is not in a clone of Rer: say where with --directory DIR"
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
