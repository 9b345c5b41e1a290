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

    /// <summary>Writes a value as an indented document, followed by a line break.</summary>
    /// <param name="value">The value.</param>
    /// <param name="output">Where to write.</param>
    /// <param name="write">Writes the value.</param>
    /// <param name="name">The caller's name for the value, for the exception.</param>
    /// <exception cref="ArgumentNullException">The value or the output is null.</exception>
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
