using Rer.Versions;

namespace Rer.Tests.Algebra;

/// <summary>Cases that the vectors of <c>version.json</c> do not cover. The expected answers are rez's.</summary>
public class RequirementTests
{
    [Theory]
    [InlineData("~foo-1", "foo@1.2", "foo@1.2")]
    [InlineData("foo@1", "foo-1.2", "foo@1.2")]
    [InlineData("~foo-1", "!foo-1.2", "!foo<1|1.2|1_+")]
    [InlineData("~foo-1", "~foo#2", "!foo")] // it is no longer weak once the last version is excluded
    [InlineData("~foo", "foo-1", "foo-1")]
    [InlineData("foo-1", "~foo", "foo-1")]
    [InlineData("!foo-1", "foo-1.2", null)]
    [InlineData("foo-1+", "!foo-2", "foo-1+<2|2_+")]
    [InlineData("foo", "bar", null)]
    public void Merging_keeps_prefix_and_separator_as_rez_does(string a, string b, string? merged)
    {
        string? text = Requirement.Parse(a).Merged(Requirement.Parse(b))?.ToString();

        text.ShouldBe(merged);
    }

    [Theory]
    [InlineData("", "", "", "")]
    [InlineData("~", "~", "", null)]
    [InlineData("!!foo", "!!foo", "!foo", "")]
    [InlineData("foo-", "foo", "foo", "")]
    [InlineData("~foo-", "~foo", "foo", null)]
    [InlineData("foo@>1", "foo>1", "foo", ">1")]
    [InlineData("foo-==1", "foo==1", "foo", "==1")]
    [InlineData("-1", "-1", "", "1")]
    [InlineData("foo-1-2", "foo-1-2", "foo", "1-2")]
    [InlineData("~foo<1", "~foo<1", "foo", "1+")]
    public void Odd_requirements_are_read_as_rez_reads_them(string text, string printed, string name, string? range)
    {
        Requirement requirement = Requirement.Parse(text);

        requirement.ToString().ShouldBe(printed);
        requirement.Name.ShouldBe(name);
        string? rangeText = requirement.Range?.ToString();
        rangeText.ShouldBe(range);
    }

    [Fact]
    public void Prefix_and_separator_do_not_count_for_equality()
    {
        Requirement weak = Requirement.Parse("~foo-1");
        Requirement conflict = Requirement.Parse("!foo@<1|1_+");

        weak.ShouldBe(conflict);
        weak.GetHashCode().ShouldBe(conflict.GetHashCode());
        weak.ShouldNotBe(Requirement.Construct("foo", conflict.Range));
    }

    [Fact]
    public void A_list_is_merged_in_the_order_of_first_mention()
    {
        Merge("b-1+", "a", "b<2", "!c-1", "a-3").ShouldBe("b-1+<2 a-3 !c-1");
        Merge("b-1+", "a-1", "b<1", "a-2").ShouldBe("b-1+ <--!--> b<1");
    }

    [Fact]
    public void A_long_list_is_merged_as_a_short_one_is()
    {
        string[] names = [.. Enumerable.Range(0, 100).Select(i => $"f{i}")];

        Merge([.. names, .. names.Select(x => x + "-1")]).ShouldBe(string.Join(' ', names.Select(x => x + "-1")));
        Merge([.. names, "f50-1", "f50-2"]).ShouldBe("f50-1 <--!--> f50-2");
    }

    private static string Merge(params string[] requirements) =>
        RequirementMerge.TryMerge(
            [.. requirements.Select(Requirement.Parse)],
            out Requirement[] merged,
            out RequirementConflict? conflict
        )
            ? string.Join(' ', merged.Select(x => x.ToString()))
            : conflict.ToString();
}
