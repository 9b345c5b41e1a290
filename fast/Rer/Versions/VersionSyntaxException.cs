namespace Rer.Versions;

/// <summary>
/// A version, range or requirement that cannot be read. The message is rez's own, which names the text and the part
/// of it that is wrong.
/// </summary>
/// <remarks>Answers to <c>rez.version.VersionError</c>.</remarks>
public sealed class VersionSyntaxException : Exception
{
    /// <summary>Creates an error without a message.</summary>
    public VersionSyntaxException() { }

    /// <summary>Creates an error with rez's message.</summary>
    public VersionSyntaxException(string message)
        : base(message) { }

    /// <summary>Creates an error with rez's message and its cause.</summary>
    public VersionSyntaxException(string message, Exception innerException)
        : base(message, innerException) { }
}
