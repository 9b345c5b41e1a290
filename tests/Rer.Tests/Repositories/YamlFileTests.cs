using System.Text;
using Rer.Repositories;

namespace Rer.Tests.Repositories;

/// <summary>package.yaml as PyYAML and rez's schema read it.</summary>
public sealed class YamlFileTests
{
    private static PackageDefinition Parse(string source) =>
        PackageFile.ParseYaml("package.yaml", Encoding.UTF8.GetBytes(source)).Definition;

    [Fact]
    public void A_package_as_rez_wrote_them()
    {
        PackageFile file = PackageFile.ParseYaml(
            "package.yaml",
            """
            name: nuke_plugin
            version: '1.10'
            requires:
            - nuke-12+<13
            - '!python-3'
            - "~maya"
            variants:
            - [platform-linux, arch-x86_64]
            - - platform-windows
            timestamp: 1400000000
            build_requires: [cmake-3]
            commands: |
                env.PATH.append('{root}/bin')
            """u8
        );
        file.Name.ShouldBe("nuke_plugin");
        file.Version.ShouldBe("1.10");
        file.Definition.Requires.ShouldBe(["nuke-12+<13", "!python-3", "~maya"]);
        file.Definition.Variants.Select(variant => string.Join(" ", variant))
            .ShouldBe(["platform-linux arch-x86_64", "platform-windows"]);
        file.Definition.Timestamp.ShouldBe(1400000000);
        file.Definition.BuildRequires.ShouldBe(["cmake-3"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("~")]
    [InlineData("# nothing")]
    [InlineData("[]")]
    [InlineData("---\n{}")]
    public void A_falsy_document_is_an_empty_package(string source) => Parse(source).Requires.ShouldBeEmpty();

    [Theory]
    [InlineData("requires: ['1.0', !!str 1.0]", "1.0,1.0")]
    [InlineData("requires: [a]\nrequires: [b]", "b")]
    [InlineData("x: &a {requires: [m]}\n<<: *a", "m")]
    [InlineData("x: &a {requires: [m]}\nrequires: [own]\n<<: *a", "own")]
    [InlineData("x: &a {requires: [m]}\ny: &b {requires: [n]}\n<<: [*a, *b]", "m")]
    [InlineData("requires: &r [a]\nvariants: [*r]", "a")]
    [InlineData("requires: [08, 0o7, n, Y, NaN, 1e5, foo-1.2]", "08,0o7,n,Y,NaN,1e5,foo-1.2")]
    public void Values_are_those_that_rez_loads(string source, string expected) =>
        string.Join(",", Parse(source).Requires).ShouldBe(expected);

    [Theory]
    [InlineData("timestamp: 0x10", 16)]
    [InlineData("timestamp: 010", 8)]
    [InlineData("timestamp: 0b11", 3)]
    [InlineData("timestamp: 1:10", 70)]
    [InlineData("timestamp: -5", -5)]
    [InlineData("timestamp: 1_000", 1000)]
    [InlineData("timestamp: yes", 1)]
    [InlineData("timestamp: ! '12'", 12)]
    [InlineData("%YAML 1.1\n--- # a\ntimestamp: ! 12", 12)]
    public void Numbers_are_those_of_YAML_1_1(string source, long expected) =>
        Parse(source).Timestamp.ShouldBe(expected);

    [Theory]
    [InlineData("requires: [1.0]", "1: 'requires' must be a list of strings, found float")]
    [InlineData("name: x\nrequires: [yes]", "2: 'requires' must be a list of strings, found bool")]
    [InlineData("requires: [a, ~]", "1: 'requires' must be a list of strings, found NoneType")]
    [InlineData("requires: [a, ! ]", "1: 'requires' must be a list of strings, found NoneType")]
    [InlineData("requires: [1:30]", "1: 'requires' must be a list of strings, found int")]
    [InlineData("requires: [2001-01-01]", "1: 'requires' must be a list of strings, found datetime")]
    [InlineData("requires: foo", "1: 'requires' must be a list of strings, found str")]
    [InlineData("requires:", "1: 'requires' must be a list of strings, found NoneType")]
    [InlineData("- a", "1: expected a mapping of fields, found list")]
    [InlineData("requires: [=]", "1: '=' has no meaning here; quote it if it is a string")]
    [InlineData("a: 1\n---\nb: 2", "2: expected a single document")]
    [InlineData("requires: *r", "1: undefined alias 'r'")]
    public void What_rez_rejects_is_an_error_with_file_and_line(string source, string message) =>
        Should.Throw<PackageDataException>(() => Parse(source)).Message.ShouldBe($"package.yaml:{message}");

    [Fact]
    public void Broken_YAML_is_an_error_with_file_and_line() =>
        Should
            .Throw<PackageDataException>(() => Parse("name: x\nrequires: [a"))
            .Message.ShouldStartWith("package.yaml:");

    [Fact]
    public void Deep_nesting_is_an_error_and_not_a_crash() =>
        Should
            .Throw<PackageDataException>(() => Parse(string.Concat(Enumerable.Repeat("- ", 200_000))))
            .Message.ShouldStartWith("package.yaml:");

    [Theory]
    [InlineData("timestamp: '12'", "found str")]
    [InlineData("timestamp: 1.5", "found float")]
    [InlineData("timestamp:", "found NoneType")]
    [InlineData("timestamp: 2020-01-01", "found datetime")]
    public void An_invalid_timestamp_is_an_error_only_when_it_is_read(string source, string message)
    {
        PackageDefinition definition = Parse(source + "\nrequires: [a]");
        definition.Requires.ShouldBe(["a"]);
        Should.Throw<PackageDataException>(() => definition.Timestamp).Message.ShouldContain(message);
    }

    [Theory]
    [InlineData("\ufeffrequires: [a]", "a")]
    [InlineData("x: '\t'\nrequires: [a] # a\ttab", "a")]
    [InlineData("=: 1\nrequires: ['a']\r\n", "a")]
    [InlineData("! =: 1\nrequires: [a]", "a")]
    [InlineData("! <<: {requires: [a]}", "a")]
    public void What_PyYAML_accepts_is_read(string source, string expected) =>
        string.Join(",", Parse(source).Requires).ShouldBe(expected);

    /// <summary>rez loads none of these.</summary>
    [Theory]
    [InlineData("? [a]\n: b", "1: a list cannot be a key")]
    [InlineData("{a: b}: c", "1: a dict cannot be a key")]
    [InlineData("x: \0", "1: special characters are not allowed (U+0000)")]
    [InlineData("x: !foo a", "1: unknown tag '!foo'")]
    [InlineData("x: !!foo a", "1: unknown tag 'tag:yaml.org,2002:foo'")]
    [InlineData("x: 2020-13-01", "1: '2020-13-01' is not a valid date, time or number")]
    [InlineData("x: 2020-02-30 10:20:30", "1: '2020-02-30 10:20:30' is not a valid date, time or number")]
    [InlineData("x: 2020-01-01 10:20:30 +24:00", "1: '2020-01-01 10:20:30 +24:00' is not a valid date, time or number")]
    [InlineData("x: 0x_", "1: '0x_' is not a valid date, time or number")]
    [InlineData("x: 0b_", "1: '0b_' is not a valid date, time or number")]
    [InlineData("x: &a 1\ny: &a 2", "2: duplicate anchor 'a'")]
    public void What_PyYAML_refuses_is_an_error(string source, string message)
    {
        PackageDataException error = Should.Throw<PackageDataException>(() => Parse(source));
        error.Message.ShouldBe($"package.yaml:{message}");
        error.NeedsPython.ShouldBeFalse();
    }

    /// <summary>Where YamlDotNet and PyYAML may differ, and what only PyYAML supports.</summary>
    [Theory]
    [InlineData("requires:\t[a]")]
    [InlineData("requires: [a?b]")]
    [InlineData("%TAG !e! tag:x,2:\n---timestamp: 1")]
    [InlineData("requires: [>]")]
    [InlineData("x: &a:b c")]
    [InlineData("x: a\u0085b")]
    [InlineData("x: !!int 5")]
    [InlineData("variants:\n- [-]")]
    [InlineData("a: b\n: c")]
    [InlineData("<<: !foo [{a: b}]")]
    [InlineData("x: [a]\n:: {requires: [a]}")]
    [InlineData("x: {a: ~:{b: c}}")]
    [InlineData("requires: [a]#b")]
    [InlineData("x: \"a\"#b")]
    [InlineData("x: {-}")]
    [InlineData("x: \"a\nb\"")]
    [InlineData("&a =: 1")]
    [InlineData("# c\n...\n")]
    [InlineData("%FOO bar\n")]
    [InlineData("x: {a: &a 'b',, c: *a}")]
    [InlineData("x: {'b'aa'-':}")]
    [InlineData("&a <<: {b: c}")]
    public void What_PyYAML_may_read_differently_is_left_to_it(string source) =>
        Should.Throw<PackageDataException>(() => Parse(source)).NeedsPython.ShouldBeTrue();

    [Fact]
    public void Merges_that_multiply_are_one_error()
    {
        StringBuilder bomb = new("m0: &m0 {a: 1, b: 2, c: 3, d: 4}\n");
        for (int i = 1; i < 40; i++)
        {
            bomb.Append($"m{i}: &m{i} {{<<: [{string.Join(", ", Enumerable.Repeat($"*m{i - 1}", 9))}]}}\n");
        }

        Should
            .Throw<PackageDataException>(() => Parse(bomb.ToString()))
            .Message.ShouldContain("the merged mappings have more than 1048576 entries");
    }
}
