using Spectre.Console.Rendering;

namespace Rer.Cli;

/// <summary>Something laid out by Spectre, with its text made visible (<see cref="VisibleText"/>).</summary>
internal sealed class VisibleRenderable(IRenderable content) : IRenderable
{
    /// <inheritdoc />
    public Measurement Measure(RenderOptions options, int maxWidth) => content.Measure(options, maxWidth);

    /// <inheritdoc />
    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
        content
            .Render(options, maxWidth)
            .Select(segment =>
                segment.IsControlCode || segment.IsLineBreak
                    ? segment
                    : new Segment(VisibleText.Of(segment.Text), segment.Style)
            );
}
