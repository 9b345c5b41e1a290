namespace Rer.Repositories.Python;

/// <summary>
/// Creates errors about package definitions. Each is one line that names the file, the line and what was expected.
/// </summary>
internal static class DefinitionError
{
    /// <summary>An error that rez would raise too.</summary>
    public static PackageDataException At(string path, int line, string message) =>
        new($"{path}:{line}: {message}") { Path = path, Line = line };

    /// <summary>An error in a whole file or directory that rez would raise too.</summary>
    public static PackageDataException In(string path, string message, Exception? cause = null) =>
        new($"{path}: {message}", cause!) { Path = path };

    /// <summary>An error about a definition that may be valid but cannot be known without Python.</summary>
    public static PackageDataException NeedsPython(string path, int line, string what) =>
        new($"{path}:{line}: {what}; only Python can tell. Name a Python that can import rez with --python")
        {
            Path = path,
            Line = line,
            NeedsPython = true,
        };

    /// <summary>A copy of a stored error, to be thrown again.</summary>
    public static PackageDataException Again(PackageDataException error) =>
        new(error.Message, error)
        {
            Path = error.Path,
            Line = error.Line,
            NeedsPython = error.NeedsPython,
        };
}
