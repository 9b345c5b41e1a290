using Rer.Books;
using Rer.Tests.Engines;

namespace Rer.Tests.Contracts;

public class FailureTests
{
    [Theory]
    [MemberData(nameof(AllEngines.Names), MemberType = typeof(AllEngines))]
    public void Failures_are_found_by_index_from_either_end(string engine)
    {
        FailedResult result = Fail(engine);
        IReadOnlyList<CaseFailure> recorded = Packages.SeveralFailures.Case.Failures!;

        int count = result.Statistics.NumFails;
        count.ShouldBe(recorded.Count);
        for (int i = 0; i < count; i++)
        {
            result.GetFailure(i).Description.ShouldBe(recorded[i].Description);
            result.GetFailure(i - count).Description.ShouldBe(recorded[i].Description);
            CaseGraph.Of(result.GetGraph(i - count)).Nodes.ShouldBe(CaseGraph.Of(result.GetGraph(i)).Nodes);
        }
        result.Failure.Description.ShouldBe(recorded[0].Description);
    }

    [Theory]
    [MemberData(nameof(AllEngines.Names), MemberType = typeof(AllEngines))]
    public void There_are_no_other_failures(string engine)
    {
        FailedResult result = Fail(engine);

        int count = result.Statistics.NumFails;
        Should.Throw<ArgumentOutOfRangeException>(() => result.GetFailure(count));
        Should.Throw<ArgumentOutOfRangeException>(() => result.GetFailure(-count - 1));
        Should.Throw<ArgumentOutOfRangeException>(() => result.GetGraph(count));
        Should.Throw<ArgumentOutOfRangeException>(() => result.GetGraph(-count - 1));
    }

    /// <summary>
    /// The excluded <c>lib</c> widens in the step that fails. The solve has not read the requirements of <c>lib-1</c>,
    /// but drawing does, and rez's <c>get_graph</c> raises <c>ResolveError</c>.
    /// </summary>
    [Theory]
    [MemberData(nameof(AllEngines.Names), MemberType = typeof(AllEngines))]
    public void A_failure_without_a_graph_is_still_a_failure(string engine)
    {
        Book book = DataSet.ReadBooks("data_set/regressions/undrawable-graph.json").Single();
        Case failing = book.Cases.Single();
        FailedResult result = AllEngines
            .Resolver(engine)
            .Resolve(failing.Request, book.Repository)
            .ShouldBeOfType<FailedResult>();

        result.Failure.Description.ShouldBe(failing.Description);
        const string Why =
            "the graph cannot be drawn: "
            + "The package lib-1[] has an internal requirements conflict: py-1 <--!--> py-2";
        Should.Throw<InvalidOperationException>(() => result.GetGraph()).Message.ShouldBe(Why);
        Should.Throw<InvalidOperationException>(() => result.GetGraph(0)).Message.ShouldBe(Why);

        Recording everything = new(Graph: true, Failures: true, FailureGraphs: true);
        Case recorded = CaseRecorder.Record(failing.Request, failing.Options, result, everything);
        recorded.Graph.ShouldBeNull();
        recorded.Failures!.Single().Graph.ShouldBeNull();
        CaseComparison.Compare(failing, recorded).ShouldBeEmpty();
    }

    private static FailedResult Fail(string engine)
    {
        (IPackageRepository repository, Case failing) = Packages.SeveralFailures;
        return AllEngines.Resolver(engine).Resolve(failing.Request, repository).ShouldBeOfType<FailedResult>();
    }
}
