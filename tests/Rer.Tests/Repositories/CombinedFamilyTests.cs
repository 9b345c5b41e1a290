using Rer.Repositories;

namespace Rer.Tests.Repositories;

/// <summary>Families in one file.</summary>
public sealed class CombinedFamilyTests : IDisposable
{
    private readonly PackageTree _tree = new();

    public void Dispose() => _tree.Dispose();

    private FilesystemRepository Open() => new([_tree.Root]);

    [Theory]
    [InlineData(
        "foo.py",
        """
            name = 'foo'
            versions = ['1.0', '1.1', '2.0']
            requires = ['base']
            version_overrides = {
                '1.0': {'requires': ['one'], 'timestamp': 7},
                '1+<2': {'variants': [['v']]},
                '1.1': {'requires': ['two']},
            }
            """
    )]
    [InlineData(
        "foo.yaml",
        """
            name: foo
            versions: ['1.0', '1.1', '2.0']
            requires: [base]
            version_overrides:
                '1.0': {requires: [one], timestamp: 7}
                '1+<2': {variants: [[v]]}
                '1.1': {requires: [two]}
            """
    )]
    public void Overrides_count_for_the_versions_in_their_ranges(string file, string content)
    {
        _tree.Write(file, content);
        FilesystemRepository repository = Open();
        repository.GetFamilies().ShouldBe(["foo"]);
        repository
            .GetVersions("foo")
            .Select(version => (version, repository.GetDefinition("foo", version)))
            .Select(entry =>
                $"{entry.version}: {entry.Item2.Requires[0]} {entry.Item2.Variants.Count} @{entry.Item2.Timestamp}"
            )
            .ShouldBe(["1.0: one 1 @7", "1.1: two 1 @0", "2.0: base 0 @0"]);
    }

    [Fact]
    public void Without_versions_it_is_one_unversioned_package_and_overrides_do_not_count()
    {
        _tree.Write("foo.py", "requires = ['q']\nversion_overrides = {'': {'requires': ['never']}}");
        FilesystemRepository repository = Open();
        repository.GetVersions("foo").ShouldBe([""]);
        repository.GetDefinition("foo", "").Requires.ShouldBe(["q"]);
    }

    [Fact]
    public void An_empty_list_of_versions_is_one_unversioned_package_and_overrides_count()
    {
        _tree.Write("foo.yaml", "versions: []\nrequires: [q]\nversion_overrides:\n  '': {requires: [any]}");
        Open().GetDefinition("foo", "").Requires.ShouldBe(["any"]);
    }

    [Fact]
    public void A_directory_comes_before_a_file_and_Python_before_YAML()
    {
        _tree.Write("foo/1/package.py").Write("foo.py", "versions = ['2']");
        _tree.Write("bar.py", "versions = ['1']").Write("bar.yaml", "versions: ['2']");
        Open().GetVersions("foo").ShouldBe(["1"]);
        Open().GetVersions("bar").ShouldBe(["1"]);
    }

    [Fact]
    public void Equal_versions_count_once()
    {
        _tree.Write("foo.py", "versions = ['1.0', '1-0', '1.0']");
        Open().GetVersions("foo").ShouldBe(["1.0"]);
    }

    [Theory]
    [InlineData("versions = [1.0]", ":1: 'versions' must be a list of strings, found float")]
    [InlineData("versions = ['1..0']", ": Invalid version syntax: '1..0'")]
    [InlineData(
        "import m\nversions = m.make()",
        ":2: 'versions' is computed by a call of '.make'; only Python can tell. "
            + "Name a Python that can import rez with --python"
    )]
    public void Wrong_versions_are_an_error_when_the_family_is_listed(string content, string message)
    {
        _tree.Write("foo.py", content);
        Should
            .Throw<PackageDataException>(() => Open().GetVersions("foo"))
            .Message.ShouldBe(_tree.PathOf("foo.py") + message);
    }

    [Theory]
    [InlineData(
        "foo.py",
        "versions = ['1']\nversion_overrides = {'1': {'requires': ['a']}, '1+': {'requires': ['b']}, '1': {'requires': ['c']}}"
    )]
    [InlineData(
        "foo.yaml",
        "versions: ['1']\nversion_overrides: {'1': {requires: [a]}, '1+': {requires: [b]}, '1': {requires: [c]}}"
    )]
    public void A_range_that_is_written_again_in_the_same_words_has_its_first_place_and_its_last_value(
        string file,
        string content
    )
    {
        _tree.Write(file, content);
        Open().GetDefinition("foo", "1").Requires.ShouldBe(["b"]);
        _tree.Write(file, content.Replace("'1+'", "'2+'", StringComparison.Ordinal));
        Open().GetDefinition("foo", "1").Requires.ShouldBe(["c"]);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("''")]
    [InlineData("()")]
    [InlineData("b''")]
    [InlineData("b'' b'\\\n'")]
    public void Variants_of_any_type_are_none_if_they_are_empty(string variants)
    {
        _tree.Write(
            "foo.py",
            $"versions = ['1', '2']\nvariants = {variants}\nversion_overrides = {{'2': {{'variants': 'a'}}}}"
        );
        Open().GetDefinition("foo", "1").Variants.ShouldBeEmpty();
        Should.Throw<PackageDataException>(() => Open().GetDefinition("foo", "2"));
    }

    [Fact]
    public void An_empty_scope_of_variants_is_none()
    {
        _tree.Write("foo.py", "versions = ['1']\nwith scope('variants'):\n    pass");
        Open().GetDefinition("foo", "1").Variants.ShouldBeEmpty();
        _tree.Write("foo.py", "versions = ['1']\nwith scope('variants') as v:\n    v.x = 1");
        Should.Throw<PackageDataException>(() => Open().GetDefinition("foo", "1")).NeedsPython.ShouldBeTrue();
        _tree.Write("foo.py", "versions = ['1']\nwith scope('config'):\n    with scope('variants'):\n        pass");
        Open().GetDefinition("foo", "1").Variants.ShouldBeEmpty();
    }

    [Fact]
    public void Functions_in_overrides_do_not_count()
    {
        _tree.Write(
            "foo.py",
            """
            versions = ['1']
            requires = ['a']
            def helper():
                return ['b']
            version_overrides = {'1': {'requires': ['c'], 'requires': helper, '__x': 1}, '2': helper}
            """
        );
        Open().GetDefinition("foo", "1").Requires.ShouldBe(["a"]);
    }

    [Fact]
    public void A_key_that_is_no_text_is_dropped_with_its_function()
    {
        _tree.Write("foo.py", "versions = ['1']\nversion_overrides = {b'1': lambda: 1, '1': {'requires': ['a']}}");
        Should.Throw<PackageDataException>(() => Open().GetVersions("foo")).NeedsPython.ShouldBeTrue();
        _tree.Write("foo.py", "versions = ['1']\nimport os\nversion_overrides = {1: os, '1': {'requires': ['a']}}");
        Open().GetDefinition("foo", "1").Requires.ShouldBe(["a"]);
    }

    [Fact]
    public void Overrides_of_a_scope_need_Python()
    {
        _tree.Write(
            "foo.py",
            "versions = ['1']\nversion_overrides = {1: {}}\nwith scope('version_overrides') as o:\n    o.x = {'requires': ['a']}"
        );
        Should.Throw<PackageDataException>(() => Open().GetDefinition("foo", "1")).NeedsPython.ShouldBeTrue();
    }

    [Fact]
    public void A_dict_that_contains_itself_is_an_error()
    {
        _tree.Write("foo.py", "versions = ['1']\nx = {}\nx['1'] = x");
        Should
            .Throw<PackageDataException>(() => Open().GetVersions("foo"))
            .Message.ShouldEndWith("foo.py:2: a dict contains itself");
    }

    [Theory]
    [InlineData("{'1..': {}}", ":2: 'version_overrides': Invalid version range '1..': Invalid bound")]
    [InlineData("{}", ":2: 'version_overrides' is empty")]
    [InlineData("{'1.2': {}, '1-2': {}}", ":2: 'version_overrides': '1-2' is listed twice")]
    [InlineData("['1']", ":2: 'version_overrides' must be a dict of dicts by version range, found list")]
    [InlineData("{'1': []}", ":2: 'version_overrides' must be a dict of dicts by version range, found list")]
    public void Wrong_overrides_are_an_error_when_a_version_is_reached(string overrides, string message)
    {
        _tree.Write("foo.py", $"versions = ['1']\nversion_overrides = {overrides}");
        FilesystemRepository repository = Open();
        repository.GetVersions("foo").ShouldBe(["1"]);
        Should
            .Throw<PackageDataException>(() => repository.GetDefinition("foo", "1"))
            .Message.ShouldStartWith(_tree.PathOf("foo.py") + message);
    }
}
