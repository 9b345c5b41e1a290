using Rer.Books;
using Rer.Tests.Engines;

namespace Rer.Tests.Contracts;

public class ConcurrencyTests
{
    private const int Threads = 8;

    [Theory]
    [MemberData(nameof(AllEngines.Names), MemberType = typeof(AllEngines))]
    public void Answers_from_many_threads_equal_those_from_one(string engine)
    {
        Book[] books = [.. DataSet.ReadBooks("data_set/conformance/search.json").Take(20)];
        IResolver resolver = AllEngines.Resolver(engine);
        using Barrier start = new(Threads);
        int differing = 0;

        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(_ => new Thread(Run))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        differing.ShouldBe(0);

        void Run()
        {
            start.SignalAndWait();
            foreach (Book book in books)
            {
                foreach (Case expected in book.Cases)
                {
                    if (CaseComparison.Check(resolver, book.Repository, expected).Count > 0)
                    {
                        Interlocked.Increment(ref differing);
                    }
                }
            }
        }
    }
}
