namespace Rer.Policies;

/// <summary>An orderer or a filter rule that cannot be read. The message names it, where rez has one in rez's words.</summary>
/// <remarks>Answers to <c>rez.exceptions.ConfigurationError</c>.</remarks>
internal sealed class PolicySyntaxException(string message) : Exception(message);
