using Rer.Versions;

namespace Rer.Benchmarks;

/// <summary>Versions, ranges and requirements: one operation on each of several typical texts.</summary>
[MemoryDiagnoser]
public class AlgebraBenchmarks
{
    private const int Count = 6;

    private readonly string[] _versionTexts = ["1", "2.7", "3.10.4", "2024.1.0", "1.2.3-beta.4", "20240101"];
    private readonly string[] _rangeTexts = ["2.7", "2+", "2+<4", "<2024", "1|2.7|3.10", "==2.7|==3.10.4"];
    private readonly string[] _requirements = ["a-2+<4", "b-2.7", "!a-2.1", "a", "~c-3", "b-2.7.1"];

    private Version[] _versions = [];
    private VersionRange[] _ranges = [];
    private Requirement[] _parsed = [];

    [GlobalSetup]
    public void Setup()
    {
        _versions = Array.ConvertAll(_versionTexts, Version.Parse);
        _ranges = Array.ConvertAll(_rangeTexts, VersionRange.Parse);
        _parsed = Array.ConvertAll(_requirements, Requirement.Parse);
        Expect("texts of versions", _versionTexts, _versions.Select(version => version.ToString()));
        Expect("texts of ranges", _rangeTexts, _ranges.Select(range => range.ToString()));
        Expect(
            "order of versions",
            ["1", "1.2.3-beta.4", "2.7", "3.10.4", "2024.1.0", "20240101"],
            _versions.Order().Select(version => version.ToString())
        );
        Expect(
            "intersections with 2+<4",
            ["2.7", "2+<4", "2+<4", "2+<4", "2.7|3.10", "==2.7|==3.10.4"],
            _ranges.Select(range => $"{range.Intersection(_ranges[2])}")
        );
        Expect("union", ["any version"], [_ranges[1].Union(_ranges[3]).IsAny ? "any version" : "less"]);
        Expect(
            "versions in 2+<4",
            ["2.7", "3.10.4"],
            _versions.Where(_ranges[2].Contains).Select(version => version.ToString())
        );
        Expect("merged", ["a-2+<2.1|2.1_+<4", "b-2.7.1", "~c-3"], Merged().Select(merged => merged.ToString()));
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public int ParseVersion()
    {
        int tokens = 0;
        foreach (string text in _versionTexts)
        {
            tokens += Version.Parse(text).Length;
        }

        return tokens;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public int CompareVersions()
    {
        int sum = 0;
        foreach (Version version in _versions)
        {
            sum += version.CompareTo(_versions[2]);
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public int ParseRange()
    {
        int bounds = 0;
        foreach (string text in _rangeTexts)
        {
            bounds += VersionRange.Parse(text).Bounds.Length;
        }

        return bounds;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public int IntersectRanges()
    {
        int bounds = 0;
        foreach (VersionRange range in _ranges)
        {
            bounds += range.Intersection(_ranges[2])!.Bounds.Length;
        }

        return bounds;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public int UniteRanges()
    {
        int bounds = 0;
        foreach (VersionRange range in _ranges)
        {
            bounds += range.Union(_ranges[2]).Bounds.Length;
        }

        return bounds;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public int RangeContains()
    {
        int count = 0;
        foreach (Version version in _versions)
        {
            count += _ranges[4].Contains(version) ? 1 : 0;
        }

        return count;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public int ParseRequirement()
    {
        int length = 0;
        foreach (string text in _requirements)
        {
            length += Requirement.Parse(text).Name.Length;
        }

        return length;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public int MergeRequirements() => Merged().Length;

    private Requirement[] Merged() =>
        RequirementMerge.TryMerge(_parsed, out Requirement[] merged, out RequirementConflict? conflict)
            ? merged
            : throw new InvalidOperationException(conflict.ToString());

    private static void Expect(string what, IEnumerable<string> expected, IEnumerable<string> got)
    {
        if (!expected.SequenceEqual(got))
        {
            throw new InvalidOperationException($"{what}: {string.Join(", ", got)}");
        }
    }
}
