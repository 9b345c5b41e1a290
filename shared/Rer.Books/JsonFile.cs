using System.IO.Compression;
using System.Text.Json;

namespace Rer.Books;

/// <summary>
/// A JSON file, plain or gzipped (recognised by its first bytes, not by its name), with errors for users.
/// </summary>
internal static class JsonFile
{
    /// <summary>
    /// The limit on reading. rez's whole benchmark repository is a book of 8 MB. Without a limit, a small gzipped file
    /// could expand to fill the memory.
    /// </summary>
    private const int MaxBytes = 1 << 29;

    /// <summary>Reads and interprets a file.</summary>
    /// <exception cref="PackageDataException">The file cannot be read, or is not what was expected.</exception>
    public static T Read<T>(string path, Func<JsonPlace, T> interpret)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using FileStream file = File.OpenRead(path);
            return Read(file, path, interpret);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new PackageDataException($"{path}: no such file", e);
        }
        catch (UnauthorizedAccessException e) when (Directory.Exists(path))
        {
            throw new PackageDataException($"{path}: is a directory, not a file", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new PackageDataException($"{path}: cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads a stream from its position to its end, and interprets it.</summary>
    public static T Read<T>(Stream stream, string name, Func<JsonPlace, T> interpret)
    {
        try
        {
            Memory<byte> text = ReadBytes(stream, name);
            if (text.Span.Trim(" \t\r\n"u8).IsEmpty)
            {
                throw new PackageDataException($"{name}: is empty; expected JSON");
            }
            using JsonDocument document = JsonDocument.Parse(text);
            return interpret(new JsonPlace(document.RootElement, new JsonTrail(null, name)));
        }
        catch (JsonException e)
        {
            string place = string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}"
            );
            throw new PackageDataException($"{name}: not JSON at {place}: {FirstSentence(e.Message)}", e);
        }
        catch (InvalidDataException e)
        {
            throw new PackageDataException($"{name}: damaged gzip data: {e.Message}", e);
        }
        catch (InvalidOperationException e) when (e.InnerException is System.Text.DecoderFallbackException or null)
        {
            // System.Text.Json throws this for half a surrogate pair in a text that is otherwise valid JSON.
            throw new PackageDataException($"{name}: a text in it is not Unicode: {e.Message}", e);
        }
    }

    private static Memory<byte> ReadBytes(Stream stream, string name)
    {
        using MemoryStream raw = new();
        CopyBounded(stream, raw, name);
        if (raw.Length < 2 || raw.GetBuffer() is not [0x1f, 0x8b, ..])
        {
            return raw.GetBuffer().AsMemory(0, (int)raw.Length);
        }

        raw.Position = 0;
        using GZipStream gzip = new(raw, CompressionMode.Decompress);
        using MemoryStream unpacked = new();
        CopyBounded(gzip, unpacked, name);
        return unpacked.GetBuffer().AsMemory(0, (int)unpacked.Length);
    }

    private static void CopyBounded(Stream source, MemoryStream target, string name)
    {
        if (!BoundedCopy.TryCopy(source, target, MaxBytes))
        {
            throw new PackageDataException($"{name}: larger than {MaxBytes >> 20} MB; split it into smaller files");
        }
    }

    /// <summary>
    /// The first sentence of a message. System.Text.Json appends advice for programmers, and the position, which Rer
    /// reports in its own words.
    /// </summary>
    private static string FirstSentence(string message)
    {
        int end = message.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? message : message[..(end + 1)];
    }
}
