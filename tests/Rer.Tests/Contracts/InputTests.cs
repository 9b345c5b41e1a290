namespace Rer.Tests.Contracts;

/// <summary>Arguments are copied or rejected when they are passed, not when a solve reaches them.</summary>
public class InputTests
{
    [Fact]
    public void Lists_given_to_a_definition_may_change_afterwards()
    {
        List<string> requires = ["bar-1"];
        string[] variant = ["baz-1"];
        List<string[]> variants = [variant];
        PackageDefinition definition = new()
        {
            Requires = requires,
            Variants = variants,
            BuildRequires = requires,
        };
        requires.Clear();
        variant[0] = "baz-2";
        variants.Add([]);

        definition.Requires.ShouldBe(["bar-1"]);
        definition.BuildRequires.ShouldBe(["bar-1"]);
        definition.Variants.ShouldHaveSingleItem().ShouldBe(["baz-1"]);
    }

    [Fact]
    public void Lists_given_to_options_may_change_afterwards()
    {
        List<string> families = ["foo"];
        List<PackageOrderer> orderers = [new SortedOrderer(Descending: false) { Packages = families }];
        List<PackageFilter> filters = [new(families, families)];
        ResolveOptions options = new()
        {
            PackageOrderers = [new PerFamilyOrderer(orderers, null)],
            ConfiguredOrderers = orderers,
            PackageFilters = filters,
        };
        families.Clear();
        orderers.Clear();
        filters.Clear();

        PerFamilyOrderer orderer = options.PackageOrderers.ShouldHaveSingleItem().ShouldBeOfType<PerFamilyOrderer>();
        orderer.Orderers.ShouldHaveSingleItem().Packages.ShouldBe(["foo"]);
        options.ConfiguredOrderers.Count.ShouldBe(1);
        options.PackageFilters.ShouldHaveSingleItem().Excludes.ShouldBe(["foo"]);
    }

    [Fact]
    public void A_repository_in_memory_may_be_built_from_dictionaries_that_change_afterwards()
    {
        Dictionary<string, PackageDefinition> versions = new() { ["1"] = new() };
        Dictionary<string, IReadOnlyDictionary<string, PackageDefinition>> families = new() { ["foo"] = versions };
        MemoryPackageRepository repository = new(families);
        versions["2"] = new();
        families.Clear();

        repository.GetFamilies().ShouldBe(["foo"]);
        repository.GetVersions("foo").ShouldBe(["1"]);
        repository.GetDefinition("foo", "1").ShouldBeSameAs(versions["1"]);
    }

    [Fact]
    public void A_repository_in_memory_may_be_a_list_of_packages()
    {
        MemoryPackageRepository repository = new([
            ("foo", "2", new() { Requires = ["bar"] }),
            ("bar", "1", new()),
            ("foo", "1", new()),
        ]);

        repository.GetVersions("foo").ShouldBe(["2", "1"]);
        repository.GetVersions("nosuch").ShouldBeEmpty();
        new FastResolver()
            .Resolve(["foo"], repository)
            .ShouldBeOfType<SolvedResult>()
            .Packages.ShouldBe([new("bar", "1", null), new("foo", "2", null)]);
    }

    [Theory]
    [InlineData("foo-1.2[0]", "1.2", 0)]
    [InlineData("foo-1.2", "1.2", null)]
    [InlineData("foo", "", null)]
    public void A_resolved_package_reads_as_in_rez(string text, string version, int? index) =>
        new ResolvedPackage("foo", version, index).ToString().ShouldBe(text);

    [Fact]
    public void Invalid_packages_in_memory_are_rejected()
    {
        Refused(() => new([("foo", "1", new()), ("foo", "1", new())]), "the package 'foo-1' is listed twice");
        Refused(() => new([("foo", "1", null!)]), "the package 'foo-1' has no family, version or definition");
        Refused(
            () => new(new Dictionary<string, IReadOnlyDictionary<string, PackageDefinition>> { ["foo"] = null! }),
            "the family 'foo' has no dictionary of versions"
        );
        Should
            .Throw<ArgumentException>(() => new MemoryPackageRepository([]).GetDefinition("foo", "1"))
            .Message.ShouldBe("there is no version '1' of the family 'foo'");

        static void Refused(Func<MemoryPackageRepository> create, string message) =>
            Should.Throw<ArgumentException>(create).Message.ShouldStartWith(message);
    }

    [Fact]
    public void Null_is_rejected_immediately()
    {
        Should.Throw<ArgumentNullException>(() => new PackageDefinition { Requires = null! });
        Should
            .Throw<ArgumentException>(() => new PackageDefinition { Variants = new[] { (string[])["foo"], null! } })
            .Message.ShouldStartWith("Variants[1] is null");
        Should.Throw<ArgumentNullException>(() => new ResolveOptions { PackageFilters = null! });
        Should.Throw<ArgumentNullException>(() => new ResolveOptions { Clock = null! });
        Should.Throw<ArgumentOutOfRangeException>(() =>
            new ResolveOptions { VariantSelectMode = (VariantSelectMode)7 }
        );
        Should
            .Throw<ArgumentException>(() => new PackageFilter(new[] { "*", null! }, []))
            .Message.ShouldStartWith("Excludes[1] is null");
    }
}
