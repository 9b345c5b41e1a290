namespace Rer.Books;

/// <summary>A field in which an answer differs from a recorded one.</summary>
/// <param name="Field">The field as named in a case; <c>graph node</c> and <c>graph edge</c> are parts of
/// <c>graph</c>.</param>
/// <param name="Expected">The recorded value, in one line. For a long list, the first item that differs; for a graph,
/// what is missing.</param>
/// <param name="Got">The engine's value, in the same form; for a graph, what is superfluous.</param>
public sealed record Difference(string Field, string Expected, string Got)
{
    /// <inheritdoc />
    public override string ToString() => $"{Field}: expected {Expected}, got {Got}";
}
