namespace Rer.Tests.Repositories;

/// <summary>A directory of packages, deleted when the test is over.</summary>
internal sealed class PackageTree : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("rer-packages-");

    public string Root => _directory.FullName;

    public string PathOf(string name) => Path.Combine(Root, name);

    /// <summary>Writes a file, and creates its directories.</summary>
    public PackageTree Write(string name, string content = "")
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), content);
        return this;
    }

    public PackageTree Link(string name, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.CreateSymbolicLink(PathOf(name), PathOf(target));
        return this;
    }

    /// <summary>Makes everything an hour old, as far as an index can see.</summary>
    public PackageTree Age()
    {
        Settling.Age(_directory);
        return this;
    }

    /// <summary>Sets a file's permissions, if the system has such modes.</summary>
    public void Allow(string name, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(PathOf(name), mode);
        }
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
