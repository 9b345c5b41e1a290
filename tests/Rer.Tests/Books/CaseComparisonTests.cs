using Rer.Books;

namespace Rer.Tests.Books;

public class CaseComparisonTests
{
    private static readonly CaseFailure s_failure = new(
        "TotalReduction",
        "d",
        ["a"],
        null,
        ["Paths:", "  a --> b"],
        new CaseGraph([new CaseNode("a", "", "")], []),
        ["digraph g {", "}"]
    );

    private static readonly Case s_solved = new()
    {
        Request = ["foo"],
        Status = CaseStatus.Solved,
        Resolved = [new ResolvedPackage("bar", "1", null), new ResolvedPackage("foo", "2", 0)],
        Ephemerals = [".x-1"],
        NumSolves = 3,
        NumFails = 1,
        NumExtractions = 5,
        NumIntersections = 6,
        NumReductions = 7,
        Graph = new CaseGraph([new CaseNode("a", "", ""), new CaseNode("b", "", "")], [new CaseEdge("a", "b", "", "")]),
        Dot = ["digraph g {", "}"],
        Trace = ["one", "two"],
        Failures = [s_failure],
    };

    private static readonly Case s_cycle = new()
    {
        Request = ["a"],
        Status = CaseStatus.Failed,
        Failure = "Cycle",
        Description = "A cyclic dependency was detected: a-1 --> b-1 --> c-1 --> a-1",
        Involved = ["a-1", "b-1", "c-1"],
        Cycle = ["a-1", "b-1", "c-1"],
    };

    /// <summary>For each field of a case: a case that has it, and another in which it differs.</summary>
    public static TheoryData<string, Func<Case, Case>> Changes =>
        new()
        {
            { "resolved", c => c with { Resolved = [.. c.Resolved!.Reverse()] } },
            { "resolved", c => c with { Resolved = [c.Resolved![0], c.Resolved[1] with { VariantIndex = 1 }] } },
            { "resolved", c => c with { Resolved = [] } },
            { "ephemerals", c => c with { Ephemerals = [] } },
            { "num_solves", c => c with { NumSolves = 4 } },
            { "num_fails", c => c with { NumFails = 2 } },
            { "num_extractions", c => c with { NumExtractions = 0 } },
            { "num_intersections", c => c with { NumIntersections = 0 } },
            { "num_reductions", c => c with { NumReductions = 0 } },
            { "graph node", c => c with { Graph = new CaseGraph(c.Graph!.Nodes.Skip(1), c.Graph.Edges) } },
            {
                "graph edge",
                c => c with { Graph = new CaseGraph(c.Graph!.Nodes, [.. c.Graph.Edges, .. c.Graph.Edges]) }
            },
            { "dot", c => c with { Dot = ["digraph g {"] } },
            { "trace", c => c with { Trace = ["one", "three"] } },
            { "number of failures", c => c with { Failures = [] } },
            { "failures: description", c => c with { Failures = [s_failure with { Description = "e" }] } },
            { "failures: graph node", c => c with { Failures = [s_failure with { Graph = new CaseGraph([], []) }] } },
            { "failures: detail", c => c with { Failures = [s_failure with { Detail = ["Paths:", "  a"] }] } },
            { "failures: dot", c => c with { Failures = [s_failure with { Dot = [] }] } },
        };

    [Theory]
    [MemberData(nameof(Changes), DisableDiscoveryEnumeration = true)]
    public void A_change_in_any_field_is_a_difference(string field, Func<Case, Case> change)
    {
        CaseComparison.Compare(s_solved, change(s_solved)).ShouldHaveSingleItem().Field.ShouldBe(field);
        CaseComparison.Compare(s_solved, s_solved).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(CaseStatus.Failed)]
    [InlineData(CaseStatus.Error)]
    [InlineData(CaseStatus.Stopped)]
    public void Another_outcome_is_one_difference_with_its_text(CaseStatus status)
    {
        Case got = new()
        {
            Request = ["foo"],
            Status = status,
            Message = "why",
        };
        Difference difference = CaseComparison.Compare(s_solved, got).ShouldHaveSingleItem();
        difference.ToString().ShouldBe($"status: expected solved, got {status.ToString().ToLowerInvariant()}: why");
    }

    [Fact]
    public void Failures_differ_in_kind_text_and_involved()
    {
        Case expected = new()
        {
            Request = [],
            Status = CaseStatus.Failed,
            Failure = "TotalReduction",
            Description = "d",
            Involved = ["a", "b"],
        };
        Case got = expected with { Failure = "DependencyConflicts", Description = "e", Involved = ["b", "a"] };
        CaseComparison.Compare(expected, got).Select(d => d.Field).ShouldBe(["failure", "description", "involved"]);
    }

    [Fact]
    public void Errors_differ_in_kind_and_text()
    {
        Case expected = new()
        {
            Request = [],
            Status = CaseStatus.Error,
            Error = ResolveErrorKind.PackageNotFound,
            Message = "m",
        };
        Case got = expected with { Error = ResolveErrorKind.PackageFamilyNotFound, Message = "n" };
        CaseComparison.Compare(expected, got).Select(d => d.Field).ShouldBe(["error", "message"]);
    }

    [Fact]
    public void The_text_of_a_parse_error_may_contain_its_location()
    {
        Case expected = new()
        {
            Request = [],
            Status = CaseStatus.Error,
            Error = ResolveErrorKind.InvalidSyntax,
            Message = "Invalid bound",
        };
        CaseComparison.Compare(expected, expected with { Message = "request 'foo': Invalid bound" }).ShouldBeEmpty();
        CaseComparison.Compare(expected, expected with { Message = "request 'foo'" }).ShouldHaveSingleItem();
        Case missing = expected with { Error = ResolveErrorKind.PackageNotFound };
        CaseComparison.Compare(missing, missing with { Message = "so: Invalid bound" }).ShouldHaveSingleItem();
    }

    [Fact]
    public void Another_of_several_cycles_is_accepted_if_it_is_one()
    {
        IPackageRepository repository = Packages.Of(
            """
            {
              "a": {"1": {"requires": ["b"]}},
              "b": {"1": {"variants": [["c-1"], ["d==1"]]}},
              "c": {"1": {"requires": ["a"]}},
              "d": {"1": {"requires": ["a", "!c"]}, "2": {"requires": ["a"]}}
            }
            """
        );
        Case other = Cycle("a-1", "b-1", "d-1");
        CaseComparison.Compare(s_cycle, other, repository).ShouldBeEmpty();
        CaseComparison.Compare(s_cycle, other).ShouldNotBeEmpty("nothing is known of the packages");

        CaseComparison.Compare(s_cycle, Cycle("a-1", "d-1"), repository).ShouldNotBeEmpty("a does not require d");
        CaseComparison.Compare(s_cycle, Cycle("d-1", "c-1", "a-1", "b-1"), repository).ShouldNotBeEmpty("a conflict");
        CaseComparison.Compare(s_cycle, Cycle("a-1", "b-1", "d-3"), repository).ShouldNotBeEmpty("there is no d-3");
        CaseComparison.Compare(s_cycle, Cycle("a-2", "b-1", "d-1"), repository).ShouldNotBeEmpty("a has version 1");
        CaseComparison
            .Compare(s_cycle, other with { Involved = s_cycle.Involved }, repository)
            .ShouldNotBeEmpty("its parts tell two cycles");

        static Case Cycle(params string[] packages) =>
            s_cycle with
            {
                Description = $"A cyclic dependency was detected: {string.Join(" --> ", packages.Append(packages[0]))}",
                Involved = packages,
                Cycle = packages,
            };
    }

    [Fact]
    public void A_cycle_may_start_anywhere()
    {
        Case rotated = s_cycle with
        {
            Description = "A cyclic dependency was detected: c-1 --> a-1 --> b-1 --> c-1",
            Involved = ["b-1", "c-1", "a-1"],
            Cycle = ["c-1", "a-1", "b-1"],
        };
        CaseComparison.Compare(s_cycle, rotated).ShouldBeEmpty();

        // The start of a cycle shows in the order of edges.
        Case drawn = s_cycle with
        {
            Detail = ["  a --> b"],
            Dot = ["_1 -> _2"],
        };
        Case other = rotated with { Detail = ["  a --> c"], Dot = ["_2 -> _1"] };
        CaseComparison.Compare(drawn, other).ShouldBeEmpty();
        CaseComparison
            .Compare(drawn, other with { Cycle = s_cycle.Cycle })
            .Select(d => d.Field)
            .ShouldBe(["detail", "dot"]);
    }

    [Fact]
    public void A_cycle_the_other_way_round_is_another_cycle()
    {
        Case reversed = s_cycle with
        {
            Description = "A cyclic dependency was detected: a-1 --> c-1 --> b-1 --> a-1",
            Involved = ["a-1", "c-1", "b-1"],
            Cycle = ["a-1", "c-1", "b-1"],
        };
        CaseComparison.Compare(s_cycle, reversed).Select(d => d.Field).ShouldBe(["description", "involved", "cycle"]);
    }

    [Fact]
    public void The_text_of_a_cycle_must_be_that_of_rez()
    {
        Case got = s_cycle with { Description = "A cyclic dependency: a-1 --> b-1 --> c-1 --> a-1" };
        CaseComparison.Compare(s_cycle, got).ShouldHaveSingleItem().Field.ShouldBe("description");
    }

    [Fact]
    public void Fields_that_an_engine_does_not_keep_are_skipped()
    {
        Case got = s_solved with { NumExtractions = null, NumIntersections = null, NumReductions = null, Trace = null };
        CaseComparison.Compare(s_solved, got).ShouldBeEmpty();
        CaseComparison.Compare(s_solved, got with { NumSolves = null }).ShouldHaveSingleItem();
    }

    [Fact]
    public void Fields_that_were_not_recorded_are_not_compared() =>
        CaseComparison.Compare(new Case { Request = ["foo"] }, s_solved).ShouldBeEmpty();

    [Fact]
    public void Only_the_first_difference_of_a_long_list_is_shown()
    {
        string[] lines = [.. Enumerable.Range(0, 40).Select(i => $"line{i}")];
        Case expected = new() { Request = [], Trace = lines };
        Case got = expected with { Trace = [.. lines[..20], "else"] };
        CaseComparison
            .Compare(expected, got)
            .ShouldHaveSingleItem()
            .ToString()
            .ShouldBe("trace: expected line20 (item 20 of 40), got else (item 20 of 21)");
    }

    [Fact]
    public void Normalising_a_log_removes_statistics_trailing_blanks_and_set_order() =>
        TraceText
            .Normalise("a  \nsplit (reason: fc, fa, fb) into 2\r\n\nend\n\nSOLVE STATS:\n{0.1}\n")
            .ShouldBe(["a", "split (reason: fa, fb, fc) into 2", "", "end"]);
}
