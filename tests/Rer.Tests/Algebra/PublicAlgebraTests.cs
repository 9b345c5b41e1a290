using Rer.Versions;
using Version = Rer.Versions.Version;

namespace Rer.Tests.Algebra;

/// <summary>The parts of the public algebra that the engine does not use. The expected answers are rez's.</summary>
public class PublicAlgebraTests
{
    [Fact]
    public void A_version_has_tokens()
    {
        Version version = Version.Parse("2.3-07b.1");

        version.AsTuple().ShouldBe(["2", "3", "07b", "1"]);
        (version.Major, version.Minor, version.Patch).ShouldBe(
            (VersionToken.Parse("2"), VersionToken.Parse("3"), VersionToken.Parse("07b"))
        );
        version[^1].Next().ToString().ShouldBe("1_");
        Should
            .Throw<ArgumentOutOfRangeException>(() => version[4])
            .Message.ShouldStartWith("version token index out of range");
        Should.Throw<ArgumentOutOfRangeException>(() => Version.Infinity.Major);
    }

    [Fact]
    public void Tokens_are_ordered_as_rez_documents()
    {
        string[] ordered =
        [
            "_",
            "A",
            "a",
            "alpha",
            "alpha3",
            "alpha4",
            "beta",
            "gamma33",
            "01",
            "1",
            "3",
            "4",
            "33gamma",
        ];
        VersionToken[] tokens = [.. ordered.Select(VersionToken.Parse)];

        // An underscore has a greater code than upper-case letters.
        tokens.Order().Select(token => token.ToString()).ShouldBe(["A", "_", .. ordered[2..]]);
        (
            tokens[8] < tokens[9] && tokens[9] <= tokens[9] && tokens[9] > tokens[8] && tokens[9] >= tokens[8]
        ).ShouldBeTrue();
        (tokens[8] != tokens[9] && tokens[9] == VersionToken.Parse("1")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.2")]
    [InlineData("1\n")]
    [InlineData("é")]
    public void Invalid_tokens_are_rejected(string text) =>
        Should
            .Throw<VersionSyntaxException>(() => VersionToken.Parse(text))
            .Message.ShouldBe($"Invalid version token: '{text}'");

    [Theory]
    [InlineData("foo-1.2", "foo", "1.2", "foo==1.2")]
    [InlineData("foo@1-2", "foo", "1-2", "foo==1-2")]
    [InlineData("foo", "foo", "", "foo")]
    [InlineData("#1", "", "1", "==1")]
    public void A_versioned_object_is_a_name_and_a_version(string text, string name, string version, string exact)
    {
        VersionedObject.TryParse(text, out VersionedObject? read).ShouldBeTrue();

        (read.Name, read.Version, read.AsExactRequirement()).ShouldBe((name, Version.Parse(version), exact));
        read.ToString().ShouldBe(text);
        read.ShouldBe(VersionedObject.Construct(name, Version.Parse(version)));
        VersionedObject.TryParse("foo-1..2", out _).ShouldBeFalse();
    }

    [Fact]
    public void A_list_of_requirements_has_one_for_each_family()
    {
        RequirementList list = ListOf("foo-1+", "!bar-2", "foo<3", "~baz");

        list.ToString().ShouldBe("foo-1+<3 !bar-2 ~baz");
        list.Conflict.ShouldBeNull();
        list.Names.ShouldBe(["foo"]);
        list.ConflictNames.ShouldBe(["bar", "baz"]);
        list.Get("foo").ShouldBe(Requirement.Parse("foo-1+<3"));
        list.Get("nothing").ShouldBeNull();
    }

    [Fact]
    public void A_list_that_contradicts_itself_keeps_what_came_before()
    {
        RequirementList list = ListOf("foo-1", "bar", "foo-2", "bar-3");

        list.ToString().ShouldBe("foo-1 <--!--> foo-2");
        list.Conflict.ShouldBe((Requirement.Parse("foo-1"), Requirement.Parse("foo-2")));
        list.Requirements.ShouldBeEmpty();
        list.Get("bar").ShouldBe(Requirement.Parse("bar"));
    }

    [Fact]
    public void Null_equals_only_null()
    {
        Version? none = null;
        VersionRange? noRange = null;
        Requirement? noRequirement = null;

        (none == null && noRange == null && noRequirement == null).ShouldBeTrue();
        (none != Version.Empty && VersionRange.Any != noRange).ShouldBeTrue();
        Should.Throw<ArgumentNullException>(() => none! < Version.Empty);
        Version.TryParse("1..2", out _).ShouldBeFalse();
        VersionRange.TryParse("3+<2", out _).ShouldBeFalse();
        Requirement.TryParse("foo-3+<2", out _).ShouldBeFalse();
        Should.Throw<ArgumentNullException>(() => Requirement.Parse(null!));
    }

    [Fact]
    public void Ranges_are_split_and_united_and_ordered()
    {
        VersionRange range = VersionRange.Parse("3|5+");

        range.Split().ShouldBe([VersionRange.Parse("3"), VersionRange.Parse("5+")]);
        range.Union([VersionRange.Parse("4"), VersionRange.Parse("1")]).ToString().ShouldBe("1|3|4|5+");
        range.Intersection([VersionRange.Parse("3+<6"), VersionRange.Parse("<5.5")])!.ToString().ShouldBe("3|5+<5.5");
        range.Intersection([VersionRange.Parse("4"), VersionRange.Any]).ShouldBeNull();
        VersionRange.Parse("5.1").IsSubsetOf(range).ShouldBeTrue();
        (VersionRange.Parse("3") < range && range > VersionRange.Parse("3")).ShouldBeTrue();
        (range.Bounded, VersionRange.Parse("1..2").Bounded).ShouldBe((false, true));
    }

    private static RequirementList ListOf(params string[] requirements) => new(requirements.Select(Requirement.Parse));
}
