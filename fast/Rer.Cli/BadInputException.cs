namespace Rer.Cli;

/// <summary>Wrong input: its message is one line that names the input, the place and the way out.</summary>
internal sealed class BadInputException(string message, Exception? innerException = null)
    : Exception(message, innerException);
