namespace Rer.Solving;

/// <summary>A request that does not parse. Becomes an <see cref="ErrorResult"/>, never leaves the engine.</summary>
internal sealed class RequestSyntaxException(string message, Exception inner) : Exception(message, inner);
