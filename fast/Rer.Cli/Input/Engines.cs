using System.CommandLine;
using Rer.Books;
using Rer.Cli.Checking;

namespace Rer.Cli.Input;

/// <summary>The engines that a command can run, by their names for users.</summary>
internal static class Engines
{
    public const string Reference = "reference";
    public const string Fast = "fast";

    /// <summary>All names, the slowest engine first.</summary>
    public static readonly string[] All = [Reference, Fast];

    /// <summary>Creates an engine by name.</summary>
    public static IResolver Create(string name) =>
        name switch
        {
            Reference => ReferenceEngine.CreateResolver(),
            Fast => new FastResolver(),
            _ => throw new BadInputException($"there is no engine '{name}'; the engines are {Reference} and {Fast}"),
        };

    /// <summary>The versions, ranges and requirements of an engine, by name.</summary>
    public static IVersionAlgebra CreateAlgebra(string name) =>
        name == Reference ? ReferenceEngine.CreateAlgebra() : new FastAlgebra();

    /// <summary>The option that chooses an engine.</summary>
    public static Option<string> CreateOption()
    {
        var option = new Option<string>("--engine")
        {
            Description =
                "Which engine to use: 'fast', or 'reference', the readable port of rez's solver that the fast engine is "
                + "tested against. Both give the same answers.",
            HelpName = $"{Reference}|{Fast}",
            DefaultValueFactory = _ => Fast,
        };
        option.AcceptOnlyFromAmong(All);
        return option;
    }
}
