using System.CommandLine;
using Rer.Cli.Input;
using Rer.Cli.Rendering;
using Rer.Insights.Auditing;
using Rer.Repositories;

namespace Rer.Cli.Commands;

/// <summary><c>rer explain</c>: why a request has no resolve, and what would help.</summary>
internal sealed class ExplainCommand : Command
{
    private readonly Terminal _terminal;
    private readonly ResolveInputOptions _input = new();

    private readonly Option<string> _format = new("--format")
    {
        Description = "What to print. text: for people. json: everything.",
        HelpName = "text|json",
        DefaultValueFactory = _ => "text",
    };

    public ExplainCommand(Terminal terminal)
        : base(
            "explain",
            "Explains why a request fails. It prints rez's own text, the smallest set of requirements that "
                + "contradict each other, what happened to each version, and the smallest changes that would resolve. "
                + "Each conflict and each change has been tried. Exit codes: as for solve."
        )
    {
        _terminal = terminal;
        _input.AddTo(this);
        _format.AcceptOnlyFromAmong("text", "json");
        Add(_format);
        SetAction(
            (parsed, cancellationToken) => Task.Run(() => Run(parsed, cancellationToken), CancellationToken.None)
        );
    }

    private int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(_input.TimeLimit(parsed), cancellationToken);
        ResolveInput input = deadline.Do(() => _input.Read(parsed));
        using IDisposable opened = deadline.Owned(input);
        input.WriteNotes(_terminal);
        IResolver resolver = Engines.Create(input.Engine);
        ResolveResult result = deadline.Solve(() =>
            resolver.Resolve(input.WholeRequest, input.Repository.Packages, input.Options, deadline.Token)
        );
        var question = new Question(resolver, input.Repository.Packages, input.Options, cancellationToken);
        if (parsed.GetValue(_format) == "json")
        {
            Explanation? found = Explainer.CanExplain(result) ? Explainer.Explain(input.WholeRequest, question) : null;
            ExplanationJson.Write(result, found, _terminal.Output);
            if (result is ErrorResult error)
            {
                ResolveText.WriteError(error, _terminal);
            }
            return ExitCode.Of(result);
        }
        ResolveText.WriteWithError(new ResolveReport(input.Request, input.ImplicitRequest, result), _terminal);
        if (Explainer.CanExplain(result))
        {
            if (Explainer.Explain(input.WholeRequest, question) is { } explanation)
            {
                ExplanationText.Write(explanation, _terminal);
                if (input.Repository.Packages is FilesystemRepository disk)
                {
                    ExplanationText.WriteHidden(
                        HiddenPackages.Find(disk, explanation.Families.Select(report => report.Family)),
                        _terminal
                    );
                }
            }
            else
            {
                _terminal.WriteErrorLine(
                    "rer: too hard to explain; it is not certain that there is no resolve",
                    Styles.Note
                );
            }
        }
        if (Suggestions.ForName(result, input.Request, input.Repository.Packages) is { } suggestion)
        {
            _terminal.WriteErrorLine($"rer: {suggestion}", Styles.Note);
        }
        return ExitCode.Of(result);
    }
}
