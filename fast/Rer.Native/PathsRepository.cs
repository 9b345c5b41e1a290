using Rer.Repositories;

namespace Rer.Native;

/// <summary>Packages on disk; what cannot be known without Python, the caller is asked for.</summary>
internal sealed class PathsRepository(FilesystemRepository files, AskedRepository asked) : IPackageRepository
{
    public IReadOnlyList<string> SearchPaths => files.SearchPaths;

    public IEnumerable<string> GetFamilies() => files.GetFamilies();

    public IReadOnlyList<string> GetVersions(string family)
    {
        try
        {
            return files.GetVersions(family);
        }
        catch (PackageDataException e) when (e.NeedsPython)
        {
            return asked.GetVersions(family);
        }
    }

    public PackageDefinition GetDefinition(string family, string version)
    {
        try
        {
            PackageDefinition definition = files.GetDefinition(family, version);
            // Reading the list is what finds out that it is computed by code.
            _ = definition.BuildRequires.Count;
            return definition;
        }
        catch (PackageDataException e) when (e.NeedsPython)
        {
            return asked.AskDefinition(family, version);
        }
    }

    public void PrepareFamilies(IReadOnlyList<string> families) => files.PrepareFamilies(families);

    // Some may have to be asked for: none is said to be at hand.
    public void Prepare(IReadOnlyList<(string Family, string Version)> packages, Action<int>? whenAtHand) =>
        files.Prepare(packages);
}
