using System.Text;
using System.Text.Json;
using Rer.Books;

namespace Rer.Tests.Books;

public class OptionsJsonTests
{
    [Fact]
    public void Options_left_out_keep_the_defaults_of_rez() => Read("{}").ShouldBe(ResolveOptions.Default);

    [Fact]
    public void Every_option_is_read_and_written()
    {
        const string Json = """
            {
              "variant_select_mode": "intersection_priority",
              "package_filter": [{"excludes": ["glob(*.beta)"], "includes": ["foo-1"]}, {"excludes": ["bar"]}],
              "package_orderers": [
                {"type": "sorted", "descending": true, "packages": ["foo", "bar"]},
                {"type": "version_split", "first_version": "2.0", "packages": ["foo"]},
                {"type": "soft_timestamp", "timestamp": 1500000000, "rank": 3},
                {"type": "no_order", "packages": ["foo"]},
                {"type": "per_family",
                 "orderers": [{"type": "sorted", "descending": false, "packages": ["baz"]}],
                 "default_order": {"type": "sorted", "descending": true}}
              ],
              "configured_orderers": [{"type": "no_order"}],
              "timestamp": 1500000001,
              "building": true,
              "optimised": false,
              "error_on_missing_variant_requires": false,
              "prune_unfailed": false,
              "max_fails": 9
            }
            """;

        ResolveOptions options = Read(Json);

        options.VariantSelectMode.ShouldBe(VariantSelectMode.IntersectionPriority);
        options.PackageFilters.Count.ShouldBe(2);
        options.PackageFilters[0].Excludes.ShouldBe(["glob(*.beta)"]);
        options.PackageFilters[0].Includes.ShouldBe(["foo-1"]);
        options.PackageFilters[1].Includes.ShouldBeEmpty();
        IReadOnlyList<PackageOrderer> orderers = options.PackageOrderers.ShouldNotBeNull();
        orderers[0].ShouldBeOfType<SortedOrderer>().Descending.ShouldBeTrue();
        orderers[0].Packages.ShouldBe(["foo", "bar"]);
        orderers[1].ShouldBeOfType<VersionSplitOrderer>().FirstVersion.ShouldBe("2.0");
        orderers[2].ShouldBe(new SoftTimestampOrderer(1500000000, 3));
        orderers[3].ShouldBeOfType<NoOrderer>().Packages.ShouldBe(["foo"]);
        PerFamilyOrderer perFamily = orderers[4].ShouldBeOfType<PerFamilyOrderer>();
        perFamily.Orderers.ShouldHaveSingleItem().Packages.ShouldBe(["baz"]);
        perFamily.DefaultOrder.ShouldBe(new SortedOrderer(true));
        options.ConfiguredOrderers.ShouldHaveSingleItem().ShouldBe(new NoOrderer());
        options.Timestamp.ShouldBe(1500000001);
        options.Building.ShouldBeTrue();
        options.Optimised.ShouldBeFalse();
        options.ErrorOnMissingVariantRequires.ShouldBeFalse();
        options.PruneUnfailed.ShouldBeFalse();
        options.MaxFails.ShouldBe(9);

        string written = Write(options);
        Write(Read(written)).ShouldBe(written);
        using JsonDocument source = JsonDocument.Parse(Json);
        using JsonDocument copy = JsonDocument.Parse(written);
        JsonElement.DeepEquals(source.RootElement, copy.RootElement).ShouldBeTrue(written);
    }

    [Fact]
    public void Configuration_may_have_one_item_instead_of_a_list()
    {
        ResolveOptions options = Read(
            """
            {
              "package_filter": {"excludes": "foo-1"},
              "package_orderers": [{"type": "no_order", "packages": "foo"}, {"type": "no_order", "packages": ["*"]}]
            }
            """
        );

        options.PackageFilters.ShouldHaveSingleItem().Excludes.ShouldBe(["foo-1"]);
        options.PackageOrderers![0].Packages.ShouldBe(["foo"]);
        options.PackageOrderers[1].Packages.ShouldBe(["*"]);
    }

    [Fact]
    public void An_empty_list_of_orderers_is_not_the_same_as_none()
    {
        Read("""{"package_orderers": []}""").PackageOrderers.ShouldNotBeNull().ShouldBeEmpty();
        Read("""{"package_orderers": null}""").PackageOrderers.ShouldBeNull();
    }

    [Theory]
    [InlineData("[]", "options.json: expected an object, found a list")]
    [InlineData("""{"max_fail": 1}""", "options.json, 'max_fail': unknown option")]
    [InlineData("""{"building": 1}""", "'building': expected true or false, found 1")]
    [InlineData("""{"package_filter": [{"exclude": []}]}""", "'package_filter', filter 0, 'exclude': unknown field")]
    [InlineData("""{"package_orderers": [{}]}""", "'package_orderers', orderer 0: 'type' is missing")]
    [InlineData("""{"package_orderers": [{"type": "random"}]}""", "expected one of sorted, version_split,")]
    [InlineData("""{"package_orderers": [{"type": "sorted"}]}""", "orderer 0: 'descending' is missing")]
    [InlineData(
        """{"package_orderers": [{"type": "per_family", "orderers": [{"type": "no_order"}]}]}""",
        "orderer 0, 'orderers', orderer 0: 'packages' is missing"
    )]
    public void Malformed_options_name_the_place(string json, string message) =>
        Should.Throw<PackageDataException>(() => Read(json)).Message.ShouldContain(message);

    private static ResolveOptions Read(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return OptionsJson.Read(document.RootElement, "options.json");
    }

    private static string Write(ResolveOptions options)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            OptionsJson.Write(writer, options);
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
