using Rer.Books;
using Rer.Tests.Engines;

namespace Rer.Tests.Corpus;

public class VersionVectorTests
{
    public static TheoryData<string> Engines => [.. AllEngines.Algebras.Keys];

    [Theory]
    [MemberData(nameof(Engines))]
    public void Versions_ranges_and_requirements_are_those_of_rez(string engine)
    {
        VectorReport report = VersionVectors.Check(DataSet.VersionVectors, AllEngines.Algebras[engine]);

        report.Count.ShouldBeGreaterThan(5000);
        report.Differences.ShouldBeEmpty();
    }
}
