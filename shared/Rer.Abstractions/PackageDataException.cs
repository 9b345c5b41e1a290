namespace Rer;

/// <summary>
/// Package data that cannot be read. The message is one line that names the place and the way out, and is shown to
/// users unchanged. An engine that meets this exception ends the solve with <see cref="ResolveErrorKind.PackageData"/>.
/// </summary>
public sealed class PackageDataException : Exception
{
    /// <summary>Creates an error without a message.</summary>
    public PackageDataException() { }

    /// <summary>Creates an error with a message for users.</summary>
    public PackageDataException(string message)
        : base(message) { }

    /// <summary>Creates an error with a message for users and its cause.</summary>
    public PackageDataException(string message, Exception innerException)
        : base(message, innerException) { }

    /// <summary>The file or directory at fault; null if there is none.</summary>
    public string? Path { get; init; }

    /// <summary>The line in the file, counted from 1; null if there is none.</summary>
    public int? Line { get; init; }

    /// <summary>
    /// Whether the data may be valid but cannot be known without running Python, because code computes a field that is
    /// needed. All other errors are errors in rez too.
    /// </summary>
    public bool NeedsPython { get; init; }
}
