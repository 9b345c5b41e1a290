namespace Rer;

/// <summary>
/// Package data that cannot be read. Its message names the place and the way out, in one line, and is shown to users
/// as it is. An engine that meets it ends the solve with <see cref="ResolveErrorKind.PackageData"/>.
/// </summary>
public sealed class PackageDataException : Exception
{
    /// <summary>Creates an error without a message.</summary>
    public PackageDataException() { }

    /// <summary>Creates an error from a message for users.</summary>
    public PackageDataException(string message)
        : base(message) { }

    /// <summary>Creates an error from a message for users and its cause.</summary>
    public PackageDataException(string message, Exception innerException)
        : base(message, innerException) { }

    /// <summary>The file or directory that is at fault; null where there is none.</summary>
    public string? Path { get; init; }

    /// <summary>The line in the file, from 1; null where there is none.</summary>
    public int? Line { get; init; }

    /// <summary>
    /// Whether the data may well be right, only that it cannot be known without running Python: a needed field is
    /// computed by code. All other errors are errors to rez too.
    /// </summary>
    public bool NeedsPython { get; init; }
}
