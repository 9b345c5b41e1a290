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
    public void What_is_false_is_an_empty_package(string source) => Parse(source).Requires.ShouldBeEmpty();

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
    public void Numbers_are_those_of_YAML_1_1(string source, long expected) =>
        Parse(source).Timestamp.ShouldBe(expected);

    [Theory]
    [InlineData("requires: [1.0]", "1: 'requires' must be a list of strings, found float")]
    [InlineData("name: x\nrequires: [yes]", "2: 'requires' must be a list of strings, found bool")]
    [InlineData("requires: [a, ~]", "1: 'requires' must be a list of strings, found NoneType")]
    [InlineData("requires: [1:30]", "1: 'requires' must be a list of strings, found int")]
    [InlineData("requires: [2001-01-01]", "1: 'requires' must be a list of strings, found datetime")]
    [InlineData("requires: foo", "1: 'requires' must be a list of strings, found str")]
    [InlineData("requires:", "1: 'requires' must be a list of strings, found NoneType")]
    [InlineData("timestamp: '12'", "1: 'timestamp' must be an integer, found str")]
    [InlineData("- a", "1: expected a mapping of fields, found list")]
    [InlineData("requires: [=]", "1: '=' means nothing here: quote it if it is a string")]
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
    public void Deep_nesting_is_an_error_and_no_crash() =>
        Should
            .Throw<PackageDataException>(() => Parse(string.Concat(Enumerable.Repeat("- ", 200_000))))
            .Message.ShouldStartWith("package.yaml:");
}
