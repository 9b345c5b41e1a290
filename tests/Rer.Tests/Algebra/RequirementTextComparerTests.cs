using Rer.Versions;

namespace Rer.Tests.Algebra;

/// <summary>The fast engine treats requirements as the same if no text can distinguish them.</summary>
public sealed class RequirementTextComparerTests
{
    [Theory]
    [InlineData("foo-1", "foo-1", true)]
    [InlineData("foo-1.0", "foo-1-0", false)] // equal versions, but a text shows them as they were written
    [InlineData("foo-1", "foo@1", false)]
    [InlineData("foo", "foo@", false)] // visible once they are merged with a range
    [InlineData("!foo-1", "foo-1", false)]
    [InlineData("~foo-1", "!foo-1", false)]
    [InlineData("~foo", "foo", false)]
    [InlineData("foo-1|3", "foo-3|1", true)]
    [InlineData("foo>=1,<2", "foo-1+<2", true)]
    [InlineData("foo-1+<1_", "foo-1", true)]
    public void Requirements_are_equal_if_their_texts_stay_equal(string first, string second, bool same)
    {
        Requirement x = Requirement.Parse(first);
        Requirement y = Requirement.Parse(second);

        RequirementTextComparer.Instance.Equals(x, y).ShouldBe(same);
        if (same)
        {
            RequirementTextComparer.Instance.GetHashCode(x).ShouldBe(RequirementTextComparer.Instance.GetHashCode(y));
            x.ToString().ShouldBe(y.ToString());
        }
    }

    [Fact]
    public void A_merged_requirement_equals_one_that_was_written_that_way()
    {
        Requirement merged = Requirement.Parse("foo").Merged(Requirement.Parse("foo-2+<3"))!;

        RequirementTextComparer.Instance.Equals(merged, Requirement.Parse("foo-2+<3")).ShouldBeTrue();
    }
}
