using System.CommandLine;
using Rer.Cli.Input;
using Rer.Cli.Rendering;
using Rer.Repositories;

namespace Rer.Cli.Commands;

/// <summary>
/// <c>rer index</c>: indexes of package paths, made where packages are released and read by everyone.
/// </summary>
internal sealed class IndexCommand : Command
{
    public IndexCommand(Terminal terminal)
        : base("index", "Publishes an index of a package path, which resolves read in place of the packages.")
    {
        Add(
            new ActionCommand(
                terminal,
                "update",
                "Makes the index, or brings it up to date: what has not changed is looked at and not read. Says what has "
                    + "changed. Exit codes: 0 done, 2 it could not be written.",
                PublishedIndex.Update,
                failsOnChanges: false
            )
        );
        Add(
            new ActionCommand(
                terminal,
                "status",
                "Tells how old the index is, what it has, and what of it no longer holds: everything is looked at, nothing is "
                    + "read. Exit codes: 0 it holds, 1 something does not, or there is none.",
                PublishedIndex.GetStatus,
                failsOnChanges: true
            )
        );
        Add(
            new ActionCommand(
                terminal,
                "verify",
                "Compares every entry of the index with the disk and with what is read from it now. Exit codes: 0 all are "
                    + "equal, 1 one differs, or there is none.",
                PublishedIndex.Verify,
                failsOnChanges: true
            )
        );
    }

    private delegate IndexReport Work(
        string packagePath,
        PublishedIndexOptions? options,
        IProgress<IndexProgress>? progress,
        CancellationToken cancellationToken
    );

    private sealed class ActionCommand : Command
    {
        private readonly Terminal _terminal;
        private readonly Work _work;
        private readonly bool _failsOnChanges;

        private readonly Argument<string[]> _paths = new("PATH")
        {
            Description =
                $"Package paths, or lists of them separated by '{Path.PathSeparator}'. The index is in .rer of each, which "
                + "is no package to rez.",
            Arity = ArgumentArity.OneOrMore,
        };

        private readonly Option<string?> _directory = new("--output", "-o")
        {
            Description =
                "A directory for the indexes in place of the package paths; resolves are told it by --index-dir or the "
                + "variable RER_INDEX_DIR, which is the default here too.",
            HelpName = "DIR",
        };

        private readonly Option<string[]> _families = new("--family", "-f")
        {
            Description = "Look at this family alone, and at what is new or gone; may be repeated. After a release.",
            HelpName = "NAME",
            Arity = ArgumentArity.OneOrMore,
        };

        private readonly Option<string?> _python = new("--python")
        {
            Description =
                "A Python that can import rez, to evaluate the package.py files that cannot be understood without running "
                + "them: whoever reads the index needs no Python for them then, and gets what they are on this machine. "
                + "Those with @late functions are left to who resolves.",
            HelpName = "PYTHON",
        };

        private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Print one line for each path." };

        public ActionCommand(Terminal terminal, string name, string description, Work work, bool failsOnChanges)
            : base(name, description)
        {
            (_terminal, _work, _failsOnChanges) = (terminal, work, failsOnChanges);
            Add(_paths);
            Add(_directory);
            Add(_families);
            Add(_python);
            Add(_quiet);
            SetAction(
                (parsed, cancellationToken) => Task.Run(() => Run(parsed, cancellationToken), CancellationToken.None)
            );
        }

        private int Run(ParseResult parsed, CancellationToken cancellationToken)
        {
            using PythonEvaluator? python = parsed.GetValue(_python) is { } program ? new(program) : null;
            var options = new PublishedIndexOptions
            {
                Directory = parsed.GetValue(_directory) ?? IndexOptions.DirectoryOfEnvironment(),
                Families = parsed.GetResult(_families) is null ? null : parsed.GetValue(_families),
                Python = python,
            };
            bool holds = true;
            foreach (string path in parsed.GetRequiredValue(_paths).SelectMany(PackagePaths.Parse))
            {
                if (!Directory.Exists(path))
                    throw new BadInputException($"{path}: no such directory");
                IndexReport report = RunOn(path, options, cancellationToken);
                IndexText.Write(report, Name, parsed.GetValue(_quiet), _terminal);
                holds &= report.Made is not null;
                holds &= report.Changes.All(change => change.Kind == IndexChangeKind.Unknown);
            }
            return holds || !_failsOnChanges ? ExitCode.Solved : ExitCode.Failed;
        }

        private IndexReport RunOn(string path, PublishedIndexOptions options, CancellationToken cancellationToken)
        {
            try
            {
                return ProgressBar.Run<IndexProgress, IndexReport>(
                    _terminal,
                    path,
                    value => (value.Done, value.Total),
                    progress => _work(path, options, progress, cancellationToken)
                );
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new BadInputException(
                    $"{PublishedIndex.FileOf(path, options.Directory)}: cannot write the index: {e.Message}",
                    e
                );
            }
        }
    }
}
