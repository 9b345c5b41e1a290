using Rer.Tests.Repositories;

namespace Rer.Tests.Cli;

/// <summary>A few packages, and requests of them, for <c>rer impact</c>.</summary>
internal sealed class ImpactTree : IDisposable
{
    private readonly PackageTree _tree = new();

    public ImpactTree()
    {
        Release("python/3.10", "timestamp = 10");
        Release("python/3.11", "timestamp = 20");
        Release("maya/2024", "timestamp = 10", "requires = ['python-3.10']");
        Release("maya/2025", "timestamp = 30", "requires = ['python-3.11']");
        Release("usd/1", "timestamp = 10", "variants = [['python-3.10'], ['python-3.11']]");
        Release("tool/1", "timestamp = 10", "requires = ['maya-2025', 'usd']");
        Write("requests.txt", "maya usd # of the show\n\nmaya-2024 'python-3'\ntool\nusd maya-2023\n");
    }

    public string Root => _tree.Root;

    public string Packages => PathOf("packages");

    public void Dispose() => _tree.Dispose();

    public string PathOf(string name) => _tree.PathOf(name);

    public void Write(string path, string text) => _tree.Write(path, text);

    public void Release(string package, params string[] lines)
    {
        string[] parts = package.Split('/');
        Write(
            $"packages/{package}/package.py",
            $"name = '{parts[0]}'\nversion = '{parts[1]}'\n{string.Join('\n', lines)}\n"
        );
    }

    /// <summary>Runs <c>rer impact</c> for the requests.</summary>
    public Task<CliRun> Run(params string[] arguments) =>
        CliRun.Of(["impact", "--paths", Packages, "--no-implicit", "--requests", PathOf("requests.txt"), .. arguments]);
}
