using Rer.Books;

namespace Rer.Insights.Text;

/// <summary>Reads files that users name. A device or a pipe may have no end, so each has a limit.</summary>
internal static class InputFile
{
    /// <summary>The text of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="megabytes">The limit.</param>
    /// <exception cref="BadInputException">It cannot be read, or is larger.</exception>
    public static string ReadText(string path, int megabytes)
    {
        using var reader = new StreamReader(new MemoryStream(ReadBytes(path, megabytes)));
        return reader.ReadToEnd();
    }

    /// <inheritdoc cref="ReadText" />
    public static byte[] ReadBytes(string path, int megabytes)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            using var content = new MemoryStream();
            return BoundedCopy.TryCopy(file, content, (long)megabytes << 20)
                ? content.ToArray()
                : throw new BadInputException($"{path}: it is larger than {megabytes} MB");
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw path.Length == 0
                ? new BadInputException("the file name is empty", e)
                : BadInputException.OfFile(path, e);
        }
    }
}
