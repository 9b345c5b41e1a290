namespace Rer.Repositories.Python;

/// <summary>The kinds of tokens, as Python's <c>tokenize</c> has them; keywords are names.</summary>
internal enum PythonTokenKind : byte
{
    Name,
    Number,
    String,
    Operator,
    Newline,
    Indent,
    Dedent,
    End,
}

/// <summary>A token: a piece of the source text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where it starts in the text, in UTF-16 units.</param>
/// <param name="Length">How long it is, in UTF-16 units; 0 for what has no text of its own.</param>
/// <param name="Line">The line it starts on, from 1.</param>
internal readonly record struct PythonToken(PythonTokenKind Kind, int Start, int Length, int Line);
