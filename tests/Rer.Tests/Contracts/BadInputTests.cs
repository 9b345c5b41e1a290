using Rer.Tests.Engines;

namespace Rer.Tests.Contracts;

/// <summary>
/// Invalid input ends in an error that names the input and the place in one line, and never in an exception.
/// </summary>
/// <remarks>rez's own errors for invalid requests and filters are in the book <c>edges</c>.</remarks>
public class BadInputTests
{
    private static readonly IPackageRepository s_packages = Packages.Of(
        """
        {
          "foo": {"1": {"requires": ["bar"]}},
          "bar": {"1": {}, "2": {}},
          "torn": {"1": {"requires": ["bar-1", "bar-2"]}},
          "tornvariant": {"1": {"requires": ["bar-1"], "variants": [["foo"], ["bar-2"]]}},
          "garbled": {"1": {"requires": ["bar-1+<"]}},
          "garbledvariant": {"1": {"variants": [["bar==1+"]]}},
          "tornandgarbled": {"1": {"requires": ["bar-1", "bar-2", "bar-1+<"]}},
          "oddversion": {"1..2": {}, "1": {}},
          "unknown": {"1": {"requires": ["nosuch-2"]}}
        }
        """
    );

    public static TheoryData<string, string, ResolveErrorKind, string> Requests =>
        Matrix(
            ("nosuch", ResolveErrorKind.PackageFamilyNotFound, "package family not found: nosuch (searched: PATH)"),
            ("foo-9", ResolveErrorKind.PackageNotFound, "Package could not be found: foo-9"),
            ("foo-3+<2", ResolveErrorKind.InvalidSyntax, "Invalid version range '3+<2': Invalid bound"),
            ("", ResolveErrorKind.InvalidSyntax, "Not a valid package name: ''"),
            (
                "torn",
                ResolveErrorKind.PackageConflict,
                "The package torn-1[] has an internal requirements conflict: bar-1 <--!--> bar-2"
            ),
            (
                "tornvariant",
                ResolveErrorKind.PackageConflict,
                "The package tornvariant-1[1] has an internal requirements conflict: bar-1 <--!--> bar-2"
            ),
            ("garbled", ResolveErrorKind.InvalidSyntax, "bar-1+<"),
            ("garbledvariant", ResolveErrorKind.InvalidSyntax, "bar==1+"),
            // The reference used to merge requirements while it parsed them, and found the contradiction first.
            ("tornandgarbled", ResolveErrorKind.InvalidSyntax, "bar-1+<"),
            (
                "unknown",
                ResolveErrorKind.PackageFamilyNotFound,
                "package family not found: nosuch, was required by: unknown (searched: PATH)"
            ),
            ("oddversion", ResolveErrorKind.InvalidSyntax, "1..2")
        );

    [Theory]
    [MemberData(nameof(Requests))]
    public void Invalid_input_is_an_error_that_names_it(
        string engine,
        string request,
        ResolveErrorKind kind,
        string message
    )
    {
        ErrorResult result = AllEngines.Resolver(engine).Resolve([request], s_packages).ShouldBeOfType<ErrorResult>();

        result.Message.ShouldContain(message);
        result.Message.ShouldNotContain('\n');
        result.Kind.ShouldBe(kind);
    }

    /// <summary>
    /// The fast engine used to list a family while it extracted, and reported the family's fault. rez lists it only
    /// after the round, which fails before.
    /// </summary>
    [Theory]
    [InlineData("bar-2")]
    [InlineData("!bar-1")]
    [InlineData("otherbar")]
    public void A_fault_that_a_failed_round_does_not_reach_is_not_met(string beside)
    {
        IPackageRepository packages = Packages.Of(
            """
            {
              "foo": {"1": {"requires": ["bar-1", "oddversion"]}},
              "otherbar": {"1": {"requires": ["bar-2"]}},
              "bar": {"1": {}, "2": {}},
              "oddversion": {"1..2": {}, "1": {}}
            }
            """
        );
        ResolveResult[] results =
        [
            .. AllEngines.Names.Select(engine => AllEngines.Resolver(engine.Data).Resolve(["foo", beside], packages)),
        ];

        results.ShouldAllBe(result => result is FailedResult);
        results.Select(result => ((FailedResult)result).Failure.Description).Distinct().ShouldHaveSingleItem();
    }

    [Theory]
    [MemberData(nameof(AllEngines.Names), MemberType = typeof(AllEngines))]
    public void A_repository_that_cannot_be_read_is_an_error_with_its_message(string engine)
    {
        IResolver resolver = AllEngines.Resolver(engine);
        ErrorResult listing = resolver
            .Resolve(["foo"], new BrokenRepository(failsListing: true))
            .ShouldBeOfType<ErrorResult>();
        (listing.Kind, listing.Message).ShouldBe((ResolveErrorKind.PackageData, "disk: cannot list foo"));

        ErrorResult definition = resolver
            .Resolve(["foo"], new BrokenRepository(failsListing: false))
            .ShouldBeOfType<ErrorResult>();
        (definition.Kind, definition.Message).ShouldBe((ResolveErrorKind.PackageData, "disk: cannot read foo-1"));
    }

    /// <summary>
    /// The fast engine could not list the family of a conflict in the request. It used to mistake the round for a
    /// failed one, and the text of that failure threw.
    /// </summary>
    [Theory]
    [MemberData(nameof(AllEngines.Names), MemberType = typeof(AllEngines))]
    public void A_conflict_that_cannot_be_listed_is_an_error_when_its_family_is_required(string engine)
    {
        ErrorResult result = AllEngines
            .Resolver(engine)
            .Resolve(["!foo-2", "bar"], new BrokenRepository(failsListing: true))
            .ShouldBeOfType<ErrorResult>();

        (result.Kind, result.Message).ShouldBe((ResolveErrorKind.PackageData, "disk: cannot list foo"));
    }

    [Theory]
    [MemberData(nameof(AllEngines.Names), MemberType = typeof(AllEngines))]
    public void Null_is_a_mistake_of_the_caller(string engine)
    {
        IResolver resolver = AllEngines.Resolver(engine);
        Should.Throw<ArgumentNullException>(() => resolver.Resolve(null!, s_packages));
        Should.Throw<ArgumentNullException>(() => resolver.Resolve(["foo"], null!));
        Should
            .Throw<ArgumentException>(() => resolver.Resolve(["foo", null!], s_packages))
            .Message.ShouldStartWith("request[1] is null");
    }

    [Fact]
    public void Null_among_many_requests_is_reported_with_its_index()
    {
        FastResolver resolver = new();
        Should
            .Throw<ArgumentNullException>(() =>
                resolver.ResolveMany(
                    [
                        ["foo"],
                        null!,
                    ],
                    s_packages
                )
            )
            .ParamName.ShouldBe("requests[1]");
        Should
            .Throw<ArgumentException>(() =>
                resolver.ResolveMany(
                    [
                        ["foo"],
                        ["bar", null!],
                    ],
                    s_packages
                )
            )
            .Message.ShouldStartWith("requests[1][1] is null");
    }

    [Theory]
    [InlineData("foo", "foo: the repository's GetVersions returned null")]
    [InlineData("bar", "bar-1: the repository's GetDefinition returned null")]
    public void A_custom_repository_that_returns_null_is_reported(string request, string message)
    {
        ErrorResult result = new FastResolver()
            .Resolve([request], new ForgetfulRepository())
            .ShouldBeOfType<ErrorResult>();

        result.Kind.ShouldBe(ResolveErrorKind.PackageData);
        result.Message.ShouldStartWith(message);
    }

    private static TheoryData<string, string, ResolveErrorKind, string> Matrix(
        params (string Request, ResolveErrorKind Kind, string Message)[] rows
    )
    {
        TheoryData<string, string, ResolveErrorKind, string> matrix = [];
        foreach (TheoryDataRow<string> engine in AllEngines.Names)
        {
            foreach ((string request, ResolveErrorKind kind, string message) in rows)
            {
                matrix.Add(engine.Data, request, kind, message);
            }
        }
        return matrix;
    }

    private sealed class BrokenRepository(bool failsListing) : IPackageRepository
    {
        public IReadOnlyList<string> SearchPaths => ["disk"];

        public IEnumerable<string> GetFamilies() => ["foo", "bar"];

        public IReadOnlyList<string> GetVersions(string family) =>
            family == "foo" && failsListing ? throw new PackageDataException($"disk: cannot list {family}") : ["1"];

        public PackageDefinition GetDefinition(string family, string version) =>
            family == "bar"
                ? new PackageDefinition { Requires = ["foo-1"] }
                : throw new PackageDataException($"disk: cannot read {family}-{version}");
    }

    private sealed class ForgetfulRepository : IPackageRepository
    {
        public IReadOnlyList<string> SearchPaths => ["disk"];

        public IEnumerable<string> GetFamilies() => ["foo", "bar"];

        public IReadOnlyList<string> GetVersions(string family) => family == "bar" ? ["1"] : null!;

        public PackageDefinition GetDefinition(string family, string version) => null!;
    }
}
