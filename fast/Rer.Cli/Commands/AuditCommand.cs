using System.CommandLine;
using Rer.Cli.Input;
using Rer.Cli.Rendering;

namespace Rer.Cli.Commands;

/// <summary><c>rer audit</c>: the health of a whole repository.</summary>
internal sealed class AuditCommand : Command
{
    private readonly Terminal _terminal;
    private readonly ResolveInputOptions _input = new(withRequest: false);

    private readonly Option<bool> _variants = new("--variants")
    {
        Description = "Also resolve each variant by itself.",
    };

    private readonly Option<string> _format = new("--format")
    {
        Description =
            "What to print. table: findings grouped by cause. json: everything; --baseline reads it. html: a page to "
            + "sort, filter and print. sarif: for code review tools (SARIF 2.1.0).",
        HelpName = "table|json|html|sarif",
        DefaultValueFactory = _ => "table",
    };

    private readonly Option<string?> _baseline = new("--baseline")
    {
        Description =
            "An earlier audit (--format json). Leave out what it already found, so that only new findings decide the "
            + "exit code.",
        HelpName = "FILE",
    };

    public AuditCommand(Terminal terminal)
        : base(
            "audit",
            "Checks a whole repository. It resolves every version of every family by itself, on all cores. It "
                + "reports versions that do not resolve, grouped by cause; requirements that no version meets; variants "
                + "that are never chosen; definitions that cannot be read; and versions that a file or an earlier path "
                + "hides. Exit codes: 0 nothing is wrong (notes do not count), 1 something is wrong, 2 wrong input, 3 out "
                + "of time, 130 interrupted."
        )
    {
        _terminal = terminal;
        _input.AddTo(this);
        _format.AcceptOnlyFromAmong("table", "json", "html", "sarif");
        Add(_variants);
        Add(_format);
        Add(_baseline);
        SetAction(
            (parsed, cancellationToken) => Task.Run(() => Run(parsed, cancellationToken), CancellationToken.None)
        );
    }

    private int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(_input.TimeLimit(parsed), cancellationToken);
        IReadOnlySet<string> baseline = parsed.GetValue(_baseline) is { } file
            ? AuditJson.ReadFingerprints(file)
            : new HashSet<string>();
        ResolveInput input = deadline.Do(() => _input.Read(parsed));
        using IDisposable opened = deadline.Owned(input);
        input.WriteNotes(_terminal);
        var options = new AuditOptions
        {
            Variants = parsed.GetValue(_variants),
            Resolve = input.Options with { TimeLimit = null },
            ImplicitRequest = input.ImplicitRequest,
        };
        AuditReport report = deadline
            .Do(() =>
                InsightProgressBar.Run(
                    _terminal,
                    progress =>
                        Auditor.Audit(
                            Engines.Create(input.Engine),
                            input.Repository.Packages,
                            options,
                            progress,
                            deadline.Token
                        )
                )
            )
            .Without(baseline);
        if (report is { Counts: { Packages: 0, Known: 0 }, Findings.Count: 0 })
        {
            throw new BadInputException(
                $"nothing to audit: no package found in {string.Join(Path.PathSeparator, input.Repository.Packages.SearchPaths)}"
            );
        }
        input.Repository.SaveIndex();
        Write(parsed, report, input);
        return report.HasProblems ? ExitCode.Failed : ExitCode.Solved;
    }

    private void Write(ParseResult parsed, AuditReport report, ResolveInput input)
    {
        switch (parsed.GetValue(_format))
        {
            case "json":
                AuditJson.Write(report, _terminal.Output);
                break;
            case "sarif":
                AuditSarif.Write(report, _terminal.Output);
                break;
            case "html":
                string places = string.Join(Path.PathSeparator, input.Repository.Packages.SearchPaths);
                _terminal.Output.Write(AuditPage.Of(report, places).ToHtml());
                break;
            default:
                AuditText.Write(report, _terminal);
                break;
        }
    }
}
