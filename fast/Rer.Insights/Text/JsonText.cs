using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Rer.Insights.Text;

/// <summary>Writes JSON documents as text.</summary>
internal static class JsonText
{
    /// <summary>
    /// Requirements are full of <c>&lt;</c>, <c>&gt;</c> and <c>+</c>. They need no escaping, because this text is not
    /// put into HTML.
    /// </summary>
    private static readonly JsonWriterOptions s_forPeople = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes an indented document and a line break. Invisible characters are escaped.</summary>
    /// <param name="output">Where to write.</param>
    /// <param name="write">Writes its value.</param>
    public static void Write(TextWriter output, Action<Utf8JsonWriter> write) =>
        output.WriteLine(VisibleText.OfJson(Of(write, s_forPeople)));

    /// <summary>Writes what a caller has given as an indented document and a line break.</summary>
    /// <param name="value">What to write.</param>
    /// <param name="output">Where to write.</param>
    /// <param name="write">Writes it.</param>
    /// <param name="name">What the caller calls it.</param>
    /// <exception cref="ArgumentNullException">There is nothing to write, or nowhere.</exception>
    public static void Write<T>(
        T value,
        TextWriter output,
        Action<T, Utf8JsonWriter> write,
        [CallerArgumentExpression(nameof(value))] string? name = null
    )
    {
        ArgumentNullException.ThrowIfNull(value, name);
        ArgumentNullException.ThrowIfNull(output);
        Write(output, writer => write(value, writer));
    }

    /// <summary>
    /// Creates a document to embed in a page. The default encoder of System.Text.Json escapes whatever could end a
    /// script element.
    /// </summary>
    /// <param name="write">Writes its value.</param>
    public static string ForPage(Action<Utf8JsonWriter> write) => Of(write, default);

    /// <summary>Writes a list of texts.</summary>
    public static void WriteTexts(this Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (string text in texts)
        {
            writer.WriteStringValue(text);
        }
        writer.WriteEndArray();
    }

    /// <summary>Writes a number, or null if there is none.</summary>
    public static void WriteNumberOrNull(this Utf8JsonWriter writer, string name, long? number)
    {
        if (number is { } value)
        {
            writer.WriteNumber(name, value);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    private static string Of(Action<Utf8JsonWriter> write, JsonWriterOptions options)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            write(writer);
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
