using Rer.Books;

namespace Rer.Cli.Checking;

/// <summary>Solves the cases of a book again with an engine, on all cores.</summary>
internal static class BookCheck
{
    /// <summary>Checks every case, and reports in the order of the book.</summary>
    /// <param name="book">The book.</param>
    /// <param name="resolver">The engine.</param>
    /// <param name="writesLog">Whether the engine writes rez's log, so that traces are compared too.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    public static IEnumerable<CaseReport> Run(
        Book book,
        IResolver resolver,
        bool writesLog,
        CancellationToken cancellationToken
    ) =>
        book
            .Cases.Select((expected, index) => (expected, index))
            .AsParallel()
            .AsOrdered()
            .WithCancellation(cancellationToken)
            .WithMergeOptions(ParallelMergeOptions.NotBuffered)
            .Select(item => new CaseReport(
                $"{book.Name}, case {item.index}: {string.Join(' ', item.expected.Request)}",
                CaseComparison.Check(resolver, book.Repository, item.expected, writesLog, cancellationToken)
            ));
}
