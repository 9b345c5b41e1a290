namespace Rer.Versions;

/// <summary>
/// A version, range or requirement that cannot be read. The message is rez's own, which names the text and the part
/// of it that is wrong.
/// </summary>
/// <remarks>Answers to <c>rez.version.VersionError</c>.</remarks>
internal sealed class VersionSyntaxException(string message) : Exception(message);
