using System.Text;
using System.Text.RegularExpressions;
using Rer.Repositories;

namespace Rer.Insights.Configuring;

/// <summary>
/// Replaces variables, <c>~</c> and <c>{system.platform}</c> in the texts of a configuration, as rez does.
/// </summary>
/// <remarks>Corresponds to <c>rez.config.expand_system_vars</c>.</remarks>
internal static partial class RezExpansion
{
    /// <summary>Expands a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="place">Where the text was found, for errors.</param>
    /// <param name="variable">Returns the value of an environment variable; null if it is not set.</param>
    /// <exception cref="BadInputException">Braces do not match, or need rez itself.</exception>
    public static string Expand(string text, string place, Func<string, string?> variable)
    {
        string expanded = VariablePattern()
            .Replace(text, match => variable(match.Groups[1].Value.Trim('{', '}')) ?? match.Value);
        if (expanded.Contains('~'))
        {
            expanded = Normalized(HomeAt().Replace(expanded, match => match.Groups[1].Value + HomeOf(variable)));
        }
        return expanded.AsSpan().ContainsAny('{', '}') ? Format(expanded, place, variable) : expanded;
    }

    /// <summary>The home directory as Python's <c>os.path.expanduser</c> finds it; never empty.</summary>
    private static string HomeOf(Func<string, string?> variable)
    {
        string home = PackagePaths.HomeOf(variable);
        if (OperatingSystem.IsWindows())
        {
            return home;
        }
        string trimmed = home.TrimEnd('/');
        return trimmed.Length == 0 ? "/" : trimmed;
    }

    /// <summary>
    /// Python's <c>str.format</c> with only <c>system</c> defined. Anything unknown is left unchanged, as in
    /// <c>rez.utils.scope.scoped_format</c>.
    /// </summary>
    private static string Format(string text, string place, Func<string, string?> variable)
    {
        var result = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is not ('{' or '}'))
            {
                result.Append(c);
                continue;
            }
            if (i + 1 < text.Length && text[i + 1] == c)
            {
                result.Append(c);
                i++;
                continue;
            }
            int end = text.IndexOf('}', i);
            if (c == '}' || end < 0)
            {
                throw new BadInputException($"{place}: a single '{c}' in '{text}'; write '{c}{c}' for the character");
            }
            result.Append(FieldOf(text[(i + 1)..end], text, place, variable));
            i = end;
        }
        return result.ToString();
    }

    private static string FieldOf(string field, string text, string place, Func<string, string?> variable)
    {
        if (field.Length == 0 || char.IsAsciiDigit(field[0]) || field.AsSpan().ContainsAny("!:{["))
        {
            throw new BadInputException($"{place}: '{{{field}}}' in '{text}' is not known here; only rez could tell");
        }
        return field switch
        {
            "system.platform" => HostPlatform.Platform,
            "system.arch" => HostPlatform.Arch,
            "system.os" => HostPlatform.Os,
            "system.variant" => $"platform-{HostPlatform.Platform} arch-{HostPlatform.Arch} os-{HostPlatform.Os}",
            "system.user" => Environment.UserName,
            "system.home" => HomeOf(variable),
            "system.hostname" => Environment.MachineName,
            "system.fqdn" or "system.domain" or "system.shell" or "system.rez_version" or "system" =>
                throw new BadInputException(
                    $"{place}: '{{{field}}}' in '{text}' is known only to rez; write its value instead"
                ),
            _ => $"{{{field}}}",
        };
    }

    /// <summary>Python's <c>os.path.normpath</c>, which rez applies if there is a <c>~</c>.</summary>
    private static string Normalized(string path)
    {
        char separator = Path.DirectorySeparatorChar;
        string root = RootOf(path.Replace(Path.AltDirectorySeparatorChar, separator));
        List<string> parts = [];
        foreach (
            string part in path[Math.Min(root.Length, path.Length)..]
                .Split(separator, Path.AltDirectorySeparatorChar)
                .Where(part => part is not ("" or "."))
        )
        {
            if (part != ".." || (root.Length == 0 && parts.Count == 0) || (parts.Count > 0 && parts[^1] == ".."))
            {
                parts.Add(part);
            }
            else if (parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
        }
        string normal = root + string.Join(separator, parts);
        return normal.Length == 0 ? "." : normal;
    }

    /// <summary>
    /// The part of a path that <c>..</c> cannot leave: <c>/</c> or <c>//</c>; on Windows a drive or a share, with its
    /// separator.
    /// </summary>
    private static string RootOf(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            string root = Path.GetPathRoot(path) ?? "";
            return root.StartsWith(@"\\", StringComparison.Ordinal) && !root.EndsWith('\\') ? root + '\\' : root;
        }
        return path.StartsWith("//", StringComparison.Ordinal) && !path.StartsWith("///", StringComparison.Ordinal)
                ? "//"
            : path.StartsWith('/') ? "/"
            : "";
    }

    /// <summary>rez's <c>ENV_VAR_REGEX</c>.</summary>
    [GeneratedRegex(@"\$(\w+|\{[^}]*\})")]
    private static partial Regex VariablePattern();

    /// <summary>
    /// rez's <c>EXPANDUSER_RE</c>: a <c>~</c> at the start of a path that is not the start of a name.
    /// </summary>
    [GeneratedRegex(@"(\A|\s|[:;])~(?=[/:;\s]|\z)")]
    private static partial Regex HomePattern();

    /// <summary>The same for Windows, where the separators of paths and of lists of paths differ.</summary>
    [GeneratedRegex(@"(\A|\s|;)~(?=[\\/;\s]|\z)")]
    private static partial Regex WindowsHomePattern();

    private static Regex HomeAt() => OperatingSystem.IsWindows() ? WindowsHomePattern() : HomePattern();
}
