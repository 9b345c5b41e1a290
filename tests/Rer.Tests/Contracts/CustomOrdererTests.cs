using System.Collections;
using System.Collections.Immutable;
using Rer.Tests.Engines;

namespace Rer.Tests.Contracts;

/// <summary>Caller-supplied orderers.</summary>
public class CustomOrdererTests
{
    private static readonly MemoryPackageRepository s_packages = new([
        ("app", "1", new() { Requires = ["lib"] }),
        ("lib", "1.0", new()),
        ("lib", "10.0", new()),
        ("lib", "9.0", new()),
        (
            "tool",
            "1",
            new()
            {
                Variants =
                [
                    ["lib-1"],
                    ["lib-9"],
                    ["lib-10"],
                ],
            }
        ),
        (
            "pair",
            "1",
            new()
            {
                Variants =
                [
                    ["lib-10"],
                    ["other-1"],
                    ["lib-1"],
                ],
            }
        ),
        ("other", "1", new()),
    ]);

    [Theory]
    [MemberData(nameof(AllEngines.Names), MemberType = typeof(AllEngines))]
    public void The_most_preferred_version_is_tried_first_and_those_left_out_last(string engine)
    {
        Resolve(engine, new Ordering(["9.0"]), "app").ShouldBe("lib-9.0 app-1");
        Resolve(engine, new Ordering(["9.0"]), "app", "!lib-9").ShouldBe("lib-1.0 app-1");
        Resolve(engine, new Ordering(["9.0", "10.0"]), "app", "!lib-9").ShouldBe("lib-10.0 app-1");
        Resolve(engine, new Ordering([]), "lib").ShouldBe("lib-1.0");
    }

    [Theory]
    [MemberData(nameof(AllEngines.Names), MemberType = typeof(AllEngines))]
    public void It_is_asked_once_for_a_family_whose_order_matters(string engine)
    {
        Ordering ordering = new(["9.0"]);
        Resolve(engine, ordering, "lib", "app", "tool");
        Resolve(engine, ordering, "lib-9", "app");
        ordering.Asked.ShouldBe(["lib: 1.0 9.0 10.0"]);
    }

    [Fact]
    public void Its_answer_in_another_solve_is_not_reused()
    {
        CompiledRepository packages = new(s_packages);
        List<string> answer = ["9.0", "10.0", "1.0"];
        Changing ordering = new(answer);
        Lib().ShouldBe("lib-9.0");
        answer.Reverse();
        Lib().ShouldBe("lib-1.0");
        answer.RemoveRange(1, 2);
        Lib().ShouldBe("lib-1.0");
        answer[0] = "10.0";
        Lib().ShouldBe("lib-10.0");
        answer.Add("10.0");
        Ask().ShouldBeOfType<ErrorResult>().Message.ShouldContain("twice");

        string Lib() => string.Join(' ', Ask().ShouldBeOfType<SolvedResult>().Packages);

        ResolveResult Ask() =>
            new FastResolver().Resolve(
                ["lib"],
                packages,
                new ResolveOptions { PackageOrderers = [new CustomOrderer(ordering)] }
            );
    }

    [Fact]
    public void An_answer_that_cannot_change_is_recognised_without_being_read()
    {
        CompiledRepository packages = new(s_packages);
        ImmutableArray<string> once = ["9.0", "10.0", "1.0"];
        Lib(once).ShouldBe("lib-9.0");
        Lib(once).ShouldBe("lib-9.0");
        Lib(["9.0", "10.0", "1.0"]).ShouldBe("lib-9.0");
        Lib(["1.0", "10.0", "9.0"]).ShouldBe("lib-1.0");
        Lib(once).ShouldBe("lib-9.0");
        Ask(default).ShouldBeOfType<ErrorResult>().Message.ShouldContain("it returned null");
        Ask(["10.0", "10.0"]).ShouldBeOfType<ErrorResult>().Message.ShouldContain("twice");

        string Lib(ImmutableArray<string> answer) =>
            string.Join(' ', Ask(answer).ShouldBeOfType<SolvedResult>().Packages);

        ResolveResult Ask(ImmutableArray<string> answer) =>
            new FastResolver().Resolve(
                ["lib"],
                packages,
                new ResolveOptions { PackageOrderers = [new CustomOrderer(new Changing(answer))] }
            );
    }

    [Theory]
    [MemberData(nameof(AllEngines.Names), MemberType = typeof(AllEngines))]
    public void An_answer_that_fails_as_it_is_read_is_the_orderers_error(string engine) =>
        AllEngines
            .Resolver(engine)
            .Resolve(
                ["lib"],
                s_packages,
                new ResolveOptions { PackageOrderers = [new CustomOrderer(new Changing(new Failing()))] }
            )
            .ShouldBeOfType<ErrorResult>()
            .Message.ShouldContain("no more");

    [Theory]
    [MemberData(nameof(AllEngines.Names), MemberType = typeof(AllEngines))]
    public void It_applies_to_the_families_that_it_names(string engine)
    {
        Ordering ordering = new(["9.0"]);
        CustomOrderer others = new(ordering) { Packages = ["other"] };
        Resolve(engine, [others], "app").ShouldBe("lib-10.0 app-1");
        Resolve(engine, [others, new SortedOrderer(Descending: false)], "app").ShouldBe("lib-1.0 app-1");
        Resolve(engine, [new PerFamilyOrderer([new CustomOrderer(ordering) { Packages = ["lib"] }], null)], "app")
            .ShouldBe("lib-9.0 app-1");
        Resolve(engine, [others, new CustomOrderer(ordering)], "app").ShouldBe("lib-9.0 app-1");
    }

    [Theory]
    [MemberData(nameof(AllEngines.Names), MemberType = typeof(AllEngines))]
    public void Variants_are_chosen_as_without_it_unless_it_ranks_ranges(string engine)
    {
        Resolve(engine, new Ordering(["9.0"]), "tool").ShouldBe("lib-10.0 tool-1[2]");
        Ordering ranking = new(["9.0"]) { Preferred = ["lib-9", "other-1", "lib-10"] };
        Resolve(engine, ranking, "tool").ShouldBe("lib-9.0 tool-1[1]");
        Resolve(engine, ranking, "tool", "lib").ShouldBe("lib-9.0 tool-1[1]");
        Resolve(engine, ranking, "tool", "!lib-9").ShouldBe("lib-10.0 tool-1[2]");
        // Ranges of two families are compared if variants add different families.
        Resolve(engine, ranking, "pair").ShouldBe("other-1 pair-1[1]");
    }

    [Theory]
    [MemberData(nameof(AllEngines.Names), MemberType = typeof(AllEngines))]
    public void Misbehaviour_is_an_error_that_names_it(string engine)
    {
        Message(new Ordering(null)).ShouldBe("package orderer 'mine' failed on family 'lib': it returned null");
        Message(new Ordering(["9.0", "2"]))
            .ShouldBe(
                "package orderer 'mine' failed on family 'lib': it returned '2', which is not a version of the family"
            );
        Message(new Ordering(["9.0", null!])).ShouldContain("it returned ''");
        Message(new Ordering(["9.0", "1.0", "9.0"]))
            .ShouldBe("package orderer 'mine' failed on family 'lib': it returned version '9.0' twice");
        Message(new Ordering([]) { Error = new InvalidOperationException("the server is down") })
            .ShouldBe("package orderer 'mine' failed on family 'lib': the server is down");
        Message(new Ordering([]) { Preferred = [], IsContrary = true }, "tool").ShouldContain("it contradicts itself");

        string Message(Ordering ordering, string request = "app")
        {
            ErrorResult error = Ask(engine, [new CustomOrderer(ordering)], request).ShouldBeOfType<ErrorResult>();
            error.Kind.ShouldBe(ResolveErrorKind.PackageOrderer);
            return error.Message;
        }
    }

    [Fact]
    public void It_must_not_be_null() => Should.Throw<ArgumentNullException>(() => new CustomOrderer(null!));

    private static string Resolve(string engine, Ordering ordering, params string[] request) =>
        Resolve(engine, [new CustomOrderer(ordering)], request);

    private static string Resolve(string engine, PackageOrderer[] orderers, params string[] request) =>
        string.Join(' ', Ask(engine, orderers, request).ShouldBeOfType<SolvedResult>().Packages);

    private static ResolveResult Ask(string engine, PackageOrderer[] orderers, params string[] request) =>
        AllEngines.Resolver(engine).Resolve(request, s_packages, new ResolveOptions { PackageOrderers = orderers });

    private sealed class Changing(IReadOnlyList<string> answer) : IPackageOrderer
    {
        public string Name => "changing";

        public IReadOnlyList<string> Order(string family, IReadOnlyList<string> versions) => answer;
    }

    private sealed class Failing : IReadOnlyList<string>
    {
        public int Count => throw new InvalidOperationException("no more");

        public string this[int index] => throw new InvalidOperationException("no more");

        public IEnumerator<string> GetEnumerator() => throw new InvalidOperationException("no more");

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class Ordering(string[]? answer) : IPackageOrderer
    {
        public List<string> Asked { get; } = [];

        public Exception? Error { get; init; }

        public string[]? Preferred { get; init; }

        public bool IsContrary { get; init; }

        public string Name => "mine";

        public bool RanksRanges => Preferred is not null;

        public IReadOnlyList<string> Order(string family, IReadOnlyList<string> versions)
        {
            Asked.Add($"{family}: {string.Join(' ', versions)}");
            return Error is null ? (family == "lib" ? answer! : versions) : throw Error;
        }

        public int CompareRanges(string family, string range, string otherFamily, string otherRange)
        {
            int first = Rank($"{family}-{range}");
            int second = Rank($"{otherFamily}-{otherRange}");
            return IsContrary ? 1 : second.CompareTo(first);
        }

        private int Rank(string range) =>
            Array.IndexOf(Preferred!, range) is var rank and >= 0 ? rank : Preferred!.Length;
    }
}
