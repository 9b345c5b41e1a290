using Rer.Books;

namespace Rer.Cli.Input;

/// <summary>Chooses one book of a file that may contain several.</summary>
internal static class BookChoice
{
    private const int ShownNames = 5;

    /// <summary>Reads a book by name, or the only one.</summary>
    /// <exception cref="BadInputException">There is no such book, or there are several and no name was
    /// given.</exception>
    /// <exception cref="PackageDataException">The file cannot be read.</exception>
    public static Book Read(string path, string? name)
    {
        IReadOnlyList<Book> books = BookFile.Read(path);
        if (name is not null)
        {
            return books.FirstOrDefault(book => book.Name == name)
                ?? throw new BadInputException($"{path}: it has no book '{name}'; {Listing(books)}");
        }
        return books.Count switch
        {
            1 => books[0],
            0 => throw new BadInputException($"{path}: it has no book"),
            _ => throw new BadInputException(
                $"{path}: it has {books.Count} books; choose one with --book; {Listing(books)}"
            ),
        };
    }

    private static string Listing(IReadOnlyList<Book> books)
    {
        string names = string.Join(", ", books.Take(ShownNames).Select(book => book.Name));
        return $"it has {names}{(books.Count > ShownNames ? " …" : "")}";
    }
}
