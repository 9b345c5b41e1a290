namespace Rer.Repositories.Python;

/// <summary>Errors in package definitions: one line that names the file, the line and what was expected.</summary>
internal static class DefinitionError
{
    /// <summary>An error that rez would raise as well.</summary>
    public static PackageDataException At(string path, int line, string message) =>
        new($"{path}:{line}: {message}") { Path = path, Line = line };

    /// <summary>An error that rez would raise as well, in a file or directory as a whole.</summary>
    public static PackageDataException In(string path, string message, Exception? cause = null) =>
        new($"{path}: {message}", cause!) { Path = path };

    /// <summary>A definition that may well be right, but that only Python can tell.</summary>
    public static PackageDataException NeedsPython(string path, int line, string what) =>
        new($"{path}:{line}: {what}; only Python can tell: give one that can import rez (--python)")
        {
            Path = path,
            Line = line,
            NeedsPython = true,
        };

    /// <summary>An error that was kept, to be thrown once more.</summary>
    public static PackageDataException Again(PackageDataException error) =>
        new(error.Message, error)
        {
            Path = error.Path,
            Line = error.Line,
            NeedsPython = error.NeedsPython,
        };
}
