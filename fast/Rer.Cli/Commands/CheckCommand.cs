using System.CommandLine;
using Rer.Books;
using Rer.Cli.Checking;
using Rer.Cli.Input;
using Rer.Cli.Rendering;
using Rer.Repositories;
using Spectre.Console;

namespace Rer.Cli.Commands;

/// <summary><c>rer check</c>: whether an engine gives rez's answers.</summary>
internal sealed class CheckCommand : Command
{
    private readonly Terminal _terminal;

    private readonly Argument<string[]> _books = new("BOOK")
    {
        Description =
            "Books of cases (JSON, plain or gzipped), as you record them from your own rez, or test vectors of "
            + "versions, ranges and requirements.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _requests = new("--requests")
    {
        Description = "A list of requests in the format of rez's benchmark. They are resolved against --packages.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _packages = new("--packages")
    {
        Description = "An archive (.tar.gz) of package.py files for --requests.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _expected = new("--expected")
    {
        Description = "rez's answers to --requests: a list of cases, one for each request.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _variantSelectMode = SolveOptions.CreateVariantSelectMode();
    private readonly Option<string> _engine = Engines.CreateOption();

    public CheckCommand(Terminal terminal)
        : base(
            "check",
            "Resolves recorded cases again, and compares the answers. It prints each field that differs, and ends "
                + "with 'N cases, N differ'. Exit codes: 0 none differ, 1 some differ, 2 wrong input."
        )
    {
        _terminal = terminal;
        Add(_books);
        Add(_requests);
        Add(_packages);
        Add(_expected);
        Add(_variantSelectMode);
        Add(_engine);
        Validators.Add(result =>
        {
            int given = new Option[] { _requests, _packages, _expected }.Count(option =>
                result.GetResult(option) is not null
            );
            if (given is 1 or 2)
            {
                result.AddError("--requests, --packages and --expected must be given together");
            }
            else if (given == 0 && result.GetResult(_books)?.Tokens is null or { Count: 0 })
            {
                result.AddError("name at least one BOOK, or give --requests, --packages and --expected");
            }
        });
        SetAction(
            (parsed, cancellationToken) => Task.Run(() => Run(parsed, cancellationToken), CancellationToken.None)
        );
    }

    private int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        (int cases, List<CaseReport> differing) = Watch(reports => Check(parsed, reports, cancellationToken));
        foreach (CaseReport report in differing)
        {
            CheckText.Write(report, _terminal);
        }
        int count = differing.Sum(report => report.Count);
        CheckText.WriteSummary(cases, count, _terminal);
        return count == 0 ? ExitCode.Solved : ExitCode.Failed;
    }

    /// <summary>Checks everything that was named, and reports each part when it is done.</summary>
    private void Check(ParseResult parsed, Action<int, CaseReport> onChecked, CancellationToken cancellationToken)
    {
        string engine = parsed.GetRequiredValue(_engine);
        foreach (string path in parsed.GetValue(_books) ?? [])
        {
            if (VersionVectors.Recognises(path))
            {
                VectorReport vectors = VersionVectors.Check(path, Engines.CreateAlgebra(engine));
                onChecked(vectors.Count, new CaseReport(path, vectors.Differences, vectors.Differences.Count));
                continue;
            }
            foreach (Book book in BookFile.Read(path))
            {
                CheckBook(book);
            }
        }
        if (parsed.GetValue(_requests) is { } requests)
        {
            CheckBook(ReadBenchmark(parsed, requests));
        }

        void CheckBook(Book book)
        {
            IResolver resolver = Engines.Create(engine);
            bool writesLog = engine == Engines.Reference;
            foreach (CaseReport report in BookCheck.Run(book, resolver, writesLog, cancellationToken))
            {
                onChecked(1, report);
            }
        }
    }

    /// <summary>Counts cases and collects those that differ, with progress on a terminal.</summary>
    private (int Cases, List<CaseReport> Differing) Watch(Action<Action<int, CaseReport>> check)
    {
        int cases = 0;
        List<CaseReport> differing = [];
        if (_terminal.ShowsProgress)
        {
            _terminal
                .ErrorConsole.Status()
                .Start(
                    "reading",
                    status =>
                        check(
                            (count, report) =>
                            {
                                Note(count, report);
                                status.Status = $"{cases} cases, {differing.Count} differ";
                            }
                        )
                );
        }
        else
        {
            check(Note);
        }
        return (cases, differing);

        void Note(int count, CaseReport report)
        {
            cases += count;
            if (report.Differences.Count > 0)
            {
                differing.Add(report);
            }
        }
    }

    private Book ReadBenchmark(ParseResult parsed, string requests) =>
        BenchmarkBook.Read(
            BenchmarkRepository.Open(parsed.GetRequiredValue(_packages)!),
            requests,
            parsed.GetRequiredValue(_expected),
            SolveOptions.ReadVariantSelectMode(parsed.GetValue(_variantSelectMode))
        );
}
