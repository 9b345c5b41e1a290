using Rer.Books;
using Rer.Tests.Engines;

namespace Rer.Tests.Corpus;

public class VersionVectorTests
{
    [Theory]
    [MemberData(nameof(AllEngines.Names), MemberType = typeof(AllEngines))]
    public void Versions_ranges_and_requirements_are_those_of_rez(string engine)
    {
        VectorReport report = VersionVectors.Check(DataSet.VersionVectors, AllEngines.Named(engine).Algebra);

        report.Count.ShouldBeGreaterThan(5000);
        report.Differences.ShouldBeEmpty();
    }
}
