using Rer.Versions;

namespace Rer.Benchmarks;

/// <summary>
/// Checks that a resolve is valid: nothing is missing, and nothing conflicts. It does not check whether a better
/// resolve exists. The reference checks that, where it is fast enough.
/// </summary>
internal static class Soundness
{
    /// <summary>Checks a resolve of versioned packages without ephemerals.</summary>
    /// <exception cref="InvalidOperationException">There is no resolve, or it is not valid.</exception>
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
