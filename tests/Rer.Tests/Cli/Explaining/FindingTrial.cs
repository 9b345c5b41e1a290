using Rer.Insights;
using Rer.Reference;

namespace Rer.Tests.Cli.Explaining;

/// <summary>
/// Checks a finding again, with the reference instead of the engine, and with repositories of its own. It shares
/// nothing with the code that made the finding.
/// </summary>
internal sealed class FindingTrial(RandomQuestion question, string title)
{
    private static readonly IResolver s_reference = new ReferenceResolver();

    private static ResolveOptions Unfiltered(ResolveOptions options) =>
        options with
        {
            PackageFilters = [],
            Timestamp = 0,
        };

    /// <summary>Checks a finding on a version of a family in an explanation.</summary>
    public void CheckFate(Finding finding, string family, string version, IReadOnlyList<Demand> core)
    {
        switch (finding)
        {
            case WouldResolve:
                Solves([.. question.Request, $"{family}=={version}"]).ShouldBeTrue(title);
                break;
            case WouldDoWithout without:
                without.Demands.ShouldAllBe(demand => demand.By == family && core.Contains(demand), title);
                without.Demands.ShouldAllBe(demand => MadeBy(family, version).Contains(demand.Requirement), title);
                SolvesRelaxed(
                        [
                            .. core.Where(demand => demand.By is null).Select(demand => demand.Requirement),
                            $"{family}=={version}",
                        ],
                        [.. core.Where(demand => !without.Demands.Contains(demand))]
                    )
                    .ShouldBeTrue(title);
                break;
            case Impossible impossible:
                CheckImpossible(impossible, [.. question.Request, $"{family}=={version}"]);
                break;
            default:
                CheckVersion(finding, family, version, [.. core.Where(demand => demand.On == family)]);
                break;
        }
    }

    /// <summary>Checks a finding on a version that might have been in a resolve.</summary>
    public void CheckReason(Finding finding, ResolvedPackage chosen, string version, SolvedResult solved)
    {
        string[] request = [.. question.Request, $"{chosen.Name}=={version}"];
        switch (finding)
        {
            case Impossible impossible:
                CheckImpossible(impossible, request);
                break;
            case LaterInOrder later:
                later.Chosen.ShouldBe(chosen.Version, title);
                Solves(request).ShouldBeTrue(title);
                Taken(chosen.Name, [chosen.Version, version], question.Options).ShouldBe(chosen.Version, title);
                if (later.IsByOrderers)
                {
                    Taken(chosen.Name, [chosen.Version, version], question.Options with { PackageOrderers = [] })
                        .ShouldBe(version, title);
                }
                break;
            case NotTogetherWith or PossibleBeside:
                CheckBeside(finding, request, solved, chosen.Name, question.Repository);
                break;
            default:
                CheckVersion(finding, chosen.Name, version, null);
                break;
        }
    }

    /// <summary>Checks a finding on a variant that might have been in a resolve.</summary>
    public void CheckVariant(Finding finding, ResolvedPackage chosen, int other, SolvedResult solved)
    {
        string[] request = [.. question.Request, $"{chosen.Name}=={chosen.Version}"];
        PackageDefinition definition = Definition(chosen.Name, chosen.Version);
        IPackageRepository alone = World(
            (family, version, package) =>
                family == chosen.Name && version == chosen.Version
                    ? new PackageDefinition
                    {
                        Requires = package.Requires,
                        Variants = [package.Variants[other]],
                        Timestamp = package.Timestamp,
                    }
                    : package
        );
        switch (finding)
        {
            case Impossible impossible:
                CheckImpossible(impossible, request, alone);
                break;
            case LessPreferred less:
                ((int?)less.Chosen).ShouldBe(chosen.VariantIndex, title);
                Solves(request, alone).ShouldBeTrue(title);
                CheckPart(less, chosen, definition, other);
                break;
            default:
                CheckBeside(finding, request, solved, chosen.Name, alone);
                break;
        }
    }

    private void CheckVersion(Finding finding, string family, string version, IReadOnlyList<Demand>? demands)
    {
        switch (finding)
        {
            case HiddenByRule hidden:
                Taken(family, [version], question.Options).ShouldBeNull(title);
                Taken(family, [version], Unfiltered(question.Options)).ShouldBe(version, title);
                ResolveOptions single =
                    hidden.Rule == $"after({question.Options.Timestamp})"
                        ? Unfiltered(question.Options) with
                        {
                            Timestamp = question.Options.Timestamp,
                        }
                        : question.Options with
                        {
                            Timestamp = 0,
                            PackageFilters =
                            [
                                new PackageFilter([hidden.Rule], question.Options.PackageFilters[0].Includes),
                            ],
                        };
                Taken(family, [version], single).ShouldBeNull(title);
                break;
            case ExcludedByDemands excluded:
                foreach (Demand demand in excluded.Demands)
                {
                    Solves([family, demand.Requirement], Bare(family, [version]), Unfiltered(question.Options))
                        .ShouldBeFalse($"{title}: {demand}");
                }
                foreach (Demand demand in (demands ?? []).Except(excluded.Demands))
                {
                    Solves([family, demand.Requirement], Bare(family, [version]), Unfiltered(question.Options))
                        .ShouldBeTrue($"{title}: {demand}");
                }
                break;
            default:
                Assert.Fail($"{title}: {finding} for {family}-{version}");
                break;
        }
    }

    private void CheckImpossible(Impossible impossible, string[] request, IPackageRepository? world = null)
    {
        ResolveResult result = s_reference.Resolve(
            request,
            world ?? question.Repository,
            question.Options,
            TestContext.Current.CancellationToken
        );
        string text = result switch
        {
            FailedResult failed => failed.Failure.Description.Split('\n')[0],
            ErrorResult error => error.Message,
            _ => "",
        };
        impossible.Text.ShouldBe(text, title);
    }

    private void CheckBeside(
        Finding finding,
        string[] request,
        SolvedResult solved,
        string family,
        IPackageRepository world
    )
    {
        Solves(request, world).ShouldBeTrue(title);
        string[] PinsOf(IEnumerable<ResolvedPackage> packages) =>
            [.. packages.Select(package => $"{package.Name}=={package.Version}")];
        switch (finding)
        {
            case NotTogetherWith not:
                not.Packages.ShouldAllBe(package => solved.Packages.Contains(package), title);
                Solves([.. request, .. PinsOf(not.Packages)], world).ShouldBeFalse(title);
                foreach (ResolvedPackage spared in not.Packages)
                {
                    Solves([.. request, .. PinsOf(not.Packages.Where(package => package != spared))], world)
                        .ShouldBeTrue(title);
                }
                break;
            case PossibleBeside:
                Solves([.. request, .. PinsOf(solved.Packages.Where(package => package.Name != family))], world)
                    .ShouldBeTrue(title);
                break;
            default:
                Assert.Fail($"{title}: {finding}");
                break;
        }
    }

    /// <summary>
    /// Checks that the variants differ as reported in the part that is said to decide, and that it decides.
    /// </summary>
    private void CheckPart(LessPreferred less, ResolvedPackage chosen, PackageDefinition definition, int other)
    {
        HashSet<string> requested = [.. question.Request.Where(IsPull).Select(FamilyOf)];
        string[][] sides =
        [
            [.. definition.Requires, .. definition.Variants[less.Chosen]],
            [.. definition.Requires, .. definition.Variants[other]],
        ];
        // Two requirements for one family are merged before they are counted. Such variants are only checked as a
        // whole.
        if (sides.Any(side => side.Select(FamilyOf).Distinct().Count() != side.Length))
        {
            return;
        }
        string[][] pulls = [.. sides.Select(side => side.Where(IsPull).ToArray())];
        string[] Requested(string[] side) => [.. side.Where(text => requested.Contains(FamilyOf(text)))];
        string[] Added(string[] side) => [.. side.Where(text => !requested.Contains(FamilyOf(text)))];
        switch (less.Part)
        {
            case PreferencePart.RequestedCount:
                question.Options.VariantSelectMode.ShouldBe(VariantSelectMode.IntersectionPriority, title);
                (less.OfChosen, less.OfOther).ShouldBe(
                    ($"{Requested(pulls[0]).Length}", $"{Requested(pulls[1]).Length}"),
                    title
                );
                Requested(pulls[0]).Length.ShouldBeGreaterThan(Requested(pulls[1]).Length, title);
                break;
            case PreferencePart.AddedCount:
                (less.OfChosen, less.OfOther).ShouldBe(
                    ($"{Added(pulls[0]).Length}", $"{Added(pulls[1]).Length}"),
                    title
                );
                Added(pulls[0]).Length.ShouldBeLessThan(Added(pulls[1]).Length, title);
                TakenVariant(chosen, Requested(pulls[0]), Requested(pulls[1])).ShouldBeNull(title);
                break;
            case PreferencePart.RequestedRanges:
                TakenVariant(chosen, Requested(pulls[0]), Requested(pulls[1])).ShouldBe(0, title);
                break;
            case PreferencePart.AddedRanges:
                TakenVariant(chosen, Added(pulls[0]), Added(pulls[1])).ShouldBe(0, title);
                break;
            case PreferencePart.Place:
                TakenVariant(chosen, pulls[0], pulls[1]).ShouldBeNull(title);
                less.Chosen.ShouldBeGreaterThan(other, title);
                return;
        }
        TakenVariant(chosen, pulls[0], pulls[1]).ShouldBe(0, title);
    }

    /// <summary>Which of two variants is taken in either position: 0, 1, or null if their positions decide.</summary>
    private int? TakenVariant(ResolvedPackage package, string[] first, string[] second)
    {
        int? Index(string[] a, string[] b) =>
            (
                s_reference.Resolve(
                    [$"{package.Name}=={package.Version}", .. question.Request],
                    World(
                        (family, version, definition) =>
                            new PackageDefinition
                            {
                                Variants = family == package.Name ? [a, b] : [],
                                Timestamp = definition.Timestamp,
                            }
                    ),
                    question.Options,
                    TestContext.Current.CancellationToken
                ) as SolvedResult
            )
                ?.Packages.Single(item => item.Name == package.Name)
                .VariantIndex;
        return (Index(first, second), Index(second, first)) switch
        {
            (0, 1) => 0,
            (1, 0) => 1,
            _ => null,
        };
    }

    private string? Taken(string family, string[] versions, ResolveOptions options) =>
        (
            s_reference.Resolve([family], Bare(family, versions), options, TestContext.Current.CancellationToken)
            as SolvedResult
        )
            ?.Packages[0]
            .Version;

    /// <summary>Whether a request resolves.</summary>
    public bool Solves(
        IReadOnlyList<string> request,
        IPackageRepository? world = null,
        ResolveOptions? options = null
    ) =>
        s_reference.Resolve(
            request,
            world ?? question.Repository,
            options ?? question.Options,
            TestContext.Current.CancellationToken
        ) is SolvedResult;

    /// <summary>Whether a request resolves if packages require only these demands.</summary>
    public bool SolvesRelaxed(IReadOnlyList<string> request, IReadOnlyList<Demand> demands) =>
        Solves(
            request,
            World(
                (family, _, definition) =>
                {
                    string[] Kept(IReadOnlyList<string> requirements) =>
                        [.. requirements.Where(text => demands.Contains(new Demand(family, text)))];
                    return new PackageDefinition
                    {
                        Requires = Kept(definition.Requires),
                        Variants = [.. definition.Variants.Select(Kept)],
                        Timestamp = definition.Timestamp,
                    };
                }
            )
        );

    private MemoryPackageRepository Bare(string family, string[] versions) =>
        new MemoryPackageRepository([
            .. question
                .Packages.Where(package => package.Family == family && versions.Contains(package.Version))
                .Select(package =>
                    (
                        package.Family,
                        package.Version,
                        new PackageDefinition { Timestamp = package.Definition.Timestamp }
                    )
                ),
        ]);

    private MemoryPackageRepository World(Func<string, string, PackageDefinition, PackageDefinition> change) =>
        new MemoryPackageRepository([
            .. question.Packages.Select(package =>
                (package.Family, package.Version, change(package.Family, package.Version, package.Definition))
            ),
        ]);

    private PackageDefinition Definition(string family, string version) =>
        question.Packages.Single(package => package.Family == family && package.Version == version).Definition;

    private HashSet<string> MadeBy(string family, string version)
    {
        PackageDefinition definition = Definition(family, version);
        return [.. definition.Requires, .. definition.Variants.SelectMany(variant => variant)];
    }

    private static bool IsPull(string requirement) => requirement[0] is not ('!' or '~');

    private static string FamilyOf(string requirement) => requirement.TrimStart('!', '~').Split('-', '<')[0];
}
