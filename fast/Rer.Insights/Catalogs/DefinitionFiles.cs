namespace Rer.Insights.Catalogs;

/// <summary>Finds the files in which packages are defined.</summary>
internal static class DefinitionFiles
{
    private static readonly string[] s_names = ["package.py", "package.yaml"];

    /// <summary>The name of the file that defines a package in a directory; null if there is none.</summary>
    public static string? FindName(string directory) =>
        Array.Find(s_names, name => File.Exists(Path.Combine(directory, name)));
}
