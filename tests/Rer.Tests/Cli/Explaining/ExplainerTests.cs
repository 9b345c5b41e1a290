using Rer.Books;
using Rer.Insights;

namespace Rer.Tests.Cli.Explaining;

public sealed class ExplainerTests
{
    private const int Wanted = 200;

    private static readonly FastResolver s_resolver = new();

    /// <summary>Failing requests of the books, several from each file.</summary>
    private static IEnumerable<(string Title, IPackageRepository Repository, Case Case)> FailingCases()
    {
        foreach (string file in DataSet.BookFiles())
        {
            IEnumerable<(string, IPackageRepository, Case)> cases = BookFile
                .Read(Path.Combine(DataSet.Root, file))
                .SelectMany(book =>
                    book.Cases.Select((@case, i) => ($"{file}, {book.Name}, case {i}", book.Repository, @case))
                )
                .Where(item => item.@case is { Status: CaseStatus.Failed, Options.MaxFails: null });
            foreach ((string, IPackageRepository, Case) item in cases.Take(Wanted / 4))
            {
                yield return item;
            }
        }
    }

    [Fact]
    public void Every_member_of_a_core_is_needed_and_every_remedy_resolves()
    {
        int count = 0;
        foreach ((string title, IPackageRepository repository, Case failing) in FailingCases().Take(Wanted))
        {
            var question = new Question(s_resolver, repository, failing.Options, TestContext.Current.CancellationToken);

            Explanation explanation = Explainer.Explain(failing.Request, question).ShouldNotBeNull(title);

            Explainer.AreUnsolvable(explanation.Core, repository, question).ShouldBe(true, title);
            foreach (Demand member in explanation.Core)
            {
                Demand[] rest = [.. explanation.Core.Where(demand => demand != member)];
                Explainer
                    .AreUnsolvable(rest, repository, question)
                    .ShouldNotBe(true, $"{title}: {member} is not needed");
            }
            explanation.Remedies.ShouldNotBeEmpty(title);
            foreach (Remedy remedy in explanation.Remedies.Where(remedy => !remedy.IsUnfiltered))
            {
                s_resolver
                    .Resolve(remedy.Request, repository, failing.Options, TestContext.Current.CancellationToken)
                    .ShouldBeOfType<SolvedResult>($"{title}: {string.Join(" and ", remedy.Changes)}");
            }
            count++;
        }
        count.ShouldBe(Wanted);
    }
}
