namespace Rer.Compiling;

/// <summary>
/// A request or a version of a listing that does not parse. Becomes an <see cref="ErrorResult"/>, never leaves the engine.
/// </summary>
internal sealed class InputSyntaxException(string message) : Exception(message);
