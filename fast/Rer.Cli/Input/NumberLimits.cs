using System.CommandLine;
using System.Globalization;

namespace Rer.Cli.Input;

/// <summary>Limits of options that are whole numbers.</summary>
internal static class NumberLimits
{
    /// <summary>Refuses numbers below a limit.</summary>
    /// <remarks>
    /// Looks at the text: asking for the value of what is no number at all throws, in place of the error that the parser
    /// has for it.
    /// </remarks>
    public static void RequireAtLeast(this Option option, int least) =>
        option.Validators.Add(result =>
        {
            string? text = result.Tokens.Count > 0 ? result.Tokens[^1].Value : null;
            if (
                int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number)
                && number < least
            )
                result.AddError($"{option.Name} must be at least {least}");
        });
}
