using Rer.Versions;
using Version = Rer.Versions.Version;

namespace Rer.Tests.Algebra;

public class VersionTests
{
    [Theory]
    [InlineData("1.2", "1-2")]
    [InlineData("1.2", "1\n2")]
    [InlineData("1.2", "1\U0001F600\u0032")] // one character in Python, two in .NET
    public void Separators_are_only_shown(string a, string b)
    {
        Version.Parse(a).ShouldBe(Version.Parse(b));
        Version.Parse(a).GetHashCode().ShouldBe(Version.Parse(b).GetHashCode());
        Version.Parse(b).ToString().ShouldBe(b);
    }

    [Theory]
    [InlineData("1..2", "Invalid version syntax: '1..2'")]
    [InlineData("1.", "Invalid version syntax: '1.'")]
    [InlineData("\U0001F6001", "Invalid version syntax: '\U0001F6001'")]
    [InlineData("1\U0001F600.2", "Invalid version syntax: '1\U0001F600.2'")]
    [InlineData("+", "+")]
    [InlineData(" ", " ")]
    public void Errors_are_those_of_rez(string text, string message)
    {
        Should.Throw<VersionSyntaxException>(() => Version.Parse(text)).Message.ShouldBe(message);
        Version.TryParse(text, out _).ShouldBeFalse();
    }

    [Fact]
    public void The_successor_of_the_empty_version_is_infinity()
    {
        Version.Parse("").ShouldBeSameAs(Version.Empty);
        Version.Empty.Next().ShouldBeSameAs(Version.Infinity);
        Version.Infinity.Next().ShouldBeSameAs(Version.Infinity);
        Version.Infinity.ToString().ShouldBe("[INF]");
    }

    [Theory]
    [InlineData(0, "", "1.a-3")]
    [InlineData(1, "1", "a-3")]
    [InlineData(2, "1.a", "3")]
    [InlineData(3, "1.a-3", "")]
    [InlineData(9, "1.a-3", "")]
    [InlineData(-1, "1.a", "3")]
    [InlineData(-9, "", "1.a-3")]
    public void Heads_and_tails_are_python_slices(int index, string head, string tail)
    {
        Version version = Version.Parse("1.a-3");

        version.Length.ShouldBe(3);
        version.Trim(index).ToString().ShouldBe(head);
        version.TokensFrom(index).ToString().ShouldBe(tail);
    }

    [Fact]
    public void The_head_of_infinity_is_infinity()
    {
        Version.Infinity.Trim(0).ShouldBeSameAs(Version.Infinity);
        Version.Infinity.TokensFrom(2).ShouldBeSameAs(Version.Infinity);
    }

    [Theory]
    [InlineData("a", "b", -1)]
    [InlineData("a", "aa", -1)]
    [InlineData("Z", "a", -1)]
    [InlineData("\uE000", "\U00010000", -1)] // the other way round in UTF-16
    [InlineData("x\uFFFF", "x\U0001F600", -1)]
    [InlineData("\U00010000", "\U00010001", -1)]
    [InlineData("\uD7FF", "\U00010000", -1)]
    [InlineData("é", "é", 0)]
    public void Names_are_ordered_by_code_point(string a, string b, int order)
    {
        Math.Sign(CodePointOrder.Instance.Compare(a, b)).ShouldBe(order);
        Math.Sign(CodePointOrder.Instance.Compare(b, a)).ShouldBe(-order);
    }
}
