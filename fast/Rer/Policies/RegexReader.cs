using System.Diagnostics.CodeAnalysis;
using Rer.Versions;

namespace Rer.Policies;

/// <summary>Reads a Python regular expression one character, or one backslash and its character, at a time.</summary>
/// <remarks>
/// It looks one step ahead, as Python's own parser does. That decides which of two errors is reported. Positions are in
/// code points.
/// </remarks>
internal sealed class RegexReader
{
    private readonly int[] _pattern;
    private int _index;

    /// <summary>Prepares to read a pattern.</summary>
    /// <exception cref="PolicySyntaxException">The pattern is a single backslash.</exception>
    public RegexReader(string pattern)
    {
        _pattern = PythonText.CodePoints(pattern);
        Step();
    }

    /// <summary>The next item: one code point, or a backslash and one; empty at the end.</summary>
    public int[] Next { get; private set; } = [];

    /// <summary>The position of the next item.</summary>
    public int Position => _index - Next.Length;

    /// <summary>Whether everything has been read.</summary>
    public bool AtEnd => Next.Length == 0;

    /// <summary>Reads the next item.</summary>
    public int[] Get()
    {
        int[] next = Next;
        Step();
        return next;
    }

    /// <summary>Reads a character if it comes next.</summary>
    public bool Accept(char character)
    {
        if (!IsNext(character))
        {
            return false;
        }

        Step();
        return true;
    }

    /// <summary>Whether a character comes next.</summary>
    public bool IsNext(char character) => Next is [var only] && only == character;

    /// <summary>Reads up to <paramref name="count"/> characters, for as long as they are wanted.</summary>
    public string GetWhile(int count, Func<char, bool> wanted)
    {
        string read = "";
        while (read.Length < count && Next is [var only] && only <= char.MaxValue && wanted((char)only))
        {
            read += (char)only;
            Step();
        }

        return read;
    }

    /// <summary>Moves back to a position.</summary>
    public void Seek(int position)
    {
        _index = position;
        Step();
    }

    /// <summary>Reports an error in the pattern as Python does.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="back">How many code points before the next item.</param>
    [DoesNotReturn]
    public void Fail(string message, int back) => FailAt(message, Position - back);

    [DoesNotReturn]
    private void FailAt(string message, int position)
    {
        string place = $"{message} at position {position}";
        if (_pattern.Contains('\n'))
        {
            ReadOnlySpan<int> before = _pattern.AsSpan(0, position);
            place += $" (line {before.Count('\n') + 1}, column {position - before.LastIndexOf('\n')})";
        }

        throw new PolicySyntaxException($"PatternError: {place}");
    }

    private void Step()
    {
        if (_index >= _pattern.Length)
        {
            Next = [];
            return;
        }

        int length = _pattern[_index] == '\\' ? 2 : 1;
        if (_index + length > _pattern.Length)
        {
            FailAt("bad escape (end of pattern)", _pattern.Length - 1);
        }

        Next = _pattern[_index..(_index + length)];
        _index += length;
    }
}
