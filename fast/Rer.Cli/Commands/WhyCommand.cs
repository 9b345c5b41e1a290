using System.CommandLine;
using Rer.Cli.Input;
using Rer.Cli.Rendering;

namespace Rer.Cli.Commands;

/// <summary><c>rer why</c>: why a package is in a resolve, with this version and this variant.</summary>
internal sealed class WhyCommand : Command
{
    private readonly Terminal _terminal;

    private readonly Argument<string> _package = new("PACKAGE")
    {
        Description = "A package in the resolve: its family, or the name that 'rer solve' prints.",
    };

    private readonly ResolveInputOptions _input = new();

    private readonly Option<int> _maxPaths = new("--max-paths")
    {
        Description = "How many paths to print that pull the package in. The shortest come first.",
        HelpName = "N",
        DefaultValueFactory = _ => 10,
    };

    public WhyCommand(Terminal terminal)
        : base(
            "why",
            "Explains why a package is in a resolve. It prints what pulls the package in, and why this version and this "
                + "variant were chosen. Each reason has been tried. Exit codes: as for solve; 2 if the package is not in "
                + "the resolve."
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
        using var deadline = new Deadline(_input.TimeLimit(parsed), cancellationToken);
        ResolveInput input = deadline.Do(() => _input.Read(parsed));
        using IDisposable opened = deadline.Owned(input);
        input.WriteNotes(_terminal);
        string name = parsed.GetRequiredValue(_package);
        IResolver resolver = Engines.Create(input.Engine);
        IPackageRepository repository = input.Repository.Packages;
        ResolveResult result = deadline.Solve(() =>
            resolver.Resolve(input.WholeRequest, repository, input.Options, deadline.Token)
        );
        if (result is not SolvedResult solved)
        {
            ResolveText.WriteWithError(new ResolveReport(input.Request, input.ImplicitRequest, result), _terminal);
            return ExitCode.Of(result);
        }

        ResolvedPackage package = Find(solved, name);
        var question = new Question(resolver, repository, input.Options, cancellationToken);
        int maxPaths = parsed.GetValue(_maxPaths);
        ReasonsText.Write(ReasonFinder.Find(input.WholeRequest, solved, package, maxPaths, question), _terminal);
        return ExitCode.Solved;
    }

    /// <summary>Finds the package of a resolve by its family, with or without version and variant.</summary>
    private static ResolvedPackage Find(SolvedResult solved, string name)
    {
        foreach (ResolvedPackage package in solved.Packages)
        {
            if (
                name == package.Name
                || name == Names.OfPackage(package.Name, package.Version)
                || name == package.ToString()
            )
            {
                return package;
            }
        }
        string family = Names.FamilyOf(name);
        string[] instead = [.. solved.Packages.Where(item => item.Name == family).Select(item => item.ToString())];
        throw new BadInputException(
            instead.Length == 0
                ? $"'{name}' is not in the resolve; 'rer solve' shows what is"
                : $"'{name}' is not in the resolve, '{instead[0]}' is"
        );
    }
}
