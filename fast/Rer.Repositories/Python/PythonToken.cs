namespace Rer.Repositories.Python;

/// <summary>The kinds of tokens in Python's <c>tokenize</c>. Keywords are names.</summary>
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
/// <param name="Kind">Its kind.</param>
/// <param name="Start">Its start in the text, in UTF-16 units.</param>
/// <param name="Length">Its length in UTF-16 units; 0 for a token without text.</param>
/// <param name="Line">The line on which it starts, from 1.</param>
internal readonly record struct PythonToken(PythonTokenKind Kind, int Start, int Length, int Line);
