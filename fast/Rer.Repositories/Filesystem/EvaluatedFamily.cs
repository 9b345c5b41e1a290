using Rer.Compiling;
using Rer.Repositories.Definitions;
using Rer.Repositories.Layout;

namespace Rer.Repositories.Filesystem;

/// <summary>A family that uses Python for what cannot be known without it.</summary>
/// <param name="location">The package path.</param>
/// <param name="name">The family's name.</param>
/// <param name="source">The family as far as it is known; null if not even its versions are.</param>
/// <param name="python">Evaluates the rest.</param>
/// <param name="statistics">Counts evaluations.</param>
internal sealed class EvaluatedFamily(
    string location,
    string name,
    IFamilySource? source,
    PythonEvaluator python,
    RepositoryStatistics statistics
) : IFamilySource
{
    public IReadOnlyList<string> Versions { get; } = source?.Versions ?? python.EvaluateVersions(location, name);

    public StoredFamily? FindCompiled() => source?.FindCompiled();

    public string PathOf(string version) => source?.PathOf(version) ?? Path.Combine(location, name);

    public PackageDefinition Load(string version)
    {
        PackageDefinition definition;
        try
        {
            definition = source?.Load(version) ?? Evaluate(version);
        }
        catch (PackageDataException e) when (e.NeedsPython)
        {
            return Evaluate(version);
        }
        if (!definition.IsFollowed)
        {
            // The definition's code may fail, and then rez would not have the package.
            return Evaluate(version);
        }
        return definition is { BuildRequires: not DeferredList, DeferredTimestamp: null }
            ? definition
            : new PackageDefinition
            {
                Requires = definition.Requires,
                Variants = definition.Variants,
                BuildRequires = new DeferredList(() => BuildRequires(definition, version)),
                DeferredTimestamp = () => Timestamp(definition, version),
            };
    }

    private long Timestamp(PackageDefinition definition, string version)
    {
        try
        {
            return definition.Timestamp;
        }
        catch (PackageDataException e) when (e.NeedsPython)
        {
            return Evaluate(version).Timestamp;
        }
    }

    private IReadOnlyList<string> BuildRequires(PackageDefinition definition, string version)
    {
        try
        {
            return [.. definition.BuildRequires];
        }
        catch (PackageDataException e) when (e.NeedsPython)
        {
            return Evaluate(version).BuildRequires;
        }
    }

    private PackageDefinition Evaluate(string version)
    {
        statistics.CountEvaluation();
        return python.Evaluate(location, name, version);
    }
}
