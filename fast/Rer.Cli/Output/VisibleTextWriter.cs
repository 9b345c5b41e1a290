using System.Text;

namespace Rer.Cli;

/// <summary>A writer that makes everything written to it visible (<see cref="VisibleText"/>).</summary>
internal sealed class VisibleTextWriter(TextWriter writer) : TextWriter
{
    /// <inheritdoc />
    public override Encoding Encoding => writer.Encoding;

    /// <inheritdoc />
    public override void Write(char value) => Write(value.ToString());

    /// <inheritdoc />
    public override void Write(string? value) => writer.Write(VisibleText.Of(value ?? ""));

    /// <inheritdoc />
    public override void WriteLine(string? value) => writer.WriteLine(VisibleText.Of(value ?? ""));

    /// <inheritdoc />
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));
}
