namespace Rer.Repositories.Python;

/// <summary>
/// Technique: plain assignments first. Most of a package definition is at its top, where names are assigned strings,
/// numbers and lists of strings. These are read directly from the text, without tokens and expressions. The tokenizer
/// and the parser start at the first line that is anything else. PERF: a first resolve from disk, of five of rez's 188
/// requests, is 1.23 times as fast (the native command on two cores, alternating with the command before this change).
/// It allocates 4.7 MB instead of 7.6 (2026-11-23, for commit 7945dc9). All definitions that it reads consist only of
/// assignments.
/// </summary>
/// <remarks>
/// It accepts only text that it is certain of. The parser reads anything unusual or wrong, and the rest of the file,
/// with the same result (<c>PlainAssignmentsTests</c>).
/// </remarks>
/// <param name="text">The module.</param>
internal ref struct PlainAssignments(string text)
{
    // Longer numbers may not fit into a long.
    private const int MaxDigits = 18;

    // Variants are lists of lists. Deeper nesting is left to the parser, which limits it.
    private const int MaxDepth = 4;

    private readonly ReadOnlySpan<char> _text = text;

    /// <summary>
    /// The position of the next statement, or of the first that is not plain. It is at the start of a line, or at the
    /// end of the text.
    /// </summary>
    public int At { get; private set; }

    /// <summary>The line of that position, from 1.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>Reads the next statement if it is a plain assignment.</summary>
    /// <param name="name">The assigned name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="line">The line of the statement.</param>
    public bool TryRead(out string name, out PythonValue value, out int line)
    {
        SkipLinesWithoutTokens();
        (int at, line) = (At, Line);
        if (TryReadName(ref at, out name))
        {
            int lines = Line;
            SkipBlanks(ref at);
            if (CharAt(at) == '\\' && CharAt(at + 1) == '\n')
            {
                // rez writes long texts on the lines after the name.
                at += 2;
                lines++;
            }

            if (TryReadValue(ref at, ref lines, 0) is { } read && TryEndLine(ref at, ref lines))
            {
                (value, At, Line) = (read, at, lines);
                return true;
            }
        }

        value = PythonNone.Instance;
        return false;
    }

    private readonly char CharAt(int at) => (uint)at < (uint)_text.Length ? _text[at] : '\0';

    private void SkipLinesWithoutTokens()
    {
        int at = At;
        int line = Line;
        while (at < _text.Length && TryEndLine(ref at, ref line))
        {
            (At, Line) = (at, line);
        }
    }

    /// <summary>Moves to the next line if only blanks and a comment are left on this one.</summary>
    private readonly bool TryEndLine(ref int at, ref int line)
    {
        SkipBlanks(ref at);
        if (CharAt(at) == '#')
        {
            SkipComment(ref at);
        }

        if (at < _text.Length && _text[at] != '\n')
        {
            return false;
        }

        line += at < _text.Length ? 1 : 0;
        at = Math.Min(at + 1, _text.Length);
        return true;
    }

    private readonly void SkipBlanks(ref int at)
    {
        while (CharAt(at) is ' ' or '\t')
        {
            at++;
        }
    }

    private readonly void SkipComment(ref int at)
    {
        int length = _text[at..].IndexOf('\n');
        at = length < 0 ? _text.Length : at + length;
    }

    /// <summary>Reads a name and the <c>=</c> after it.</summary>
    private readonly bool TryReadName(ref int at, out string name)
    {
        int start = at;
        while (char.IsAsciiLetterOrDigit(CharAt(at)) || CharAt(at) == '_')
        {
            at++;
        }

        ReadOnlySpan<char> read = _text[start..at];
        SkipBlanks(ref at);
        bool isPlain =
            !read.IsEmpty
            && !char.IsAsciiDigit(read[0])
            && CharAt(at) == '='
            && CharAt(at + 1) != '='
            && !PythonParser.IsReserved(read);
        at++;
        name = isPlain ? NameOf(read) : "";
        return isPlain;
    }

    // No new string is allocated for the fields that a solve or a filter reads, and for those that most packages have.
    private static string NameOf(ReadOnlySpan<char> name) =>
        name switch
        {
            "name" => "name",
            "version" => "version",
            "requires" => "requires",
            "variants" => "variants",
            "timestamp" => "timestamp",
            "build_requires" => "build_requires",
            "description" => "description",
            "format_version" => "format_version",
            _ => name.ToString(),
        };

    private readonly PythonValue? TryReadValue(ref int at, ref int line, int depth)
    {
        SkipBlanks(ref at);
        return CharAt(at) switch
        {
            '\'' or '"' => TryReadString(ref at, ref line),
            '[' when depth < MaxDepth => TryReadList(ref at, ref line, depth + 1),
            >= '0' and <= '9' when depth == 0 => TryReadInteger(ref at),
            'T' or 'F' or 'N' when depth == 0 => TryReadConstant(ref at),
            _ => null,
        };
    }

    /// <summary>Reads a string without escapes. It is on one line unless it is triple-quoted.</summary>
    private readonly PythonString? TryReadString(ref int at, ref int line)
    {
        char quote = _text[at];
        bool isTriple = CharAt(at + 1) == quote && CharAt(at + 2) == quote;
        int start = at + (isTriple ? 3 : 1);
        int length;
        if (isTriple)
        {
            ReadOnlySpan<char> quotes = quote == '"' ? "\"\"\"" : "'''";
            length = _text[start..].IndexOf(quotes);
            if (length < 0 || _text.Slice(start, length).Contains('\\'))
            {
                return null;
            }

            line += _text.Slice(start, length).Count('\n');
        }
        else
        {
            length = _text[start..].IndexOfAny(quote, '\\', '\n');
            if (length < 0 || _text[start + length] != quote)
            {
                return null;
            }
        }

        at = start + length + (start - at);
        return new PythonString(_text.Slice(start, length).ToString());
    }

    private readonly PythonSequence? TryReadList(ref int at, ref int line, int depth)
    {
        List<PythonValue> items = new(4);
        at++;
        while (true)
        {
            SkipInBrackets(ref at, ref line);
            if (CharAt(at) == ']')
            {
                at++;
                return new PythonSequence(PythonSequenceKind.List, items);
            }

            if (TryReadValue(ref at, ref line, depth) is not { } item)
            {
                return null;
            }

            items.Add(item);
            SkipInBrackets(ref at, ref line);
            if (CharAt(at) == ',')
            {
                at++;
            }
            else if (CharAt(at) != ']')
            {
                return null;
            }
        }
    }

    /// <summary>Skips whatever may separate the items of a list, including line ends.</summary>
    private readonly void SkipInBrackets(ref int at, ref int line)
    {
        while (true)
        {
            SkipBlanks(ref at);
            switch (CharAt(at))
            {
                case '\n':
                    at++;
                    line++;
                    break;
                case '#':
                    SkipComment(ref at);
                    break;
                default:
                    return;
            }
        }
    }

    private readonly PythonInteger? TryReadInteger(ref int at)
    {
        int start = at;
        long number = 0;
        while (char.IsAsciiDigit(CharAt(at)))
        {
            number = unchecked((number * 10) + (_text[at++] - '0'));
        }

        int digits = at - start;
        return digits <= MaxDigits && (digits == 1 || _text[start] != '0') ? new PythonInteger(number) : null;
    }

    private readonly PythonValue? TryReadConstant(ref int at)
    {
        int start = at;
        while (char.IsAsciiLetter(CharAt(at)))
        {
            at++;
        }

        return PythonParser.ConstantOf(_text[start..at]);
    }
}
