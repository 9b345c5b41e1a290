using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Rer.Books;

/// <summary>
/// Files that contain books: JSON, plain or gzipped, either one book or a list of books. <c>data_set/README.md</c>
/// describes the format.
/// </summary>
public static class BookFile
{
    private static readonly JsonWriterOptions s_writerOptions = new()
    {
        // Requirements are full of < and +, which the default encoder would escape.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Reads the books of a file.</summary>
    /// <exception cref="PackageDataException">There is no such file, or it contains something else. The message names
    /// the file, the book, the case, and what was expected.</exception>
    public static IReadOnlyList<Book> Read(string path) => JsonFile.Read(path, ReadBooks);

    /// <summary>Reads the books of a stream, from its position to its end.</summary>
    /// <param name="stream">JSON, plain or gzipped.</param>
    /// <param name="name">Its name in errors.</param>
    /// <exception cref="PackageDataException">The stream contains something else.</exception>
    public static IReadOnlyList<Book> Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return JsonFile.Read(stream, name, ReadBooks);
    }

    private static IReadOnlyList<Book> ReadBooks(JsonPlace place) =>
        place.Value.ValueKind switch
        {
            JsonValueKind.Object => [ReadBook(place)],
            JsonValueKind.Array => [.. place.Items("book").Select(ReadBook)],
            _ => throw place.Error("expected a book (an object with 'name', 'packages', 'cases') or a list of books"),
        };

    private static Book ReadBook(JsonPlace place)
    {
        place.Allow("name", "note", "packages", "cases");
        string name = place.Member("name").Text();
        JsonPlace book = place with { Trail = new JsonTrail(place.Trail.Parent ?? place.Trail, $"book '{name}'") };
        return new Book(
            name,
            PackagesJson.Read(book.Member("packages")),
            [.. ListOf(book, "cases", "case").Select(CaseJson.Read)]
        )
        {
            Note = book.OptionalMember("note")?.Text(),
        };
    }

    private static IEnumerable<JsonPlace> ListOf(JsonPlace book, string name, string noun) =>
        (book.Member(name) with { Trail = book.Trail }).Items(noun);

    /// <summary>
    /// Writes books as a list, one line for each version of a package and for each case, so that two files can be
    /// compared by eye. Gzipped if the name ends in <c>.gz</c>.
    /// </summary>
    /// <exception cref="PackageDataException">The file cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<Book> books)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using Stream file = File.Create(path);
            using Stream target = path.EndsWith(".gz", StringComparison.Ordinal)
                ? new GZipStream(file, CompressionLevel.SmallestSize)
                : file;
            Write(target, books);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new PackageDataException($"{path}: cannot be written: {e.Message}", e);
        }
    }

    /// <summary>Writes books as a list of plain JSON.</summary>
    public static void Write(Stream stream, IReadOnlyList<Book> books)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(books);
        using StreamWriter writer = new(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine("[");
        WriteSeparated(writer, books, "", book => WriteBook(writer, book));
        writer.WriteLine("]");
    }

    private static void WriteBook(StreamWriter writer, Book book)
    {
        writer.WriteLine("{");
        writer.WriteLine($"  \"name\": {Quote(book.Name)},");
        if (book.Note is { } note)
        {
            writer.WriteLine($"  \"note\": {Quote(note)},");
        }
        writer.WriteLine("  \"packages\": {");
        WriteSeparated(writer, [.. book.Repository.GetFamilies()], "    ", family => WriteFamily(writer, book, family));
        writer.WriteLine("  },");
        writer.WriteLine("  \"cases\": [");
        WriteSeparated(writer, book.Cases, "    ", @case => writer.Write(Compact(json => CaseJson.Write(json, @case))));
        writer.WriteLine("  ]");
        writer.Write("}");
    }

    private static void WriteFamily(StreamWriter writer, Book book, string family)
    {
        writer.WriteLine($"{Quote(family)}: {{");
        WriteSeparated(
            writer,
            book.Repository.GetVersions(family),
            "      ",
            version =>
            {
                PackageDefinition definition = book.Repository.GetDefinition(family, version);
                writer.Write($"{Quote(version)}: {Compact(json => PackagesJson.WriteDefinition(json, definition))}");
            }
        );
        writer.Write("    }");
    }

    /// <summary>Writes items on separate lines with commas between them.</summary>
    private static void WriteSeparated<T>(
        StreamWriter writer,
        IReadOnlyList<T> items,
        string indentation,
        Action<T> write
    )
    {
        for (int i = 0; i < items.Count; i++)
        {
            writer.Write(indentation);
            write(items[i]);
            writer.WriteLine(i < items.Count - 1 ? "," : "");
        }
    }

    private static string Quote(string text) => Compact(json => json.WriteStringValue(text));

    private static string Compact(Action<Utf8JsonWriter> write)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes, s_writerOptions))
        {
            write(json);
        }
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }
}
