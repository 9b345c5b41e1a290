using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Rer.Cli.Input;

/// <summary>Limits of numeric options.</summary>
/// <remarks>
/// They check the text. Reading the value of an option that is not a number would throw before the parser can report
/// its own error.
/// </remarks>
internal static class NumberLimits
{
    /// <summary>Rejects numbers below a limit.</summary>
    public static void RequireAtLeast(this Option option, int least) =>
        option.Validators.Add(result =>
        {
            if (
                int.TryParse(Text(result), NumberStyles.Integer, CultureInfo.InvariantCulture, out int number)
                && number < least
            )
            {
                result.AddError($"{option.Name} must be at least {least}");
            }
        });

    /// <summary>Rejects numbers outside two limits.</summary>
    public static void RequireBetween(this Option option, double least, double most) =>
        option.Validators.Add(result =>
        {
            if (
                double.TryParse(Text(result), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                && !(number >= least && number <= most)
            )
            {
                result.AddError(FormattableString.Invariant($"{option.Name} must be a number from {least} to {most}"));
            }
        });

    private static string? Text(OptionResult result) => result.Tokens.Count > 0 ? result.Tokens[^1].Value : null;
}
