namespace Rer.Books;

/// <summary>A field in which an answer differs from a recorded one.</summary>
/// <param name="Field">The field as a case names it; <c>graph node</c> and <c>graph edge</c> are the parts of
/// <c>graph</c>.</param>
/// <param name="Expected">What was recorded, in one line; of a long list the first item that differs, of a graph
/// what is missing.</param>
/// <param name="Got">What the engine answered, likewise; of a graph what is too many.</param>
public sealed record Difference(string Field, string Expected, string Got)
{
    /// <inheritdoc />
    public override string ToString() => $"{Field}: expected {Expected}, got {Got}";
}
