using System.CommandLine;

namespace Rer.Cli.Input;

/// <summary>The request, as every command that resolves one takes it.</summary>
internal static class RequestArgument
{
    /// <summary>One or more requirements.</summary>
    public static Argument<string[]> Create()
    {
        var argument = new Argument<string[]>("REQUEST")
        {
            Description =
                "The requirements, as for rez-env: maya-2024+, 'foo>=1.2', !bar-1 (not that), ~baz==2 (if at all, then "
                + "that), .feature-1 (ephemeral).",
            Arity = ArgumentArity.OneOrMore,
        };
        // No requirement begins with a dash: what does is an option that we do not have.
        argument.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith('-')) is { } token)
                result.AddError($"unrecognised option '{token.Value}'");
        });
        return argument;
    }
}
