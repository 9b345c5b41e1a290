using Rer.Insights;
using Rer.Reference;
using Rer.Repositories;
using Requirement = Rer.Versions.Requirement;
using Version = Rer.Versions.Version;

namespace Rer.Tests.Cli;

/// <summary>The release that broke a request, in histories made for it, compared with a scan of every release.</summary>
public sealed class BisectHistoryTests
{
    internal const string Base = "10 python-3.10; 10 maya-2024 python-3.10; 10 usd-1 | python-3.10 | python-3.11;";

    /// <summary>
    /// Test cases: the history; the request; the good and the bad time, and what it should resolve to; and the expected
    /// report, which says when it broke, by which releases and how often it changed, or why nothing was found.
    /// </summary>
    public static TheoryData<string, string, string, string> Histories =>
        new()
        {
            // A single release.
            { "12 ocio-1; 20 ocio-2", "maya ocio", "15", "20 ocio-2, 1" },
            { "20 python-3.11", "python usd", "15", "20 python-3.11, 1" },
            { "20 maya-2025 python-3.11; 30 python-3.11; 40 maya-2026 python-3.12", "maya", "15", "30 python-3.11, 1" },
            { "12 a-1; 20 a-2 !maya", "a-2+|1 maya", "15", "nothing broke" },
            { "- a-1; 20 b-2 !a; 12 b-1", "b a", "15", "nothing broke" },
            { "12 a-1 b; 20 a-2 b-9; 12 b-1; 30 b-9 c", "a", "15", "30 b-9, 1" },
            // Indirect causes.
            { "12 a-1 b; 12 b-1 c-1; 12 c-1; 20 b-2 c-2; 30 c-2; 40 d-1", "a", "15", "30 c-2, 1" },
            { "12 a-1 b; 12 b-1; 20 b-2 new; 20 new-1", "a", "15 25", "20 b-2, 1" },
            { "12 a-1 b; 12 b-1; 20 b-2 new; 30 new-1", "a", "15", "20 b-2, 1" },
            // Ties: one release is the cause, several are together, or each would have been enough.
            { "12 a-1; 20 a-2; 20 b-1; 20 usd-2; 20 maya-2025 python-3.10", "a", "15", "20 a-2, 1" },
            { "12 x-1; 12 x-2 ~a-2 ~b-2; 12 a-1; 12 b-1; 20 a-2; 20 b-2; 20 c-1", "x a b", "15 x-1", "20 a-2 b-2, 1" },
            { "12 a-1; 20 a-2; 20 a-3", "a", "15", "20 a-2 or others, 1" },
            { "12 a-1 b; 12 b-1; 20 a-2 b; 20 b-2", "a b", "15", "20 a-2 or others, 1" },
            { "12 a-1; 12 b-1 a; 20 a-2; 20 b-2; 20 c-1", "b", "15", "20 a-2 or others, 1" },
            // Packages without a time.
            { "12 a-1; - a-2 b-2; 20 b-2; 12 b-1", "a b", "15", "20 b-2, 1" },
            { "- a-1; - b-1; - b-2", "a b", "15", "nothing broke" },
            { "- a-1 b; - b-1; 20 b-2", "a", "15", "20 b-2, 1" },
            { "12 a-1; - a-2 gone", "a-2", "15", "does not resolve" },
            // Several paths: the earlier one decides, also about the time.
            { "12 a-1; 2:20 a-2", "a", "15", "20 a-2, 1" },
            { "2:12 a-1; 20 a-1 python; 2:12 a-0", "a", "15", "20 a-1, 1" },
            { "12 a-1; 20 a-2; 2:30 a-2 python", "a", "15", "20 a-2, 1" },
            { "12 a-1; - a-2; 2:30 a-2 python", "a", "15", "nothing broke" },
            // Broken and fixed several times.
            { "12 a-1 b-1; 12 b-1; 20 c-1 !b; 30 c-2; 40 c-3 !b", "a c-3|1|2", "25", "does not resolve" },
            { "12 a-1 b; 12 b-1; 20 b-2 c-1; 30 c-1; 40 a-2", "a", "15 35", "20 b-2, 1" },
            { "12 a-1 | b-1 | b-2; 12 b-1; 20 b-2; 30 b-3", "a b", "15", "20 b-2, 1" },
            { "12 a-1; 12 c-1; 20 c-2 !a; 30 c-3; 40 c-4 !a; 50 c-5; 60 c-6 !a", "c a", "15 c<3", "30 c-3, 1" },
            { "12 a-1; 20 b-1 a-1; 12 b-0; 30 a-2; 40 b-3", "a b", "25 a-1 b", "is not a package" },
            { "12 x-1; 20 x-2 y; 25 y-1; 30 x-3; 40 x-4 y; 50 x-5 z; 60 z-1 y", "x", "15 y", "without y" },
            { "12 x-1 y; 12 y-1; 20 x-2; 30 x-3 y; 40 x-4; 50 x-5 y; 60 x-6", "x", "15 y", "60 x-6, 5" },
            { "12 x-1; 20 x-2; 30 x-3 x; 40 y-1", "x", "15 x-1", "20 x-2, 1" },
            // What it should resolve to.
            { "12 a-1 | python-3.10 | usd; 20 a-2 | usd | python-3.10", "a", "15 a-1[0]", "20 a-2, 1" },
            { "12 a-1; 20 a-2; 30 a-3; 40 a-4", "a", "15 a<3", "30 a-3, 1" },
            { "12 a-1 b; 12 b-1; 20 a-2", "a", "15 b", "20 a-2, 1" },
            { "12 a-1; 20 a-2", "a", "15 a-2", "are the two swapped?" },
            { "12 a-1; 20 a-2; 12 b-1", "a b", "15 b-1", "nothing broke" },
            // The limits of the interval.
            { "15 a-1; 20 a-2; 25 a-3", "a<3", "15 25", "20 a-2, 1" },
            { "15 a-1; 20 a-2; 26 a-3", "a", "15 25", "20 a-2, 1" },
            { "15 a-1; 20 a-2; 25 a-3", "a", "20 25", "25 a-3, 1" },
            { "15 a-1; 20 a-2", "a", "20 15", "are the two swapped?" },
            { "15 a-1; 20 a-2", "a-2", "15 25", "are the two swapped?" },
            { "15 a-1; 20 a-2", "a", "0", "the good time 0 is not valid" },
            { "15 a-1; 20 a-2", "a<>2", "15", "" },
            // Conflicts, weak references, ephemerals.
            { "12 a-1; 12 b-1; 20 b-2 !a-1", "b a", "15", "nothing broke" },
            { "12 a-1; 12 b-1; 20 b-2 ~a-2; 30 a-2", "b a", "15", "30 a-2, 1" },
            { "12 a-1 .x-1; 12 b-1; 20 b-2 .x-2; 30 b-3 .x-1", "a b", "15", "30 b-3, 1" },
        };

    /// <summary>The histories in which a release is found.</summary>
    internal static IEnumerable<(string History, string Request, string Ends, string Expected)> Broken =>
        Histories
            .Select(row => ((ITheoryDataRow)row).GetData())
            .Select(data => ((string)data[0]!, (string)data[1]!, (string)data[2]!, (string)data[3]!))
            .Where(history => history.Item4 is [>= '0' and <= '9', ..]);

    [Theory]
    [MemberData(nameof(Histories))]
    public void A_history_is_reported_as_by_trying_every_release_in_the_reference(
        string history,
        string request,
        string ends,
        string expected
    )
    {
        using var tree = new ReleaseTree(Base + history);

        Tell(tree, request.Split(' '), OptionsOf(ends)).ShouldContain(expected);
    }

    /// <summary><c>RER_BISECT_HISTORIES</c> is the number of random histories.</summary>
    [Fact]
    public void Random_histories_are_reported_as_by_the_reference()
    {
        int count = int.TryParse(Environment.GetEnvironmentVariable("RER_BISECT_HISTORIES"), out int many) ? many : 100;
        var random = new Random(19);
        Dictionary<string, int> kinds = [];
        for (int i = 0; i < count; i++)
        {
            string history =
                "1 a-0;1 b-0;1 c-0;1 d-0;"
                + string.Join(';', Enumerable.Range(0, 30).Select(_ => RandomRelease(random)).Distinct());
            string[] request = [.. random.GetItems(s_families, 2).Distinct()];
            using var tree = new ReleaseTree(history);
            var options = new BisectOptions(random.Next(1, 6)) { Bad = random.Next(3) == 0 ? 0 : random.Next(7, 13) };
            var asGood = new ResolveOptions { Timestamp = options.Good };
            if (new FastResolver().Resolve(request, tree.Open(), asGood) is SolvedResult { Packages: [.., var last] })
            {
                options = options with { ResolvesTo = random.Next(2) == 0 ? last.ToString() : null };
            }

            string told = Tell(tree, request, options);

            string kind = char.IsAsciiDigit(told[0]) ? told[^1..] : "none";
            kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
        }
        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Join(", ", kinds.OrderBy(kind => kind.Key).Select(kind => $"{kind.Key} changes: {kind.Value}"))
        );
        kinds.Count.ShouldBeGreaterThan(1);
    }

    private static readonly string[] s_families = ["a", "b", "c", "d"];

    private static string RandomRelease(Random random)
    {
        string time = random.Next(20) == 0 ? "-" : $"{random.Next(2, 13)}";
        string[] marks = ["", "", "!", "~"];
        IEnumerable<string> Required() =>
            random
                .GetItems(s_families, random.Next(3))
                .Distinct()
                .Select(family =>
                    $"{random.GetItems(marks, 1)[0]}{family}{(random.Next(2) == 0 ? "" : $"-{random.Next(1, 5)}")}"
                );
        string variants =
            random.Next(4) == 0 ? $" | {string.Join(' ', Required())} | {string.Join(' ', Required())}" : "";
        return $"{(random.Next(5) == 0 ? "2:" : "")}{time} {random.GetItems(s_families, 1)[0]}-{random.Next(1, 5)} "
            + $"{string.Join(' ', Required())}{variants}";
    }

    /// <summary>Options from a text of the good time, the bad time and the package that it should resolve to.</summary>
    internal static BisectOptions OptionsOf(string ends)
    {
        string[] words = ends.Split(' ');
        bool hasBad = words.Length > 1 && char.IsAsciiDigit(words[1][0]);
        return new BisectOptions(long.Parse(words[0], null))
        {
            Bad = hasBad ? long.Parse(words[1], null) : 0,
            ResolvesTo = words.Length > (hasBad ? 2 : 1) ? string.Join(' ', words[(hasBad ? 2 : 1)..]) : null,
        };
    }

    /// <summary>What is found, after comparing it with a scan in the reference.</summary>
    private static string Tell(ReleaseTree tree, string[] request, BisectOptions options)
    {
        var scan = new NaiveScan(tree, request, options);
        BisectReport report;
        try
        {
            report = Bisector.Find(
                new FastResolver(),
                tree.Open(),
                request,
                options,
                cancellationToken: TestContext.Current.CancellationToken
            );
        }
        catch (BadInputException e)
        {
            scan.IsBroken.ShouldBeFalse(e.Message);
            return e.Message;
        }
        scan.IsBroken.ShouldBeTrue();
        report.Changes.Select(change => (change.After.Time, change.IsGood)).ShouldBe(scan.Changes);
        report.UndecidedCount.ShouldBe(0);
        BisectCulprit culprit = report.Culprit;
        culprit.IsMinimal.ShouldBeTrue();
        PackageRelease[] releases = [.. culprit.Releases];
        PackageRelease[] all = [.. culprit.Change.Releases];
        scan.IsGoodWithout(all.Except(releases), culprit.Change.After.Time).ShouldBeFalse();
        foreach (PackageRelease release in releases)
        {
            scan.IsGoodWithout([.. all.Except(releases), release], culprit.Change.After.Time).ShouldBeTrue();
        }
        culprit.AreOthersEnough.ShouldBe(!scan.IsGoodWithout(releases, culprit.Change.After.Time));
        return $"{culprit.Change.After.Time} {string.Join(' ', releases.Select(release => release.Package))}"
            + $"{(culprit.AreOthersEnough ? " or others" : "")}, {report.Changes.Count}";
    }

    /// <summary>
    /// Finds the same in the simplest way: with the reference, as of every time in the repository, one after another.
    /// </summary>
    internal sealed class NaiveScan
    {
        private readonly IResolver _reference = new ReferenceResolver();
        private readonly FilesystemRepository _packages;
        private readonly string[] _request;
        private readonly Func<ResolveResult, bool> _isGood;

        public NaiveScan(ReleaseTree tree, string[] request, BisectOptions options)
        {
            _packages = tree.Open();
            _request = request;
            ResolveResult good = At(options.Good, _packages);
            ResolveResult bad = At(options.Bad, _packages);
            _isGood =
                options.ResolvesTo is { } package
                    ? result => result is SolvedResult solved && solved.Packages.Any(one => IsMeant(one, package))
                : bad is SolvedResult ? result => Told(result) == Told(good)
                : result => result is SolvedResult;
            IsBroken =
                options.Good > 0
                && (options.Bad == 0 || options.Good < options.Bad)
                && good is SolvedResult
                && _isGood(good)
                && !_isGood(bad);
            bool wasGood = true;
            foreach (long time in tree.Times.Where(t => t > options.Good && (options.Bad == 0 || t <= options.Bad)))
            {
                bool isGood = _isGood(At(time, _packages));
                if (isGood != wasGood)
                {
                    Changes.Add((time, isGood));
                }
                wasGood = isGood;
            }
        }

        public bool IsBroken { get; }

        public List<(long Time, bool IsGood)> Changes { get; } = [];

        public bool IsGoodWithout(IEnumerable<PackageRelease> hidden, long time)
        {
            HashSet<(string, string)> names = [.. hidden.Select(release => (release.Family, release.Version))];
            return _isGood(
                At(
                    time,
                    new MemoryPackageRepository(
                        _packages
                            .GetFamilies()
                            .SelectMany(family => _packages.GetVersions(family).Select(version => (family, version)))
                            .Where(package => !names.Contains(package))
                            .Select(package =>
                                (
                                    package.family,
                                    package.version,
                                    _packages.GetDefinition(package.family, package.version)
                                )
                            )
                    )
                )
            );
        }

        private ResolveResult At(long time, IPackageRepository packages) =>
            _reference.Resolve(_request, packages, new ResolveOptions { Timestamp = Math.Max(0, time) });

        internal static bool IsMeant(ResolvedPackage package, string text)
        {
            if (text is [.., ']'])
            {
                return package.ToString() == text;
            }
            return text.Split('-', 2) is [var name, var version] && Version.TryParse(version, out Version? exact)
                ? package.Name == name && Version.Parse(package.Version) == exact
                : Requirement.TryParse(text, out Requirement? range)
                    && package.Name == range.Name
                    && range.Range!.Contains(Version.Parse(package.Version));
        }

        private static string Told(ResolveResult result) =>
            result is SolvedResult solved
                ? string.Join(' ', [.. solved.Packages.Select(p => p.ToString()), .. solved.Ephemerals])
                : "";
    }
}
