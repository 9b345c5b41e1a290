namespace Rer.Repositories.Python;

/// <summary>Python's <c>posixpath</c>.</summary>
internal static class PythonPaths
{
    /// <summary>Calls a function of <c>os.path</c>; null if it does not accept these arguments.</summary>
    public static PythonString? Call(string function, List<string> arguments) =>
        (function, arguments) switch
        {
            ("os.path.join", [var first, .. var more]) => new PythonString(more.Aggregate(first, Join)),
            ("os.path.basename", [var path]) => new PythonString(path[(path.LastIndexOf('/') + 1)..]),
            ("os.path.dirname", [var path]) => new PythonString(DirectoryOf(path)),
            _ => null,
        };

    private static string Join(string path, string more) =>
        more.StartsWith('/') ? more
        : path.Length == 0 || path.EndsWith('/') ? path + more
        : $"{path}/{more}";

    private static string DirectoryOf(string path)
    {
        string head = path[..(path.LastIndexOf('/') + 1)];
        return head.AsSpan().ContainsAnyExcept('/') ? head.TrimEnd('/') : head;
    }
}
