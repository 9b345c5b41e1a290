using Rer.Repositories;
using Rer.Repositories.Filesystem;

namespace Rer.Tests.Repositories;

/// <summary>Layouts of packages on disk. The expected result is that of rez's iter_packages.</summary>
public sealed class FilesystemRepositoryTests : IDisposable
{
    private readonly PackageTree _tree = new();

    public void Dispose() => _tree.Dispose();

    private FilesystemRepository Open(params string[] paths) =>
        new(paths.Length == 0 ? [_tree.Root] : paths.Select(_tree.PathOf));

    [Fact]
    public void Versions_are_directories_that_contain_definitions()
    {
        _tree.Write("maya/2024/package.py", "requires = ['a']").Write("maya/2025.1/package.yaml", "requires: [b]");
        FilesystemRepository repository = Open();

        repository.GetVersions("maya").ShouldBe(["2024", "2025.1"]);
        repository.GetDefinition("maya", "2024").Requires.ShouldBe(["a"]);
        repository.GetDefinition("maya", "2025.1").Requires.ShouldBe(["b"]);
        repository.GetFamilies().ShouldBe(["maya"]);
        repository.SearchPaths.ShouldBe([_tree.Root]);
    }

    [Fact]
    public void A_missing_family_or_path_contains_nothing()
    {
        FilesystemRepository repository = Open("nowhere", "");
        repository.GetVersions("maya").ShouldBeEmpty();
        repository.GetFamilies().ShouldBeEmpty();
    }

    [Fact]
    public void Name_and_version_in_the_file_are_ignored()
    {
        _tree.Write("maya/2024/package.py", "name = 'other'\nversion = '7'\nrequires = ['a']");
        Open().GetDefinition("maya", "2024").Requires.ShouldBe(["a"]);
    }

    [Fact]
    public void A_definition_in_Python_comes_before_one_in_YAML()
    {
        _tree.Write("maya/1/package.py", "requires = ['py']").Write("maya/1/package.yaml", "requires: [yaml]");
        Open().GetDefinition("maya", "1").Requires.ShouldBe(["py"]);
    }

    [Fact]
    public void A_family_with_a_definition_of_its_own_is_unversioned()
    {
        _tree.Write("maya/package.py", "requires = ['a']").Write("maya/1/package.py");
        FilesystemRepository repository = Open();
        repository.GetVersions("maya").ShouldBe([""]);
        repository.GetDefinition("maya", "").Requires.ShouldBe(["a"]);
    }

    [Fact]
    public void Files_and_hidden_directories_are_not_versions()
    {
        _tree.Write("maya/1.0", "a file").Write("maya/.hidden/package.py").Write("maya/1.1/package.py");
        Open().GetVersions("maya").ShouldBe(["1.1"]);
    }

    [Fact]
    public void A_version_with_an_ignore_file_is_hidden()
    {
        _tree
            .Write("maya/1.0/package.py")
            .Write("maya/.ignore1.0")
            .Write("maya/1.1/package.py")
            .Write("maya/.ignore1.1/a_directory_is_no_marker");
        Open().GetVersions("maya").ShouldBe(["1.1"]);
    }

    [Fact]
    public void A_version_that_is_being_built_is_hidden_until_it_has_a_definition()
    {
        _tree
            .Write("maya/1.0/payload")
            .Write("maya/.building1.0")
            .Write("maya/1.1/package.py")
            .Write("maya/.building1.1")
            .Write("maya/.building1.2");
        Open().GetVersions("maya").ShouldBe(["1.1"]);
    }

    [Fact]
    public void Earlier_paths_shadow_equal_versions_in_later_ones()
    {
        _tree
            .Write("local/maya/1-0/package.py", "requires = ['local']")
            .Write("studio/maya/1.0/package.py", "requires = ['studio']")
            .Write("studio/maya/1.1/package.py", "requires = ['studio']")
            .Write("studio/nuke/1/package.py");
        FilesystemRepository repository = Open("local", "studio", "local");

        repository.GetVersions("maya").ShouldBe(["1-0", "1.1"]);
        repository.GetDefinition("maya", "1-0").Requires.ShouldBe(["local"]);
        repository.GetFamilies().Order().ShouldBe(["maya", "nuke"]);
        repository.SearchPaths.ShouldBe([_tree.PathOf("local"), _tree.PathOf("studio")]);
    }

    [Fact]
    public void An_invalid_version_directory_makes_the_family_unusable()
    {
        _tree.Write("maya/1..0/package.py").Write("maya/1.0/package.py");
        FilesystemRepository repository = Open();
        Should
            .Throw<PackageDataException>(() => repository.GetVersions("maya"))
            .Message.ShouldBe($"{_tree.PathOf("maya/1..0")}: Invalid version syntax: '1..0'");
    }

    [Fact]
    public void A_version_without_a_definition_is_an_error_when_it_is_reached()
    {
        _tree.Write("maya/1.0/payload");
        FilesystemRepository repository = Open();
        repository.GetVersions("maya").ShouldBe(["1.0"]);
        Should
            .Throw<PackageDataException>(() => repository.GetDefinition("maya", "1.0"))
            .Message.ShouldBe(
                $"{_tree.PathOf("maya/1.0")}: missing package definition: "
                    + "the directory holds no package.py or package.yaml"
            );
    }

    [Fact]
    public void Links_are_followed_and_broken_ones_count_as_missing()
    {
        _tree
            .Write("real/9/package.py", "requires = ['r']")
            .Link("maya/9", "real/9")
            .Link("maya/10", "nowhere")
            .Link("alias", "real")
            .Link("broken", "nowhere")
            .Link("nuke/1/package.py", "nowhere")
            .Write("nuke/1/package.yaml", "requires: [y]");
        FilesystemRepository repository = Open();

        repository.GetVersions("maya").ShouldBe(["9"]);
        repository.GetDefinition("maya", "9").Requires.ShouldBe(["r"]);
        repository.GetVersions("alias").ShouldBe(["9"]);
        repository.GetVersions("broken").ShouldBeEmpty();
        repository.GetDefinition("nuke", "1").Requires.ShouldBe(["y"]);
        repository.GetFamilies().ShouldNotContain("broken");
    }

    [Fact]
    public void An_unreadable_file_is_an_error_with_its_path()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Skip("Nothing is unreadable to this user.");
        }
        _tree.Write("maya/1/package.py").Write("nuke/1/package.py").Write("usd/1/package.py");
        _tree.Allow("maya", UnixFileMode.None);
        _tree.Allow("usd/1", UnixFileMode.None);
        _tree.Allow("nuke/1/package.py", UnixFileMode.None);
        try
        {
            FilesystemRepository repository = Open();
            Should
                .Throw<PackageDataException>(() => repository.GetVersions("maya"))
                .Message.ShouldStartWith($"{_tree.PathOf("maya")}: cannot list the directory: ");
            Should
                .Throw<PackageDataException>(() => repository.GetDefinition("nuke", "1"))
                .Message.ShouldStartWith($"{_tree.PathOf("nuke/1/package.py")}: cannot read the package definition: ");
            Should
                .Throw<PackageDataException>(() => repository.GetDefinition("usd", "1"))
                .Message.ShouldEndWith("the directory may not be entered by this user");
        }
        finally
        {
            _tree.Allow("usd/1", UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
            _tree.Allow("maya", UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public void A_huge_definition_is_an_error_and_is_not_read()
    {
        _tree.Write("maya/1/package.py");
        using (FileStream file = File.OpenWrite(_tree.PathOf("maya/1/package.py")))
        {
            file.SetLength(100_000_000);
        }
        Should
            .Throw<PackageDataException>(() => Open().GetDefinition("maya", "1"))
            .Message.ShouldBe(
                $"{_tree.PathOf("maya/1/package.py")}: the package definition is too long: 100000000 bytes of at most 33554432"
            );
    }

    [Fact]
    public void Invalid_package_names_are_not_looked_up()
    {
        _tree
            .Write("settings.yaml")
            .Write("__pycache__/1/package.py")
            .Write("_a/1/package.py")
            .Write("a-b/1/package.py");
        FilesystemRepository repository = Open();
        repository.GetFamilies().ShouldBe(["_a"]);
        foreach (string name in new[] { "../maya", "a-b", "", "__pycache__", "a..b", "a\n" })
        {
            Should
                .Throw<PackageDataException>(() => repository.GetVersions(name))
                .Message.ShouldBe($"Not a valid package name: '{name}'");
        }
    }

    [Theory]
    [InlineData("memory@x")]
    [InlineData("/home/me@studio/packages")]
    public void Other_repository_types_are_refused(string path) =>
        Should
            .Throw<PackageDataException>(() => new FilesystemRepository([path]))
            .Message.ShouldBe($"{path}: only package repositories of type 'filesystem' are read");

    [Fact]
    public void The_type_may_be_spelled_out()
    {
        _tree.Write("maya/1/package.py");
        new FilesystemRepository(["filesystem@" + _tree.Root]).GetVersions("maya").ShouldBe(["1"]);
    }

    [Fact]
    public void Old_release_data_counts_if_the_definition_has_no_timestamp()
    {
        _tree
            .Write("a/1/package.yaml", "requires: [own]")
            .Write("a/1/release.yaml", "timestamp: 123\nrequires: [released]")
            .Write("a/2/package.py", "requires = ['own']\ntimestamp = 9")
            .Write("a/2/release.yaml", "timestamp: 123")
            .Write("a/3/package.py")
            .Write("a/3/.metadata/release_time.txt", " 4_56 \n")
            .Write("a/4/package.py")
            .Write("a/4/.metadata/release_time.txt", "soon");
        FilesystemRepository repository = Open();

        repository.GetDefinition("a", "1").Requires.ShouldBe(["released"]);
        repository
            .GetVersions("a")
            .Select(version => repository.GetDefinition("a", version).Timestamp)
            .ShouldBe([123, 9, 456, 0]);
    }

    [Fact]
    public void Nothing_is_read_before_it_is_asked_for_nor_twice()
    {
        _tree.Write("maya/1/package.py", "requires = ['a']").Write("maya/2/package.py", "requires = [");
        FilesystemRepository repository = Open();
        repository.GetVersions("maya").ShouldBe(["1", "2"]);
        repository.Statistics.DefinitionsLoaded.ShouldBe(0);

        PackageDefinition first = repository.GetDefinition("maya", "1");
        _tree.Write("maya/1/package.py", "requires = ['changed']").Write("maya/3/package.py");
        repository.GetDefinition("maya", "1").ShouldBeSameAs(first);
        repository.GetVersions("maya").ShouldBe(["1", "2"]);
        for (int i = 0; i < 2; i++)
        {
            Should.Throw<PackageDataException>(() => repository.GetDefinition("maya", "2")).Line.ShouldBe(1);
        }
        repository.Statistics.FamiliesListed.ShouldBe(1);
        repository.Statistics.VersionsSeen.ShouldBe(2);
        repository.Statistics.DefinitionsLoaded.ShouldBe(2);
        repository.Statistics.DefinitionsUsed.ShouldBe(2);
    }

    [Fact]
    public void Families_can_be_fetched_ahead()
    {
        _tree.Write("a/1/package.py", "requires = ['x']").Write("a/2/package.py", "requires = [").Write("bad/1..2/x");
        FilesystemRepository repository = Open();
        repository.Prefetch(["a", "bad", "missing"]);

        repository.Statistics.DefinitionsLoaded.ShouldBe(2);
        repository.Statistics.DefinitionsUsed.ShouldBe(0);
        repository.GetDefinition("a", "1").Requires.ShouldBe(["x"]);
        Should.Throw<PackageDataException>(() => repository.GetDefinition("a", "2"));
        Should.Throw<PackageDataException>(() => repository.GetVersions("bad"));
        repository.Statistics.DefinitionsLoaded.ShouldBe(2);
        repository.Statistics.DefinitionsUsed.ShouldBe(2);
    }

    [Fact]
    public void Definitions_that_are_announced_are_loaded_and_not_used()
    {
        for (int i = 0; i < 50; i++)
        {
            _tree.Write($"a/{i}/package.py", i == 7 ? "requires = [" : $"requires = ['r-{i}']");
        }
        FilesystemRepository repository = Open();
        IReadOnlyList<string> versions = repository.GetVersions("a");
        repository.Prepare([.. versions.Skip(10).Select(version => ("a", version))]);
        repository.Statistics.DefinitionsLoaded.ShouldBe(40);
        repository.Statistics.DefinitionsUsed.ShouldBe(0);
        repository.Prepare([.. versions.Select(version => ("a", version))]);
        repository.Statistics.DefinitionsLoaded.ShouldBe(50);
        repository.GetDefinition("a", "49").Requires.ShouldBe(["r-49"]);
        Should.Throw<PackageDataException>(() => repository.GetDefinition("a", "7")).Line.ShouldBe(1);
    }

    [Fact]
    public void If_any_case_finds_a_file_the_listing_decides()
    {
        _tree.Write("Maya/1/package.py");
        PackageLocation.IsListed(_tree.Root, "Maya").ShouldBeTrue();
        PackageLocation.IsListed(_tree.Root, "maya").ShouldBeFalse();
    }
}
