using System.CommandLine;
using System.CommandLine.Help;
using System.Text;

namespace Rer.Cli.Rendering;

/// <summary>Writes the command's manual page for <c>man</c>, with everything that the help says.</summary>
internal static class ManualPage
{
    private static readonly (int Code, string Meaning)[] s_exitCodes =
    [
        (ExitCode.Solved, "The request resolved, or nothing is wrong."),
        (ExitCode.Failed, "The request failed, answers differ, or something is wrong with the packages."),
        (ExitCode.BadInput, "The input is wrong. A line on the error stream says what is wrong, and what to do."),
        (ExitCode.Stopped, "A limit stopped it."),
        (
            ExitCode.Broken,
            "Something else went wrong: the answer could not be written, or there was not enough memory."
        ),
        (ExitCode.Cancelled, "It was interrupted."),
    ];

    private static readonly (string Name, string Meaning)[] s_variables =
    [
        ("REZ_PACKAGES_PATH", "Package paths, as for rez. --paths takes precedence."),
        ("REZ_CONFIG_FILE", "rez's configuration files. --config takes precedence."),
        ("REZ_*", "Other settings of rez's configuration. They take precedence over its files, as in rez."),
        ("RER_CACHE_DIR", "Like --cache."),
        ("RER_INDEX", "Like --index."),
        ("RER_INDEX_DIR", "Like --index-dir."),
        (
            "RER_ROUND_TRIP_MS",
            "Makes every call to the disk take this many milliseconds longer, to show what a network disk costs."
        ),
        ("NO_COLOR", "Turns colours off."),
    ];

    /// <summary>Writes the page.</summary>
    /// <param name="root">The command with all its subcommands.</param>
    /// <param name="version">Its version.</param>
    public static string Of(Command root, string version)
    {
        var page = new StringBuilder();
        page.Append(System.Globalization.CultureInfo.InvariantCulture, $".TH RER 1 \"\" \"rer {Text(version)}\"\n");
        Section(page, "NAME");
        page.Append("rer \\- resolves package requests as rez does\n");
        Section(page, "SYNOPSIS");
        page.Append(".B rer\n.I COMMAND\n.RI [ ARGUMENT ...]\n.RI [ OPTION ...]\n");
        Section(page, "DESCRIPTION");
        Paragraph(page, root.Description);
        foreach (Command command in root.Subcommands.Where(command => !command.Hidden))
        {
            Write(page, root.Name, command);
        }
        Section(page, "EXIT STATUS");
        foreach ((int code, string meaning) in s_exitCodes)
        {
            Entry(page, code.ToString(System.Globalization.CultureInfo.InvariantCulture), meaning);
        }
        Section(page, "ENVIRONMENT");
        foreach ((string name, string meaning) in s_variables)
        {
            Entry(page, name, meaning);
        }
        Section(page, "SEE ALSO");
        page.Append(".BR rez (1)\n");
        return page.ToString();
    }

    private static void Write(StringBuilder page, string before, Command command)
    {
        string name = $"{before} {command.Name}";
        Section(page, name.ToUpperInvariant());
        page.Append(".B ").Append(Text(name)).Append('\n');
        foreach (Argument argument in command.Arguments.Where(argument => !argument.Hidden))
        {
            page.Append(".I ").Append(Text(Usage(argument))).Append('\n');
        }
        page.Append(".RI [ OPTION ...]\n");
        Paragraph(page, command.Description);
        foreach (Argument argument in command.Arguments.Where(argument => !argument.Hidden))
        {
            Entry(page, argument.HelpName ?? argument.Name, argument.Description);
        }
        foreach (Option option in command.Options.Where(option => !option.Hidden && option is not HelpOption))
        {
            Entry(page, Usage(option), option.Description);
        }
        foreach (Command inner in command.Subcommands.Where(inner => !inner.Hidden))
        {
            Write(page, name, inner);
        }
    }

    private static string Usage(Argument argument)
    {
        string name = argument.HelpName ?? argument.Name;
        string many = argument.Arity.MaximumNumberOfValues > 1 ? $"{name}..." : name;
        return argument.Arity.MinimumNumberOfValues == 0 ? $"[{many}]" : many;
    }

    private static string Usage(Option option)
    {
        string names = string.Join(
            ", ",
            option.Aliases.Append(option.Name).OrderBy(name => name.Length).ThenBy(name => name, StringComparer.Ordinal)
        );
        return option.HelpName is { } value ? $"{names} {value}" : names;
    }

    private static void Section(StringBuilder page, string title) =>
        page.Append(".SH ").Append('"').Append(Text(title)).Append("\"\n");

    private static void Paragraph(StringBuilder page, string? text) =>
        page.Append(".PP\n").Append(Text(text ?? "")).Append('\n');

    private static void Entry(StringBuilder page, string term, string? text) =>
        page.Append(".TP\n.B ").Append(Text(term)).Append('\n').Append(Text(text ?? "")).Append('\n');

    /// <summary>
    /// Escapes text. <c>man</c> then treats none of it as an instruction, and shows hyphens as people type them.
    /// </summary>
    private static string Text(string text)
    {
        string plain = text.Replace("\\", "\\e", StringComparison.Ordinal)
            .Replace("-", "\\-", StringComparison.Ordinal)
            .Replace('\n', ' ')
            .Replace("~", "\\(ti", StringComparison.Ordinal)
            .Replace("^", "\\(ha", StringComparison.Ordinal)
            .Replace("'", "\\(aq", StringComparison.Ordinal)
            .Replace("\"", "\\(dq", StringComparison.Ordinal);
        return plain.StartsWith('.') ? "\\&" + plain : plain;
    }
}
