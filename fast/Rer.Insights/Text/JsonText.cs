using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Rer.Insights.Text;

/// <summary>Documents of JSON as text.</summary>
internal static class JsonText
{
    /// <summary>Requirements are full of <c>&lt;</c>, <c>&gt;</c> and <c>+</c>, and nobody pastes them into HTML.</summary>
    private static readonly JsonWriterOptions s_forPeople = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a document, indented and with what does not show escaped, and a line break.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="write">Writes its value.</param>
    public static void Write(TextWriter output, Action<Utf8JsonWriter> write) =>
        output.WriteLine(VisibleText.OfJson(Of(write, s_forPeople)));

    /// <summary>A document for a page. The default encoder of System.Text.Json escapes what could end a script
    /// element.</summary>
    /// <param name="write">Writes its value.</param>
    public static string ForPage(Action<Utf8JsonWriter> write) => Of(write, default);

    /// <summary>Writes a list of texts.</summary>
    public static void WriteTexts(this Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (string text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    /// <summary>Writes a number; null where there is none.</summary>
    public static void WriteNumberOrNull(this Utf8JsonWriter writer, string name, long? number)
    {
        if (number is { } value)
            writer.WriteNumber(name, value);
        else
            writer.WriteNull(name);
    }

    private static string Of(Action<Utf8JsonWriter> write, JsonWriterOptions options)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, options))
            write(writer);
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
