namespace Rer;

/// <summary>
/// Package data that cannot be read. The message is one line that names the place and what to do, and is shown to users
/// unchanged. An engine that catches this exception ends the solve with <see cref="ResolveErrorKind.PackageData"/>.
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

    /// <summary>The file or directory that cannot be read; null if there is none.</summary>
    public string? Path { get; init; }

    /// <summary>The line in the file, counted from 1; null if there is none.</summary>
    public int? Line { get; init; }

    /// <summary>
    /// Whether the data may be valid, but only Python can compute a field that is needed. All other errors are also
    /// errors in rez.
    /// </summary>
    public bool NeedsPython { get; init; }
}
