using Rer.Policies;
using Version = Rer.Versions.Version;

namespace Rer.Tests.Algebra;

/// <summary>Filters. The expected answers are rez's.</summary>
public class PackageFilterTests
{
    [Theory]
    [InlineData("glob(*.beta)", "foo-1.beta", "foo-1.beta.2 foo")]
    [InlineData("foo-1*", "foo-1 foo-10.2", "foo-2 food-1")]
    [InlineData("foo*", "foo foo-1 food-2", "bar-1")]
    [InlineData("glob(foo-?.?)", "foo-1.2", "foo-1.20")]
    [InlineData("glob(*[!3-1])", "foo-3 foo-10", "")] // not in an empty range, so anything
    [InlineData("glob(*-[1-3])", "foo-2", "foo-4 foo-10")]
    [InlineData("glob(*-[!1-3])", "foo-4", "foo-2")]
    [InlineData("glob(*foo[]-]*)", "foo-1", "food")]
    [InlineData("glob(foo[*)", "", "foo-1")]
    [InlineData("regex(f|b)", "foo-1 bar-1", "qux")]
    [InlineData("regex(.*-[0-9]$)", "foo-1", "foo-12 foo")]
    [InlineData(@"regex(.*\.beta$)", "foo-1.beta", "foo-1.beta.1")]
    [InlineData(@"regex(.*\b10\b)", "foo-1.10", "foo-1.110")]
    [InlineData(@"regex(fo{1,2}o?\Z)", "foo fo fooo", "f")]
    [InlineData(@"regex(\w+\d?\D\d{,1}[^\s\dz]?a)", "foo-1.a foo-a", "foo-1.1a")]
    [InlineData("regex(.*+1)", "", "foo-1")] // possessive: nothing is given back
    [InlineData("regex(.{3}{)", "", "foo-1")]
    [InlineData("range(foo-1+<2)", "foo-1.5", "foo-2 bar-1.5")]
    [InlineData("foo-1+<2", "foo-1.5", "foo-2")]
    [InlineData("!foo-1", "foo-2", "foo-1 bar-2")]
    [InlineData("~foo", "foo-1 foo", "bar")]
    public void A_rule_matches_what_it_matches_in_rez(string rule, string matched, string unmatched)
    {
        PackageFilterList filters = new([new PackageFilter([rule], [])], 0);
        foreach (string package in matched.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            Excludes(filters, package, 0).ShouldBeTrue(package);
        }

        foreach (string package in unmatched.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            Excludes(filters, package, 0).ShouldBeFalse(package);
        }
    }

    [Theory]
    [InlineData("regex(foo-[0-9].*)")] // its family is `foo-[0`
    [InlineData("glob(foo-[1-3]*)")] // `foo-[1`
    [InlineData("regex((foo|bar)-.*)")] // nested parentheses: a glob of the whole text
    [InlineData("after(:1)")]
    public void Some_rules_match_nothing_in_rez(string rule)
    {
        PackageFilterList filters = new([new PackageFilter([rule], [])], 0);

        filters.IsEmpty.ShouldBeFalse();
        Excludes(filters, "foo-1", 5).ShouldBeFalse();
    }

    [Theory]
    [InlineData("before(100)", true, true, false)]
    [InlineData("after(100)", false, false, true)]
    [InlineData("after(foo:100)", false, false, true)]
    [InlineData("after(bar:100)", false, false, false)]
    [InlineData("after( 1_00\u00A0)", false, false, true)]
    [InlineData("before(-1)", false, false, false)]
    [InlineData("before(99999999999999999999)", true, true, true)]
    [InlineData("after(1\u0660\u0660)", false, false, true)] // digits of any script
    public void Times_are_compared_if_there_is_one(string rule, bool before, bool at, bool after)
    {
        PackageFilterList filters = new([new PackageFilter([rule], [])], 0);

        Excludes(filters, "foo-1", 99).ShouldBe(before);
        Excludes(filters, "foo-1", 100).ShouldBe(at);
        Excludes(filters, "foo-1", 101).ShouldBe(after);
        Excludes(filters, "foo-1", 0).ShouldBeFalse();
    }

    [Fact]
    public void The_time_is_read_only_when_no_cheaper_rule_decides()
    {
        PackageFilterList filters = new([new PackageFilter(["before(100)", "foo-1", "*-1"], [])], 0);

        Excludes(filters, "foo-1", null).ShouldBeTrue();
        Excludes(filters, "bar-1", null).ShouldBeTrue();
        Excludes(filters, "foo-2", 90).ShouldBeTrue();

        PackageFilterList included = new([new PackageFilter(["foo"], ["before(100)", "foo-1"])], 0);
        Excludes(included, "foo-1", null).ShouldBeFalse();
        Excludes(included, "bar-1", null).ShouldBeFalse();
        Excludes(included, "foo-2", 101).ShouldBeTrue();
    }

    [Fact]
    public void The_timestamp_is_added_to_the_most_expensive_filter_whose_inclusions_apply()
    {
        PackageFilterList filters = new([new PackageFilter(["foo-1"], ["bar"]), new PackageFilter([], ["foo"])], 100);

        Excludes(filters, "foo-1", null).ShouldBeTrue();
        Excludes(filters, "bar-1", 110).ShouldBeFalse();
        Excludes(filters, "foo-2", 110).ShouldBeTrue();
        Excludes(filters, "qux-2", 110).ShouldBeTrue();
    }

    [Fact]
    public void The_timestamp_replaces_filters_that_exclude_nothing()
    {
        PackageFilter nothing = new([], ["foo"]);

        new PackageFilterList([nothing], 0).IsEmpty.ShouldBeTrue();
        Excludes(new PackageFilterList([nothing], 100), "foo-2", 110).ShouldBeTrue();
    }

    [Theory]
    [InlineData("foo(bar)", "'foo' is not a valid package filter type")]
    [InlineData("before(1.5)", "ValueError: invalid literal for int() with base 10: '1.5'")]
    [InlineData("after(foo:)", "ValueError: invalid literal for int() with base 10: ''")]
    [InlineData("after(it's)", "ValueError: invalid literal for int() with base 10: \"it's\"")]
    [InlineData("range(foo-3+<2)", "VersionError: Invalid version range '3+<2': Invalid bound")]
    [InlineData("regex(a**)", "PatternError: multiple repeat at position 2")]
    [InlineData("regex(*a)", "PatternError: nothing to repeat at position 0")]
    [InlineData("regex(^*)", "PatternError: nothing to repeat at position 1")]
    [InlineData("regex(a[b)", "PatternError: unterminated character set at position 1")]
    [InlineData(@"regex(a\)", "PatternError: bad escape (end of pattern) at position 1")]
    [InlineData("regex([b-a])", "PatternError: bad character range b-a at position 1")]
    [InlineData(@"regex([\w-z])", @"PatternError: bad character range \w-z at position 1")]
    [InlineData(@"regex(\d{3,2})", "PatternError: min repeat greater than max repeat at position 3")]
    [InlineData("regex(a{9999999999})", "OverflowError: the repetition number is too large")]
    [InlineData(@"regex(\q)", @"PatternError: bad escape \q at position 0")]
    [InlineData(@"regex(\1)", "PatternError: invalid group reference 1 at position 1")]
    [InlineData(@"regex(\xg)", @"PatternError: incomplete escape \x at position 0")]
    [InlineData(@"regex([\400])", @"PatternError: octal escape value \400 outside of range 0-0o377 at position 1")]
    [InlineData("regex(a\nb[)", "PatternError: unterminated character set at position 3 (line 2, column 2)")]
    public void Errors_are_those_of_rez(string rule, string message)
    {
        string expected = message.StartsWith('\'') ? message : $"Error parsing package filter '{rule}': {message}";

        Should
            .Throw<PolicySyntaxException>(() => new PackageFilterList([new PackageFilter([], [rule])], 0))
            .Message.ShouldBe(expected);
    }

    [Fact]
    public void No_pattern_takes_long()
    {
        // In a matcher that backtracks, each star squares the work.
        string stars = string.Concat(Enumerable.Repeat("a*.*", 50));
        PackageFilterList filters = new([new PackageFilter([$"regex({stars}Z)", $"glob({stars}Z)"], [])], 0);

        Excludes(filters, new string('a', 500), 0).ShouldBeFalse();
    }

    /// <summary>Whether the filters hide <c>family-version</c>. If the time is null, it must not be read.</summary>
    private static bool Excludes(PackageFilterList filters, string package, long? timestamp)
    {
        int end = package.IndexOf('-', StringComparison.Ordinal);
        string family = end < 0 ? package : package[..end];
        string version = end < 0 ? "" : package[(end + 1)..];
        return filters.Excludes(
            family,
            Version.Parse(version),
            version,
            () => timestamp ?? throw new InvalidOperationException("The time was asked for.")
        );
    }
}
