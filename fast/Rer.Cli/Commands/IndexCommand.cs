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
        : base("index", "Publishes an index of a package path, which resolves read instead of the packages.")
    {
        Add(
            new ActionCommand(
                terminal,
                "update",
                "Makes the index, or updates it, and says what changed. An update reads only what has changed. Exit "
                    + "codes: 0 done, 2 it could not be written, or there is no such family.",
                PublishedIndex.Update,
                failsOnChanges: false
            )
        );
        Add(
            new ActionCommand(
                terminal,
                "status",
                "Shows how old the index is, what is in it, and which entries are out of date. It checks the times of all "
                    + "files, and reads none. Exit codes: 0 up to date, 1 something is out of date, or there is no index.",
                PublishedIndex.GetStatus,
                failsOnChanges: true
            )
        );
        Add(
            new ActionCommand(
                terminal,
                "verify",
                "Reads every definition again, and compares it with the index. Exit codes: 0 all are equal, 1 some "
                    + "differ, or there is no index.",
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
                $"Package paths, or lists of them separated by '{Path.PathSeparator}'. The index of a path is in its "
                + "directory .rer, which rez does not mistake for a package.",
            Arity = ArgumentArity.OneOrMore,
        };

        private readonly Option<string?> _directory = new("--output", "-o", "--index-dir")
        {
            Description =
                "A directory for the indexes, instead of the package paths. Pass it to resolves with --index-dir or the "
                + "variable RER_INDEX_DIR. Default: RER_INDEX_DIR, else the package paths.",
            HelpName = "DIR",
        };

        private readonly Option<string[]> _families = new("--family", "-f")
        {
            Description =
                "Check only this family, and look for families that are new or gone. May be repeated. Use it after a "
                + "release.",
            HelpName = "NAME",
            Arity = ArgumentArity.OneOrMore,
        };

        private readonly Option<string?> _python = new("--python")
        {
            Description =
                "A Python that can import rez. It evaluates package.py files that cannot be understood without running "
                + "them, as they are on this machine. Resolves that read the index then need no Python for them. Files "
                + "with @late functions are still read by each resolve.",
            HelpName = "PYTHON",
        };

        private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Print one line for each path." };

        public ActionCommand(Terminal terminal, string name, string description, Work work, bool failsOnChanges)
            : base(name, description)
        {
            (_terminal, _work, _failsOnChanges) = (terminal, work, failsOnChanges);
            ParseProblem.RefuseOptions(_paths);
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
            HashSet<string> unheardOf = [.. options.Families ?? []];
            foreach (string path in parsed.GetRequiredValue(_paths).SelectMany(PackagePaths.Parse))
            {
                if (!Directory.Exists(path))
                {
                    throw new BadInputException($"{path}: no such directory");
                }
                IndexReport report = RunOn(path, options, cancellationToken);
                IndexText.Write(report, Name, parsed.GetValue(_quiet), _terminal);
                holds &= report.Made is not null;
                holds &= report.Changes.All(change => change.Kind == IndexChangeKind.Unknown);
                unheardOf.ExceptWith(report.Changes.Select(change => change.Family));
                if (unheardOf.Count > 0)
                {
                    unheardOf.ExceptWith(new FilesystemRepository([path]).GetFamilies());
                }
            }
            foreach (string family in unheardOf)
            {
                _terminal.WriteErrorLine($"rer: there is no family '{family}'", Styles.Critical);
            }
            return unheardOf.Count > 0 ? ExitCode.BadInput
                : holds || !_failsOnChanges ? ExitCode.Solved
                : ExitCode.Failed;
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
