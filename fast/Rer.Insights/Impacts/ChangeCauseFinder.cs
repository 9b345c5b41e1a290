using System.Collections.Concurrent;
using Rer.Insights.Text;
using Rer.Versions;
using Version = Rer.Versions.Version;

namespace Rer.Insights.Impacts;

/// <summary>
/// Finds why a package of a resolve changed: it was added, removed or hidden, or requirements now exclude it.
/// Thread-safe.
/// </summary>
internal sealed class ChangeCauseFinder(World before, World after)
{
    private readonly ConcurrentDictionary<(bool IsAfter, string Family, string Version), string?> _absence = new();
    private readonly ConcurrentDictionary<string, Requirement> _requirements = new();

    /// <summary>The reasons, one phrase each; empty if only the solve's order of preference changed.</summary>
    public IReadOnlyList<string> Of(
        PackageDifference difference,
        ImpactRequest request,
        SolvedResult solvedBefore,
        SolvedResult solvedAfter
    )
    {
        string family = difference.Family;
        switch (difference)
        {
            case { Before: null }:
                return Phrases("required", Demands(family, request, after, solvedAfter).Where(IsPull));
            case { After: null }:
                return Phrases("was required", Demands(family, request, before, solvedBefore).Where(IsPull));
            case { Before: { } old, After: { } now } when old.Version != now.Version:
                return VersionCauses(old.Version, now.Version, family, request, solvedBefore, solvedAfter);
            default:
                return [];
        }
    }

    private string[] VersionCauses(
        string old,
        string now,
        string family,
        ImpactRequest request,
        SolvedResult solvedBefore,
        SolvedResult solvedAfter
    )
    {
        if (AbsenceOf(isAfter: true, family, old) is { } gone)
        {
            return [$"{Names.OfPackage(family, old)} {gone}"];
        }
        Demand[] excluding = [.. Demands(family, request, after, solvedAfter).Where(demand => !Allows(demand, old))];
        if (excluding.Length > 0)
        {
            return Phrases("required", excluding);
        }
        if (AbsenceOf(isAfter: false, family, now) is { } absent)
        {
            return [$"{Names.OfPackage(family, now)} {(absent == Gone ? "is new" : absent.Replace("is ", "was "))}"];
        }
        return Phrases(
            "was required",
            Demands(family, request, before, solvedBefore).Where(demand => !Allows(demand, now))
        );
    }

    private const string Gone = "no longer exists";

    /// <summary>Why a version is not available in a world; null if it is.</summary>
    private string? AbsenceOf(bool isAfter, string family, string version) =>
        _absence.GetOrAdd(
            (isAfter, family, version),
            key => FindAbsence(key.IsAfter ? after : before, key.Family, key.Version)
        );

    private static string? FindAbsence(World world, string family, string version)
    {
        if (!world.Repository.GetVersions(family).Contains(version))
        {
            return Gone;
        }
        var question = new Question(new FastResolver(), world.Repository, world.Options, CancellationToken.None);
        return HiddenByRule.Try(question, family, version) is { } hidden ? $"is hidden by {hidden.Rule}" : null;
    }

    /// <summary>The requirements on a family in a resolve, from the request and from the packages in it.</summary>
    private static IEnumerable<Demand> Demands(string family, ImpactRequest request, World world, SolvedResult solved)
    {
        IEnumerable<Demand> asked = request
            .Request.Concat(request.ImplicitPackages ?? world.ImplicitPackages)
            .Select(requirement => new Demand(null, requirement));
        IEnumerable<Demand> required = solved.Packages.SelectMany(package =>
        {
            PackageDefinition definition = world.Repository.GetDefinition(package.Name, package.Version);
            return definition
                .Requires.Concat(package.VariantIndex is { } variant ? definition.Variants[variant] : [])
                .Concat(world.Options.Building ? definition.BuildRequires : [])
                .Select(requirement => new Demand(package.ToString(), requirement));
        });
        return asked.Concat(required).Where(demand => demand.On == family);
    }

    private bool Allows(Demand demand, string version)
    {
        Requirement requirement = _requirements.GetOrAdd(demand.Requirement, Requirement.Parse);
        return requirement.Range is not { } range || range.Contains(Version.Parse(version)) != requirement.Conflict;
    }

    private static bool IsPull(Demand demand) => demand.IsPull;

    private static string[] Phrases(string word, IEnumerable<Demand> demands) =>
        [.. demands.Select(demand => $"{word} by {demand.By ?? "the request"}: {demand.Requirement}").Distinct()];
}
