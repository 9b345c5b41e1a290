using Rer.Books;
using Rer.Tests.Engines;

namespace Rer.Tests.Contracts;

public class FailureTests
{
    [Theory]
    [MemberData(nameof(AllEngines.Names), MemberType = typeof(AllEngines))]
    public void Failures_are_told_by_index_from_either_end(string engine)
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

    private static FailedResult Fail(string engine)
    {
        (IPackageRepository repository, Case failing) = Packages.SeveralFailures;
        return AllEngines.Resolver(engine).Resolve(failing.Request, repository).ShouldBeOfType<FailedResult>();
    }
}
