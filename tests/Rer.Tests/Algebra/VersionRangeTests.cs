using Rer.Versions;
using Version = Rer.Versions.Version;

namespace Rer.Tests.Algebra;

/// <summary>Cases that the vectors of <c>version.json</c> do not cover. The expected answers are rez's.</summary>
public class VersionRangeTests
{
    [Theory]
    [InlineData("<=2,<1", "1..2")] // the lower bound of a descending pair, whatever its operator
    [InlineData("2+,>1", ">1<=2")]
    [InlineData("2,>1", ">1<=2")]
    [InlineData("1,<2", "1+<2")]
    [InlineData("1<2", "1+<2")]
    [InlineData("<4,>3", ">3<4")]
    [InlineData("<=>=", "==")]
    [InlineData("+>=", "==")]
    [InlineData("<=", "==")]
    [InlineData("..", "==")]
    [InlineData("..1", "<=1")]
    [InlineData("1\n", "1")] // Python's `$` matches before a final newline
    [InlineData("1|\n", "1")] // nothing, but not the any range
    [InlineData("\n", "")]
    [InlineData("|3+<2", "")] // only its syntax is checked
    [InlineData("<=1|>1", "")]
    [InlineData("1-0+|1.0", "1.0+")] // sorted first; the text of the first one is kept
    public void Odd_ranges_are_read_as_rez_reads_them(string text, string range) =>
        VersionRange.Parse(text).ToString().ShouldBe(range);

    [Theory]
    [InlineData("<<2", "Invalid version range '<<2': Invalid upper bound: '<'")]
    [InlineData("+>2", "Invalid version range '+>2': Invalid bound")]
    [InlineData("1+<=", "Invalid version range '1+<=': Invalid bound")]
    [InlineData("a..", "Invalid version range 'a..': Invalid bound")]
    [InlineData("3+<2|", "Invalid version range '3+<2|': Invalid bound")]
    [InlineData("1,", "Syntax error in version range '1,': Syntax error in version range '1,'")]
    [InlineData("+,<2", "Syntax error in version range '+,<2': Syntax error in version range '+,<2'")]
    [InlineData(">1+<2", "Syntax error in version range '>1+<2': Syntax error in version range '>1+<2'")]
    [InlineData("<4>3", "Syntax error in version range '<4>3': Syntax error in version range '<4>3'")]
    [InlineData("1...2", "Syntax error in version range '1...2': Syntax error in version range '1...2'")]
    [InlineData("|1 ", "Syntax error in version range '|1 ': Syntax error in version range '1 '")]
    public void Errors_are_those_of_rez(string text, string message) =>
        Should.Throw<VersionSyntaxException>(() => VersionRange.Parse(text)).Message.ShouldBe(message);

    [Fact]
    public void Touching_bounds_are_compared_with_the_previous_one_and_not_the_farthest()
    {
        // rez checks `1+<3` and `1..3`, although it is `0..5` and `0+<5` that reach the meeting point.
        VersionRange.Parse("0..5|1+<3|>5").ToString().ShouldBe("0..5|>5");
        VersionRange.Parse("0+<5|1..3|>5").ToString().ShouldBe("0+");
    }

    [Fact]
    public void Touching_bounds_have_no_inverse_and_are_not_combined()
    {
        VersionRange touching = VersionRange.Parse("0..5|1+<3|>5");

        Should
            .Throw<VersionSyntaxException>(() => touching.Inverse())
            .Message.ShouldBe("the range '0..5|>5' cannot be inverted: Invalid bound");
        touching.IsSupersetOf(VersionRange.Parse("0+<7")).ShouldBeFalse();
    }

    [Fact]
    public void No_range_is_made_of_the_empty_version() =>
        Should
            .Throw<VersionSyntaxException>(() => VersionRange.FromVersion(Version.Empty))
            .Message.ShouldBe("Invalid upper bound: '<[INF]'");

    [Fact]
    public void A_range_of_versions_is_sorted_and_keeps_the_first_of_equals()
    {
        Version[] versions = [Version.Parse("2"), Version.Parse("1-0"), Version.Parse("1.0"), Version.Parse("2")];

        VersionRange.FromVersions(versions).ToString().ShouldBe("==1-0|==2");
        Should.Throw<ArgumentException>(() => VersionRange.FromVersions([]));
    }

    [Fact]
    public void The_laws_of_sets_hold_on_random_ranges()
    {
        Random random = new(7);
        VersionRange[] ranges = [.. Enumerable.Range(0, 60).Select(_ => RandomRange(random))];
        Version[] versions =
        [
            .. Enumerable.Range(0, 16).Select(i => Version.Parse(i % 2 == 0 ? $"{i / 2}" : $"{i / 2}.5")),
        ];
        foreach (VersionRange a in ranges)
        {
            VersionRange.Parse(a.ToString()).ShouldBe(a);
            foreach (VersionRange b in ranges)
            {
                (a.Intersection(b) is not null).ShouldBe(a.Intersects(b));
                foreach (Version version in versions)
                {
                    bool inA = a.Contains(version);
                    bool inB = b.Contains(version);
                    a.Union(b).Contains(version).ShouldBe(inA || inB);
                    (a.Intersection(b)?.Contains(version) ?? false).ShouldBe(inA && inB);
                    (a.Difference(b)?.Contains(version) ?? false).ShouldBe(inA && !inB);
                    (a.IsSupersetOf(b) && inB && !inA).ShouldBeFalse();
                }
            }
        }
    }

    private static VersionRange RandomRange(Random random) =>
        VersionRange.UnionOf([
            .. Enumerable
                .Range(0, random.Next(1, 7))
                .Select(_ =>
                {
                    int low = random.Next(8);
                    int high = random.Next(low, 9);
                    return VersionRange.AsSpan(
                        Version.Parse($"{low}"),
                        Version.Parse($"{high}"),
                        lowerInclusive: true, // otherwise the union would join too much, see above
                        upperInclusive: high == low || random.Next(2) == 0
                    );
                }),
        ]);
}
