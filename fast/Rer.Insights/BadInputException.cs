namespace Rer.Insights;

/// <summary>Invalid input. The message is one line that names the input, the place and the remedy.</summary>
/// <param name="message">The message.</param>
/// <param name="innerException">The error that revealed it.</param>
public sealed class BadInputException(string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>Creates the error for a file that cannot be read.</summary>
    internal static BadInputException OfFile(string path, Exception error)
    {
        string reason =
            Directory.Exists(path) ? "is a directory, not a file"
            : error is FileNotFoundException or DirectoryNotFoundException ? "no such file"
            : error.Message;
        return new BadInputException($"{path}: {reason}", error);
    }
}
