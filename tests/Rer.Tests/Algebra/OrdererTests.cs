using Rer.Policies;
using Rer.Versions;
using Version = Rer.Versions.Version;

namespace Rer.Tests.Algebra;

/// <summary>Orderers. The expected answers are rez's.</summary>
public class OrdererTests
{
    // The example of rez's documentation, latest version first. The last two were released before time 10.
    private static readonly (string Version, long Timestamp)[] s_documented =
    [
        ("2.2.1", 22),
        ("2.2.0", 21),
        ("2.1.1", 20),
        ("2.1.0", 19),
        ("2.0.6", 18),
        ("2.0.5", 17),
        ("2.0.0", 5),
        ("1.9.0", 4),
    ];

    private static readonly SortedOrderer s_ascending = new(Descending: false);
    private static readonly SortedOrderer s_descending = new(Descending: true);

    [Theory]
    [InlineData(0, "2.0.0 1.9.0 2.0.5 2.0.6 2.1.0 2.1.1 2.2.0 2.2.1")]
    [InlineData(3, "2.0.6 2.0.5 2.0.0 1.9.0 2.1.1 2.1.0 2.2.1 2.2.0")]
    [InlineData(2, "2.2.1 2.2.0 2.1.1 2.1.0 2.0.6 2.0.5 2.0.0 1.9.0")]
    [InlineData(1, "2.2.1 2.2.0 2.1.1 2.1.0 2.0.6 2.0.5 2.0.0 1.9.0")]
    [InlineData(-1, "2.2.1 2.2.0 2.1.1 2.1.0 2.0.6 2.0.5 2.0.0 1.9.0")]
    public void Soft_timestamp_prefers_what_was_released_before_it(int rank, string order) =>
        Order(new SoftTimestampOrderer(10, rank), s_documented).ShouldBe(order);

    [Theory]
    [InlineData(0, "4 3 2 1 0.5", "4:8 3:0 2:12 1:11 0.5:20")] // the latest one is before, so all are
    [InlineData(0, "1 0.5 2 3", "3:0 2:12 1:0 0.5:8")] // those without a time are skipped
    [InlineData(2, "0.5 1 2 3", "3:0 2:0 1:0 0.5:0")] // without any times, the walk ends at the earliest
    [InlineData(2, "", "")]
    public void Soft_timestamp_walks_down_to_the_first_release_before_it(int rank, string order, string releases)
    {
        (string, long)[] versions =
        [
            .. releases
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(x => (x[..x.IndexOf(':')], long.Parse(x[(x.IndexOf(':') + 1)..]))),
        ];

        Order(new SoftTimestampOrderer(10, rank), versions).ShouldBe(order);
    }

    [Fact]
    public void Soft_timestamp_lists_a_family_once_and_only_when_it_ranks_it()
    {
        List<string> asked = [];
        OrdererList orderers = new(
            [new SoftTimestampOrderer(10, 0)],
            [],
            family =>
            {
                asked.Add(family);
                return [(Version.Parse("1"), 11)];
            }
        );
        Orderer foo = orderers.For("foo");
        asked.ShouldBeEmpty();

        foo.Compare("foo", Version.Parse("1"), Version.Parse("2")).ShouldBeGreaterThan(0);
        orderers.For("bar").Compare("bar", Version.Parse("0"), Version.Parse("1")).ShouldBeGreaterThan(0);
        foo.Compare("foo", Version.Parse("2"), Version.Parse("3")).ShouldBeGreaterThan(0);

        asked.ShouldBe(["foo", "bar"]);
    }

    [Fact]
    public void Soft_timestamp_reads_no_further_than_the_first_release_before_it()
    {
        static IEnumerable<(Version Version, long Timestamp)> Releases()
        {
            yield return (Version.Parse("3"), 11);
            yield return (Version.Parse("2"), 9);
            throw new InvalidOperationException("The version before was asked for.");
        }

        foreach (int rank in (int[])[0, 2])
        {
            Orderer orderer = new OrdererList([new SoftTimestampOrderer(10, rank)], [], _ => Releases()).For("foo");
            orderer.Compare("foo", Version.Parse("2"), Version.Parse("3")).ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public void The_other_kinds_order_by_version()
    {
        Order(new VersionSplitOrderer("2.1"), s_documented).ShouldBe("2.0.6 2.0.5 2.0.0 1.9.0 2.2.1 2.2.0 2.1.1 2.1.0");
        Order(s_ascending, s_documented).ShouldBe("1.9.0 2.0.0 2.0.5 2.0.6 2.1.0 2.1.1 2.2.0 2.2.1");
        Order(s_descending, s_documented).ShouldBe("2.2.1 2.2.0 2.1.1 2.1.0 2.0.6 2.0.5 2.0.0 1.9.0");
        Order(new NoOrderer(), s_documented).ShouldBe("2.2.1 2.2.0 2.1.1 2.1.0 2.0.6 2.0.5 2.0.0 1.9.0");
    }

    [Fact]
    public void The_first_orderer_that_names_the_family_wins_then_the_one_for_all()
    {
        Chosen("foo", For("foo", s_descending), For("foo", s_ascending)).IsDefault.ShouldBeTrue();
        Chosen("foo", s_ascending, For("foo", s_descending)).IsDefault.ShouldBeTrue();
        Chosen("bar", s_ascending, For("foo", s_descending)).ShouldBeOfType<SortedOrder>().IsDefault.ShouldBeFalse();
        Chosen("bar", For("foo", s_ascending)).IsDefault.ShouldBeTrue();
    }

    [Fact]
    public void Per_family_uses_the_last_orderer_for_a_family_and_its_default_only_through_the_star()
    {
        PerFamilyOrderer twice = new([For("foo", new NoOrderer()), For("foo", s_ascending)], new NoOrderer());
        PerFamilyOrderer star = new([For("*", s_descending)], new NoOrderer());
        PerFamilyOrderer nested = new([new PerFamilyOrderer([], new NoOrderer()) { Packages = ["bar"] }], null);

        Chosen("foo", twice).ShouldBeOfType<SortedOrder>().IsDefault.ShouldBeFalse();
        Chosen("bar", twice).IsDefault.ShouldBeTrue();
        Chosen("bar", star).ShouldBeOfType<NoOrder>();
        Chosen("bar", nested).ShouldBeOfType<NoOrder>();
    }

    [Fact]
    public void Configured_orderers_count_only_if_none_are_given_and_only_for_additional_families()
    {
        OrdererList none = new(null, [s_ascending], _ => []);
        OrdererList empty = new([], [s_ascending], _ => []);

        none.For("foo").IsDefault.ShouldBeTrue();
        none.ForAdditional("foo").IsDefault.ShouldBeFalse();
        empty.ForAdditional("foo").IsDefault.ShouldBeTrue();
    }

    [Theory]
    // descending and ascending: the versions decide, and nothing does if they are equal
    [InlineData("a-1", "ascending-2", -1, false)]
    [InlineData("a==1", "ascending==1", 0, true)]
    [InlineData("a-1+", "ascending-1+", 0, true)]
    [InlineData("ascending-1", "ascending-2", 1, false)]
    [InlineData("ascending-1|3", "ascending-1", 1, false)]
    // no_order: only the bounds and their number are left
    [InlineData("none-1", "none-2", 0, false)]
    [InlineData("none-1|3", "none-2", 1, false)]
    [InlineData("none<=1", "none<2", 1, false)]
    [InlineData("a-2", "none-1", 1, false)]
    [InlineData("ascending-2", "none-1", 1, false)]
    // version_split and soft_timestamp are both tuples, equal up to where one ascends and the other descends
    [InlineData("split-1", "soft-1", 0, false)]
    [InlineData("split==3", "soft==3", 0, true)]
    [InlineData("split-1+", "soft-1+", 1, false)] // infinity is greater than keys of another kind
    [InlineData("soft-1+", "split-1+", -1, false)]
    [InlineData("soft-1", "soft-3", 1, false)]
    [InlineData("soft-1|2.0", "soft-1|2.0.6", 1, false)]
    [InlineData("a-1", "split-1", 0, true)]
    public void Ranges_are_compared_by_the_keys_of_their_bounds(string a, string b, int order, bool isTied)
    {
        OrdererList orderers = new(
            [
                For("ascending", s_ascending),
                For("split", new VersionSplitOrderer("2")),
                For("none", new NoOrderer()),
                For("soft", new SoftTimestampOrderer(10, 0)),
            ],
            [],
            _ => [.. s_documented.Select(x => (Version.Parse(x.Version), x.Timestamp))]
        );

        CompareRanges(orderers, a, b, out bool tied).ShouldBe(order);
        tied.ShouldBe(isTied);
        CompareRanges(orderers, b, a, out tied).ShouldBe(-order);
        tied.ShouldBe(isTied);
    }

    [Fact]
    public void No_range_ranks_first_and_an_open_end_last()
    {
        OrdererList orderers = new(
            [For("foo", new SoftTimestampOrderer(10, 3))],
            [],
            _ => [(Version.Parse("1.1.1"), 11), (Version.Parse("1.0.0"), 9)]
        );

        CompareRanges(orderers, "~foo", "foo-1", out bool tied).ShouldBe(-1);
        tied.ShouldBeFalse();
        CompareRanges(orderers, "~foo", "~foo", out tied).ShouldBe(0);
        tied.ShouldBeFalse();
        CompareRanges(orderers, "foo-2+", "foo-2+<3", out _).ShouldBe(-1);
    }

    [Fact]
    public void Invalid_orderers_are_rejected_by_name()
    {
        Should
            .Throw<PolicySyntaxException>(() => Chosen("foo", new PerFamilyOrderer([s_ascending], null)))
            .Message.ShouldContain("orderer per_family:");
        Should
            .Throw<PolicySyntaxException>(() => Chosen("foo", new VersionSplitOrderer("1..2")))
            .Message.ShouldBe("orderer version_split: first version '1..2': Invalid version syntax: '1..2'");
    }

    private static PackageOrderer For(string family, PackageOrderer orderer) => orderer with { Packages = [family] };

    private static Orderer Chosen(string family, params PackageOrderer[] orderers) =>
        new OrdererList(orderers, [], _ => []).For(family);

    private static int CompareRanges(OrdererList orderers, string a, string b, out bool tied)
    {
        Requirement left = Requirement.Parse(a);
        Requirement right = Requirement.Parse(b);
        int order = orderers
            .For(left.Name)
            .CompareRanges(left.Name, left.Range, orderers.For(right.Name), right.Name, right.Range, out tied);
        return Math.Sign(order);
    }

    private static string Order(PackageOrderer orderer, (string Version, long Timestamp)[] releases)
    {
        (Version Version, long Timestamp)[] versions =
        [
            .. releases.Select(x => (Version.Parse(x.Version), x.Timestamp)),
        ];
        Orderer made = new OrdererList([orderer], [], _ => versions).For("foo");
        Comparer<Version> greaterFirst = Comparer<Version>.Create((a, b) => made.Compare("foo", b, a));
        return string.Join(' ', versions.Select(x => x.Version).Order(greaterFirst));
    }
}
