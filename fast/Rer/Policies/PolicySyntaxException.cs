namespace Rer.Policies;

/// <summary>
/// An orderer or a filter rule that cannot be parsed. The message names it, in rez's words if rez has a message for it.
/// </summary>
/// <remarks>Corresponds to <c>rez.exceptions.ConfigurationError</c>.</remarks>
internal sealed class PolicySyntaxException(string message) : Exception(message);
