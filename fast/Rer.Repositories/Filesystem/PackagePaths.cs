using System.Text.Json;
using System.Text.RegularExpressions;
using Rer.Repositories.Disk;

namespace Rer.Repositories;

/// <summary>
/// Lists of package paths as rez writes them: separated by <see cref="Path.PathSeparator"/>, with <c>~</c> and
/// environment variables.
/// </summary>
public static partial class PackagePaths
{
    /// <summary>The environment variable that holds the paths.</summary>
    public const string Variable = "REZ_PACKAGES_PATH";

    /// <summary>The environment variable that holds the paths as JSON. It is read if the other is not set.</summary>
    public const string JsonVariable = "REZ_PACKAGES_PATH_JSON";

    private static readonly string[] s_defaults = ["~/packages", "~/.rez/packages/int", "~/.rez/packages/ext"];

    /// <summary>
    /// The paths that rez would search by default: those of the environment, or else its built-in defaults. rez's
    /// configuration files are not read. Corresponds to <c>rez.config.packages_path</c>.
    /// </summary>
    /// <exception cref="PackageDataException">A variable is malformed.</exception>
    public static IReadOnlyList<string> FromEnvironment() => FromEnvironment(ProcessText.Variable);

    internal static IReadOnlyList<string> FromEnvironment(Func<string, string?> variable)
    {
        IEnumerable<string> paths =
            variable(Variable) is { } list ? Split(list)
            : variable(JsonVariable) is { } json ? FromJson(json)
            : s_defaults;
        return [.. paths.Select(path => ExpandHome(ExpandVariables(path, variable), variable)).Select(CheckBraces)];
    }

    /// <summary>
    /// The paths of a <c>--paths</c> option. A leading <c>~</c> is expanded; variables are left to the shell.
    /// Corresponds to the way <c>rez-env</c> reads the option.
    /// </summary>
    public static IReadOnlyList<string> Parse(string list)
    {
        ArgumentNullException.ThrowIfNull(list);
        // rez asks Python for the home directory here. On Windows, Python ignores HOME.
        return
        [
            .. Split(list)
                .Select(path =>
                    ExpandHome(
                        path,
                        name => OperatingSystem.IsWindows() && name == "HOME" ? null : ProcessText.Variable(name)
                    )
                ),
        ];
    }

    private static string[] Split(string list) => list.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    private static List<string> FromJson(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return [.. document.RootElement.EnumerateArray().Select(path => path.GetString()!)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new PackageDataException($"{JsonVariable} must be a JSON list of strings: {e.Message}", e);
        }
    }

    /// <summary>Corresponds to <c>rez.utils.formatting.expandvars</c>. Unknown variables are left unchanged.</summary>
    private static string ExpandVariables(string path, Func<string, string?> variable) =>
        VariablePattern().Replace(path, match => variable(match.Groups[1].Value.Trim('{', '}')) ?? match.Value);

    /// <summary>
    /// Corresponds to <c>rez.utils.formatting.expanduser</c>, within one path. Only <c>~</c> by itself is the home
    /// directory; <c>~name</c> is left unchanged.
    /// </summary>
    private static string ExpandHome(string path, Func<string, string?> variable)
    {
        if (path != "~" && !path.StartsWith("~/", StringComparison.Ordinal) && !IsWindowsHome(path))
        {
            return path;
        }
        string home = HomeOf(variable);
        // As in Python, an empty home directory means the root.
        return home.Length == 0 && path.Length == 1 ? "/" : home + path[1..];
    }

    /// <summary>
    /// The home directory as rez finds it on Windows. On other systems, as Python's <c>os.path.expanduser</c> finds it.
    /// </summary>
    internal static string HomeOf(Func<string, string?> variable) =>
        variable("HOME")
        ?? (OperatingSystem.IsWindows() ? variable("USERPROFILE") : null)
        ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    private static bool IsWindowsHome(string path) =>
        OperatingSystem.IsWindows() && path.StartsWith("~\\", StringComparison.Ordinal);

    /// <summary>rez would insert attributes of its <c>system</c> object, which are not known here.</summary>
    private static string CheckBraces(string path) =>
        path.Contains("{system.", StringComparison.Ordinal)
            ? throw new PackageDataException($"{Variable}: '{path}' uses rez's system object; write the path out")
            : path;

    [GeneratedRegex(@"\$(\w+|\{[^}]*\})")]
    private static partial Regex VariablePattern();
}
