using Rer.Books;
using Rer.Tests.Engines;

namespace Rer.Tests.Contracts;

public class FailureTests
{
    [Theory]
    [MemberData(nameof(AllEngines.Names), MemberType = typeof(AllEngines))]
    public void Failures_are_told_by_index_from_either_end(string engine)
    {
        (IPackageRepository repository, Case failing) = Packages.SeveralFailures;
        FailedResult result = AllEngines
            .Resolver(engine)
            .Resolve(failing.Request, repository)
            .ShouldBeOfType<FailedResult>();

        int count = result.Statistics.NumFails;
        count.ShouldBe(failing.Failures!.Count);
        for (int i = 0; i < count; i++)
        {
            result.GetFailure(i).Description.ShouldBe(failing.Failures[i].Description);
            result.GetFailure(i - count).Description.ShouldBe(failing.Failures[i].Description);
            CaseGraph.Of(result.GetGraph(i - count)).Nodes.ShouldBe(CaseGraph.Of(result.GetGraph(i)).Nodes);
        }
        result.Failure.Description.ShouldBe(failing.Failures[0].Description);
    }

    [Theory]
    [MemberData(nameof(AllEngines.Names), MemberType = typeof(AllEngines))]
    public void There_are_no_other_failures(string engine)
    {
        (IPackageRepository repository, Case failing) = Packages.SeveralFailures;
        FailedResult result = AllEngines
            .Resolver(engine)
            .Resolve(failing.Request, repository)
            .ShouldBeOfType<FailedResult>();

        int count = result.Statistics.NumFails;
        Should.Throw<ArgumentOutOfRangeException>(() => result.GetFailure(count));
        Should.Throw<ArgumentOutOfRangeException>(() => result.GetFailure(-count - 1));
        Should.Throw<ArgumentOutOfRangeException>(() => result.GetGraph(count));
        Should.Throw<ArgumentOutOfRangeException>(() => result.GetGraph(-count - 1));
    }
}
