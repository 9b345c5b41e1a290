namespace Rer.Compiling;

/// <summary>
/// A request, or a version of a listing, that cannot be parsed. It becomes an <see cref="ErrorResult"/>, and never
/// leaves the engine.
/// </summary>
internal sealed class InputSyntaxException(string message) : Exception(message);
