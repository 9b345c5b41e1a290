namespace Rer.Tests.Cli;

/// <summary>Files for a test, deleted together with this object.</summary>
public sealed class TemporaryFiles : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("rer-tests-");

    /// <summary>The path of a file, which need not exist.</summary>
    public string PathOf(string name) => Path.Combine(_directory.FullName, name);

    /// <summary>Writes a file.</summary>
    /// <returns>Its path.</returns>
    public string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    /// <summary>Writes a book of one repository, in the syntax of a book's <c>packages</c>.</summary>
    /// <returns>Its path.</returns>
    public string WriteBook(string packages, string cases = "[]") =>
        Write("book.json", $$"""{"name": "test", "packages": {{packages}}, "cases": {{cases}}}""");

    public void Dispose() => _directory.Delete(recursive: true);
}
