using System.Text.RegularExpressions;
using Rer.Books;
using Rer.Insights;
using Rer.Reference;
using Rer.Repositories;

namespace Rer.Tests.Cli;

/// <summary>
/// Checks an audit with the reference, and with a real rez: a sample of the findings, and of packages without findings.
/// <c>RER_AUDIT_PACKAGES</c> names a package path to audit instead of the studio. <c>RER_AUDIT_SAMPLE</c> is the number
/// of findings to confirm. <c>REZ_SRC</c> and <c>REZ_PYTHON</c> name a rez, which checks a tenth of them.
/// </summary>
public sealed class AuditTruthTests
{
    private static readonly string? s_path = Environment.GetEnvironmentVariable("RER_AUDIT_PACKAGES");

    private static readonly int s_sample = int.Parse(
        Environment.GetEnvironmentVariable("RER_AUDIT_SAMPLE") ?? "6",
        System.Globalization.CultureInfo.InvariantCulture
    );

    private readonly IResolver _reference = new ReferenceResolver();

    private static readonly Lazy<(IPackageRepository Packages, AuditReport Report)> s_audited = new(() =>
    {
        IPackageRepository packages = s_path is null
            ? BookFile.Read(DataSet.Studio)[0].Repository
            : new FilesystemRepository([s_path]);
        return (
            packages,
            Auditor.Audit(
                new FastResolver(),
                packages,
                s_path is null
                    ? new AuditOptions
                    {
                        Variants = true,
                        Resolve = new ResolveOptions { MaxFails = 100 },
                        TimeForCores = TimeSpan.FromSeconds(1),
                    }
                    : new AuditOptions()
            )
        );
    });

    [Fact]
    public void The_reference_confirms_a_sample()
    {
        (IPackageRepository packages, AuditReport report) = s_audited.Value;
        AuditFinding[] findings = [.. report.Findings.Where(finding => finding.Rule != AuditRule.Undecided)];

        AuditFinding[] sample = Sample(findings);
        sample.ShouldNotBeEmpty();
        foreach (AuditFinding finding in sample)
        {
            Confirm(finding, packages);
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{sample.Length} of {findings.Length} findings confirmed");
    }

    [Fact]
    public void Packages_without_findings_resolve()
    {
        (IPackageRepository packages, AuditReport report) = s_audited.Value;
        HashSet<string> wrong = [.. report.Findings.Select(finding => finding.Package)];
        (string Family, string Version)[] right =
        [
            .. packages
                .GetFamilies()
                .Order(StringComparer.Ordinal)
                .SelectMany(family => packages.GetVersions(family).Select(version => (family, version)))
                .Where(package => !wrong.Contains($"{package.family}-{package.version}")),
        ];

        foreach ((string family, string version) in Sample(right))
        {
            _reference.Resolve([$"{family}=={version}"], packages).ShouldBeOfType<SolvedResult>($"{family}-{version}");
        }
    }

    [FactNeeding(Need.Rez)]
    public void A_real_rez_confirms_a_sample()
    {
        Assert.SkipWhen(s_path is null, "RER_AUDIT_PACKAGES names no package path, and rez reads no studio.");
        AuditFinding[] sample =
        [
            .. Sample([.. s_audited.Value.Report.Findings.Where(finding => finding.Rule == AuditRule.DoesNotResolve)])
                .Take(Math.Max(1, s_sample / 10)),
        ];

        IReadOnlyList<RezAnswer> answers = RezQuestion.Ask([
            .. sample.Select(finding => new RezQuestion([$"{finding.Family}=={finding.Version}"], [s_path!])),
        ]);
        foreach ((AuditFinding finding, RezAnswer answer) in sample.Zip(answers))
        {
            answer.IsSolved.ShouldBeFalse(finding.Package);
            FromTheFirstName(answer.Failure)
                .ShouldContain(FromTheFirstName(finding.Message), customMessage: finding.Package);
        }
    }

    private void Confirm(AuditFinding finding, IPackageRepository packages)
    {
        string pin = $"{finding.Family}=={finding.Version}";
        switch (finding.Rule.Id)
        {
            case "does-not-resolve":
                ResolveResult result = _reference.Resolve([pin], packages);
                result.ShouldNotBeOfType<SolvedResult>(finding.Package);
                TextOf(result).ShouldStartWith(finding.Message, customMessage: finding.Package);
                break;
            case "missing-family" or "empty-range":
                _reference.Resolve([finding.Detail], packages).ShouldBeOfType<ErrorResult>(finding.Detail);
                break;
            case "never-chosen":
                IReadOnlyList<string> its = packages.GetDefinition(finding.Family, finding.Version!).Variants[
                    finding.Variant!.Value
                ];
                if (_reference.Resolve([pin, .. its], packages) is SolvedResult solved)
                {
                    solved
                        .Packages.First(item => item.Name == finding.Family)
                        .VariantIndex.ShouldNotBe(finding.Variant);
                }
                break;
            case "variant-does-not-resolve":
                _reference.Resolve([pin], Alone(packages, finding)).ShouldNotBeOfType<SolvedResult>(finding.Package);
                break;
            default:
                Assert.Fail($"nothing confirms {finding.Rule.Id}");
                break;
        }
    }

    /// <summary>The packages, in which one of them has a single variant.</summary>
    private static MemoryPackageRepository Alone(IPackageRepository packages, AuditFinding finding) =>
        new(
            packages
                .GetFamilies()
                .SelectMany(family => packages.GetVersions(family).Select(version => (family, version)))
                .Select(package =>
                {
                    PackageDefinition definition = packages.GetDefinition(package.family, package.version);
                    bool isIt = package.family == finding.Family && package.version == finding.Version;
                    return (
                        package.family,
                        package.version,
                        isIt
                            ? new PackageDefinition
                            {
                                Requires = definition.Requires,
                                Variants = [definition.Variants[finding.Variant!.Value]],
                            }
                            : definition
                    );
                })
        );

    private static string TextOf(ResolveResult result) =>
        result switch
        {
            FailedResult failed => failed.Failure.Description,
            ErrorResult error => error.Message,
            _ => "",
        };

    private static T[] Sample<T>(T[] all)
    {
        T[] mixed = [.. all];
        new Random(19).Shuffle(mixed);
        return mixed[..Math.Min(s_sample, mixed.Length)];
    }

    /// <summary>
    /// A text whose cycle begins with the package that sorts first. In rez, it may begin with any of its packages.
    /// </summary>
    private static string FromTheFirstName(string text) =>
        Regex.Replace(
            text,
            @"(?<=detected: )\S+(?: --> \S+)+",
            cycle =>
            {
                string[] names = cycle.Value.Split(" --> ")[..^1];
                int first = Array.IndexOf(names, names.Min(StringComparer.Ordinal));
                return string.Join(" --> ", [.. names[first..], .. names[..first], names[first]]);
            }
        );
}
