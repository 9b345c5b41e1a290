using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Rer.Cli.Input;

/// <summary>Limits of options that are numbers.</summary>
/// <remarks>
/// They look at the text: asking for the value of what is no number at all throws, in place of the error that the parser
/// has for it.
/// </remarks>
internal static class NumberLimits
{
    /// <summary>Refuses numbers below a limit.</summary>
    public static void RequireAtLeast(this Option option, int least) =>
        option.Validators.Add(result =>
        {
            if (
                int.TryParse(Text(result), NumberStyles.Integer, CultureInfo.InvariantCulture, out int number)
                && number < least
            )
                result.AddError($"{option.Name} must be at least {least}");
        });

    /// <summary>Refuses numbers outside of two limits.</summary>
    public static void RequireBetween(this Option option, double least, double most) =>
        option.Validators.Add(result =>
        {
            if (
                double.TryParse(Text(result), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                && !(number >= least && number <= most)
            )
                result.AddError(FormattableString.Invariant($"{option.Name} must be a number from {least} to {most}"));
        });

    private static string? Text(OptionResult result) => result.Tokens.Count > 0 ? result.Tokens[^1].Value : null;
}
