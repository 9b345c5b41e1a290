using Rer.Versions;

namespace Rer.Benchmarks;

/// <summary>
/// What any resolve must be, whoever made it: nothing is missing, nothing conflicts. It says nothing about whether a
/// better one exists; that is for the reference to say, where it is quick enough.
/// </summary>
internal static class Soundness
{
    /// <summary>Checks a resolve of versioned packages without ephemerals.</summary>
    /// <exception cref="InvalidOperationException">There is none, or it is none.</exception>
    internal static void Check(IReadOnlyList<string> request, ResolveResult result, IPackageRepository repository)
    {
        if (result is not SolvedResult solved)
        {
            throw new InvalidOperationException($"{string.Join(' ', request)}: {result.GetType().Name}, not solved");
        }

        Dictionary<string, Version> versions = solved.Packages.ToDictionary(
            package => package.Name,
            package => Version.Parse(package.Version)
        );
        Check("the request", request);
        foreach (ResolvedPackage package in solved.Packages)
        {
            PackageDefinition definition = repository.GetDefinition(package.Name, package.Version);
            Check(package.Name, definition.Requires);
            Check(package.Name, package.VariantIndex is { } index ? definition.Variants[index] : []);
        }

        void Check(string who, IEnumerable<string> requirements)
        {
            foreach (Requirement requirement in requirements.Select(Requirement.Parse))
            {
                bool isThere = versions.TryGetValue(requirement.Name, out Version? version);
                if (isThere ? requirement.ConflictsWith(requirement.Name, version!) : !requirement.Conflict)
                {
                    throw new InvalidOperationException($"{who} requires {requirement}, resolved is {version}");
                }
            }
        }
    }
}
