namespace Rer.Repositories.Python;

/// <summary>A piece of a module with its location.</summary>
internal abstract class PythonNode
{
    /// <summary>The line on which it starts, from 1.</summary>
    public int Line { get; set; }

    /// <summary>The position of its first token.</summary>
    public int FirstToken { get; set; }

    /// <summary>The position after its last token.</summary>
    public int EndToken { get; set; }
}
