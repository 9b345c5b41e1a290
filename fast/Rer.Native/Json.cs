using System.Buffers;
using System.Text.Json;
using Rer.Books;

namespace Rer.Native;

/// <summary>Reads JSON from the caller and writes JSON for it.</summary>
internal static class Json
{
    /// <summary>Reads a caller's JSON.</summary>
    /// <exception cref="PackageDataException">The text is not JSON, or does not have the expected form.</exception>
    public static T Read<T>(byte[] text, string name, Func<JsonPlace, T> interpret)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return interpret(new JsonPlace(document.RootElement, new JsonTrail(null, name)));
        }
        catch (JsonException e)
        {
            throw new PackageDataException($"{name} is not JSON: {e.Message}", e);
        }
        catch (InvalidOperationException e)
        {
            // System.Text.Json throws this for half a surrogate pair in a text that is otherwise valid JSON.
            throw new PackageDataException($"{name}: it contains text that is not Unicode: {e.Message}", e);
        }
    }

    /// <summary>Writes JSON.</summary>
    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = new(1024);
        using (Utf8JsonWriter writer = new(buffer))
        {
            write(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }
}
