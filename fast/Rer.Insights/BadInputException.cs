namespace Rer.Insights;

/// <summary>Wrong input: its message is one line that names the input, the place and the way out.</summary>
/// <param name="message">The line.</param>
/// <param name="innerException">What showed that it is wrong.</param>
public sealed class BadInputException(string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>Of a file that cannot be read.</summary>
    internal static BadInputException OfFile(string path, Exception error)
    {
        string reason = error is FileNotFoundException or DirectoryNotFoundException ? "no such file" : error.Message;
        return new BadInputException($"{path}: {reason}", error);
    }
}
