namespace Rer.Versions;

/// <summary>
/// A version, range or requirement that cannot be parsed. The message is rez's own, which names the text and the
/// invalid part of it.
/// </summary>
/// <remarks>Corresponds to <c>rez.version.VersionError</c>.</remarks>
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
