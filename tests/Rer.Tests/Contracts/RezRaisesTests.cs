namespace Rer.Tests.Contracts;

/// <summary>Requests for which rez may raise an exception. The engine says so.</summary>
public class RezRaisesTests
{
    private static readonly SortedOrderer s_ascending = new(Descending: false);

    private static readonly MemoryPackageRepository s_packages = new([
        (
            "app",
            "1",
            new()
            {
                Variants =
                [
                    ["~lib"],
                    ["lib-1"],
                ],
            }
        ),
        (
            "tool",
            "1",
            new()
            {
                Variants =
                [
                    ["~lib-1"],
                    ["lib-1"],
                ],
            }
        ),
        ("lib", "1", new()),
    ]);

    [Theory]
    [InlineData("~lib in a package", "app", "lib")]
    [InlineData(null, "app")]
    [InlineData(null, "app", "!lib-2")]
    [InlineData(null, "tool", "lib")]
    [InlineData(null, "tool", "lib", "lib-2..1")]
    public void A_weak_reference_without_a_range_to_a_requested_family(string? reason, params string[] request)
    {
        string? found = ReasonOf(new ResolveOptions(), request);
        found?.Split(':')[0].ShouldBe(reason);
        (found is null).ShouldBe(reason is null);
    }

    [Fact]
    public void A_rank_of_soft_timestamp()
    {
        SoftTimestampOrderer ranked = new(Timestamp: 1, Rank: 2);
        PerFamilyOrderer holder = new([s_ascending with { Packages = ["lib"] }], ranked);

        Given(new SoftTimestampOrderer(Timestamp: 1, Rank: 0)).ShouldBeNull();
        Given(s_ascending, ranked).ShouldStartWith("soft_timestamp with a rank");
        Given(holder).ShouldStartWith("soft_timestamp with a rank");
        ReasonOf(new ResolveOptions { ConfiguredOrderers = [ranked] }, "tool").ShouldStartWith("soft_timestamp");
    }

    [Fact]
    public void A_per_family_that_may_be_asked_about_others()
    {
        PerFamilyOrderer ofLib = new([s_ascending with { Packages = ["lib"] }], DefaultOrder: null);
        PerFamilyOrderer ofAll = new([s_ascending with { Packages = ["lib", "*"] }], DefaultOrder: null);
        PerFamilyOrderer nested = new([ofLib with { Packages = ["app"] }], s_ascending);

        Given(ofLib).ShouldBeNull();
        Given(ofAll).ShouldStartWith("per_family without a default order");
        Given(nested).ShouldStartWith("per_family without a default order");
        Given(ofAll with { DefaultOrder = s_ascending }).ShouldBeNull();
    }

    private static string? Given(params PackageOrderer[] orderers) =>
        ReasonOf(new ResolveOptions { PackageOrderers = orderers }, "tool");

    private static string? ReasonOf(ResolveOptions options, params string[] request)
    {
        CompiledRepository packages = new(s_packages);
        new FastResolver().Resolve(request, packages, options);
        return RezRaises.Reason(request, packages, options);
    }
}
