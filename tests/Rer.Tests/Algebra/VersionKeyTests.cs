using System.Numerics;
using System.Text.RegularExpressions;
using Version = Rer.Versions.Version;

namespace Rer.Tests.Algebra;

/// <summary>The bytes of versions compare like tokens in rez, whose comparison is written out here.</summary>
public class VersionKeyTests
{
    // Numbers whose counts of digits and zeros are close to where the encoding changes.
    private static readonly string[] s_longTokens =
    [
        .. from count in (int[])[1, 2, 125, 126, 127, 128, 254, 255, 256, 300, 5000]
        from token in (string[])
            [
                new string('9', count),
                "1" + new string('0', count),
                new string('0', count),
                new string('0', count) + "1",
                "a" + new string('0', count) + "7b",
                new string('_', count),
            ]
        select token,
    ];

    [Fact]
    public void All_pairs_of_short_versions_compare_as_their_tokens_do()
    {
        string[] tokens = [.. Texts("01aZ_", 3)];
        string[] versions =
        [
            "",
            .. tokens,
            .. from a in Texts("01a_", 2) from b in Texts("09a", 1) select $"{a}.{b}",
            .. from a in Texts("1a", 1) from b in Texts("1a", 1) from c in Texts("1a", 1) select $"{a}-{b}.{c}",
        ];

        AssertAllPairs(versions);
    }

    [Fact]
    public void All_pairs_of_long_tokens_compare_as_their_subtokens_do() =>
        AssertAllPairs([.. s_longTokens, .. s_longTokens.Select(x => x + ".0"), .. s_longTokens.Select(x => x + "z")]);

    [Fact]
    public void Random_versions_compare_as_their_tokens_do()
    {
        Random random = new(20240229);
        string[] versions =
        [
            .. Enumerable
                .Range(0, 600)
                .Select(_ =>
                    string.Join(
                        '.',
                        Enumerable
                            .Range(0, random.Next(1, 5))
                            .Select(_ => new string(random.GetItems<char>("00129abAZ_", random.Next(1, 6))))
                    )
                ),
        ];

        AssertAllPairs(versions);
    }

    [Fact]
    public void Infinity_is_above_every_version()
    {
        foreach (string text in (string[])["", "zzz", "9", .. s_longTokens])
        {
            Version.Parse(text).CompareTo(Version.Infinity).ShouldBeLessThan(0);
            Version.Infinity.CompareTo(Version.Parse(text)).ShouldBeGreaterThan(0);
        }

        Version.Infinity.CompareTo(Version.Infinity).ShouldBe(0);
    }

    [Fact]
    public void The_successor_has_the_key_of_its_text()
    {
        foreach (string text in (string[])["1", "a", "1.2", "1.b", "1b2", "_", .. s_longTokens])
        {
            Version next = Version.Parse(text).Next();

            next.ToString().ShouldBe(text + "_");
            next.Key.SequenceEqual(Version.Parse(text + "_").Key).ShouldBeTrue();
        }
    }

    private static void AssertAllPairs(string[] texts)
    {
        Version[] versions = [.. texts.Select(Version.Parse)];
        object[][][] tokens = [.. texts.Select(Tokens)];
        for (int i = 0; i < texts.Length; i++)
        {
            for (int j = 0; j < texts.Length; j++)
            {
                int expected = Math.Sign(CompareLists(tokens[i], tokens[j], CompareTokens));
                int actual = Math.Sign(versions[i].CompareTo(versions[j]));
                if (expected != actual || versions[i].Equals(versions[j]) != (expected == 0))
                {
                    Assert.Fail($"'{texts[i]}' against '{texts[j]}': expected {expected}, got {actual}");
                }

                if (expected == 0)
                {
                    versions[i].GetHashCode().ShouldBe(versions[j].GetHashCode());
                }
            }
        }
    }

    /// <summary>The subtokens of each token: a string of letters, or a number with its text.</summary>
    private static object[][] Tokens(string version) =>
        [
            .. Regex
                .Matches(version, "[a-zA-Z0-9_]+")
                .Select(token =>
                    Regex
                        .Matches(token.Value, "[0-9]+|[a-zA-Z_]+")
                        .Select(x =>
                            char.IsAsciiDigit(x.Value[0]) ? (object)(BigInteger.Parse(x.Value), x.Value) : x.Value
                        )
                        .ToArray()
                ),
        ];

    private static int CompareTokens(object[] a, object[] b) => CompareLists(a, b, CompareSubtokens);

    private static int CompareSubtokens(object a, object b) =>
        (a, b) switch
        {
            (string x, string y) => string.CompareOrdinal(x, y),
            (string, _) => -1,
            (_, string) => 1,
            ((BigInteger n, string x), (BigInteger m, string y)) => n != m
                ? n.CompareTo(m)
                : string.CompareOrdinal(x, y),
            _ => throw new InvalidOperationException(),
        };

    private static int CompareLists<T>(T[] a, T[] b, Comparison<T> compare)
    {
        for (int i = 0; i < a.Length && i < b.Length; i++)
        {
            int order = compare(a[i], b[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return a.Length.CompareTo(b.Length);
    }

    private static IEnumerable<string> Texts(string alphabet, int maxLength) =>
        maxLength == 0
            ? []
            : Texts(alphabet, maxLength - 1)
                .SelectMany(x => alphabet.Select(c => x + c))
                .Concat(alphabet.Select(c => c.ToString()))
                .Concat(Texts(alphabet, maxLength - 1))
                .Distinct();
}
