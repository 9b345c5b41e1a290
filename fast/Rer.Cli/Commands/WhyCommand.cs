using System.CommandLine;
using Rer.Cli.Explaining;
using Rer.Cli.Input;
using Rer.Cli.Rendering;

namespace Rer.Cli.Commands;

/// <summary><c>rer why</c>: why a package is in a resolve as it is.</summary>
internal sealed class WhyCommand : Command
{
    private readonly Terminal _terminal;

    private readonly Argument<string> _package = new("PACKAGE") { Description = "The family of a resolved package." };

    private readonly ResolveInputOptions _input = new();

    private readonly Option<int> _maxPaths = new("--max-paths")
    {
        Description = "How many of the paths that pull the package in to print, the shortest first.",
        HelpName = "N",
        DefaultValueFactory = _ => 10,
    };

    public WhyCommand(Terminal terminal)
        : base(
            "why",
            "Resolves a request and tells of one of its packages what pulls it in, and why it is this version and this "
                + "variant. Everything it says was tried. Exit codes: as for solve; 2 if the package is not in the resolve."
        )
    {
        _terminal = terminal;
        Add(_package);
        _input.AddTo(this);
        Add(_maxPaths);
        SetAction(
            (parsed, cancellationToken) => Task.Run(() => Run(parsed, cancellationToken), CancellationToken.None)
        );
    }

    private int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        using ResolveInput input = _input.Read(parsed);
        string family = parsed.GetRequiredValue(_package);
        IResolver resolver = Engines.Create(input.Engine);
        IPackageRepository repository = input.Repository.Packages;
        ResolveResult result = resolver.Resolve(input.WholeRequest, repository, input.Options, cancellationToken);
        if (result is not SolvedResult solved)
        {
            ResolveText.WriteWithError(new ResolveReport(input.Request, input.ImplicitRequest, result), _terminal);
            return ExitCode.Of(result);
        }

        ResolvedPackage[] found = [.. solved.Packages.Where(package => package.Name == family)];
        if (found.Length == 0)
            throw new BadInputException($"'{family}' is not in the resolve; 'rer solve' shows what is");
        var question = new Question(resolver, repository, input.Options, cancellationToken);
        int maxPaths = parsed.GetValue(_maxPaths);
        ReasonsText.Write(ReasonFinder.Find(input.WholeRequest, solved, found[0], maxPaths, question), _terminal);
        return ExitCode.Solved;
    }
}
