using Spectre.Console;

namespace Rer.Cli;

/// <summary>The styles of different kinds of lines: the colours of rez's default configuration.</summary>
internal static class Styles
{
    public static readonly Style Heading = new(decoration: Decoration.Bold);
    public static readonly Style Critical = new(Color.Red, decoration: Decoration.Bold);
    public static readonly Style Ephemeral = new(Color.Blue);
    public static readonly Style Implicit = new(Color.Teal);
    public static readonly Style Local = new(Color.Green);
    public static readonly Style Good = new(Color.Green);
    public static readonly Style Note = new(Color.Yellow);
    public static readonly Style Faint = new(Color.Grey);
}
