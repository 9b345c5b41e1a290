using Rer.Books;
using Rer.Cli.Input;
using Rer.Repositories;

namespace Rer.Cli.Benchmarking;

/// <summary>Opens what is timed: a book, or rez's own benchmark.</summary>
internal static class Workload
{
    public const string Rez = "rez";
    public const string Studio = "studio";

    /// <summary>A workload by name: <c>rez</c>, <c>studio</c>, or the path of a book.</summary>
    /// <exception cref="BadInputException">rez's data is not on this machine.</exception>
    /// <exception cref="PackageDataException">A file cannot be read.</exception>
    public static Book Open(string name, string? bookName) =>
        name switch
        {
            Studio => EmbeddedStudio.Read(),
            Rez => OpenRez(),
            _ => BookChoice.Read(name, bookName),
        };

    private static Book OpenRez()
    {
        BenchmarkData data = BenchmarkData.Find(out string tried) ?? throw new BadInputException(tried);
        // Use the repository's name from the recorded messages, so that messages can be compared.
        var repository = new LocatedRepository(BenchmarkRepository.Open(data.Packages), Book.Location);
        return BenchmarkBook.Read(repository, data.Requests);
    }
}
