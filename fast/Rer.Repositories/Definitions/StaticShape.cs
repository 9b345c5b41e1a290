using Rer.Repositories.Python;

namespace Rer.Repositories.Definitions;

/// <summary>
/// Checks whether a module has the only shape that <see cref="StaticPackage"/> accepts: assignments, functions and
/// <c>with scope(...)</c> at the top level, and the four fields as literals.
/// </summary>
/// <remarks>
/// The interpreter finds the values, and finds out whether code changes them. This class only excludes files that
/// existing programs expect such a reader to exclude, even if the interpreter could follow them.
/// </remarks>
/// <param name="text">The module.</param>
/// <param name="tokens">Its tokens.</param>
internal sealed class StaticShape(string text, List<PythonToken> tokens)
{
    private int _at;

    /// <summary>Whether the module has this shape.</summary>
    public bool IsStatic()
    {
        SkipDocstring();
        while (Current.Kind != PythonTokenKind.End)
        {
            bool isStatic =
                Current.Kind == PythonTokenKind.Newline ? Skip()
                : IsOperator("@") ? SkipDecorator()
                : Is(PythonTokenKind.Name, "def") ? SkipFunction()
                : Is(PythonTokenKind.Name, "with") ? SkipScope()
                : SkipAssignment();
            if (!isStatic)
            {
                return false;
            }
        }
        return true;
    }

    private PythonToken Current => tokens[_at];

    private PythonToken Next => tokens[Math.Min(_at + 1, tokens.Count - 1)];

    private ReadOnlySpan<char> TextOf(PythonToken token) => text.AsSpan(token.Start, token.Length);

    private bool Is(PythonTokenKind kind, string expected) =>
        Current.Kind == kind && TextOf(Current).SequenceEqual(expected);

    private bool IsOperator(string expected) => Is(PythonTokenKind.Operator, expected);

    private bool IsField(PythonToken token) =>
        token.Kind == PythonTokenKind.Name && TextOf(token) is "name" or "version" or "requires" or "variants";

    private bool Skip()
    {
        _at++;
        return true;
    }

    private void SkipDocstring()
    {
        while (Current.Kind == PythonTokenKind.Newline)
        {
            _at++;
        }
        if (IsText(Current) && Next.Kind is PythonTokenKind.Newline or PythonTokenKind.End)
        {
            _at++;
        }
    }

    private bool SkipDecorator()
    {
        SkipLine();
        return IsOperator("@") || Is(PythonTokenKind.Name, "def");
    }

    private bool SkipFunction()
    {
        _at++;
        if (Current.Kind != PythonTokenKind.Name || IsField(Current))
        {
            return false;
        }
        SkipLine();
        SkipBlock();
        return true;
    }

    /// <summary>Skips <c>with scope("...") as x:</c>. No field may be named in it, except as an attribute.</summary>
    private bool SkipScope()
    {
        _at++;
        if (!Is(PythonTokenKind.Name, "scope"))
        {
            return false;
        }
        int start = _at;
        SkipLine();
        SkipBlock();
        for (int i = start; i < _at; i++)
        {
            if (IsField(tokens[i]) && !TextOf(tokens[i - 1]).SequenceEqual("."))
            {
                return false;
            }
        }
        return true;
    }

    private bool SkipAssignment()
    {
        PythonToken target = Current;
        if (target.Kind != PythonTokenKind.Name || PythonParser.IsReserved(TextOf(target)))
        {
            return false;
        }
        _at++;
        if (IsField(target))
        {
            _at++;
            return TextOf(tokens[_at - 1]).SequenceEqual("=") && SkipLiteral(target) && SkipEnd();
        }
        return Current.Kind == PythonTokenKind.Operator && TextOf(Current) is [.., '='] or ":" && SkipValue();
    }

    /// <summary>Skips the rest of an assignment to a name that is not a field, if it assigns to nothing else.</summary>
    private bool SkipValue()
    {
        int depth = 0;
        for (; Current.Kind is not (PythonTokenKind.Newline or PythonTokenKind.End); _at++)
        {
            if (Current.Kind == PythonTokenKind.Operator)
            {
                ReadOnlySpan<char> symbol = TextOf(Current);
                depth +=
                    symbol is "(" or "[" or "{" ? 1
                    : symbol is ")" or "]" or "}" ? -1
                    : 0;
                if (symbol is ":=" || (depth == 0 && symbol is ";"))
                {
                    return false;
                }
                if (depth == 0 && symbol is "=" && IsField(tokens[_at - 1]))
                {
                    return false;
                }
            }
        }
        return SkipEnd();
    }

    private bool SkipLiteral(PythonToken field) =>
        TextOf(field) switch
        {
            "requires" => SkipList(SkipText),
            "variants" => SkipList(() => SkipList(SkipText)),
            _ => SkipText(),
        };

    /// <summary>Skips a list or a tuple. A single item in parentheses is not a tuple.</summary>
    private bool SkipList(Func<bool> skipItem)
    {
        bool isTuple = IsOperator("(");
        if (!isTuple && !IsOperator("["))
        {
            return false;
        }
        string end = isTuple ? ")" : "]";
        _at++;
        for (int count = 0; !IsOperator(end); count++)
        {
            if (!skipItem())
            {
                return false;
            }
            if (IsOperator(","))
            {
                _at++;
            }
            else if (!IsOperator(end) || (isTuple && count == 0))
            {
                return false;
            }
        }
        _at++;
        return true;
    }

    private bool SkipText() => IsText(Current) && Skip();

    /// <summary>Whether a token is a text literal that is neither bytes nor a formatted string.</summary>
    private bool IsText(PythonToken token)
    {
        if (token.Kind != PythonTokenKind.String)
        {
            return false;
        }
        ReadOnlySpan<char> literal = TextOf(token);
        return literal[..literal.IndexOfAny('\'', '"')] is "" or "r" or "R" or "u" or "U";
    }

    private bool SkipEnd()
    {
        if (Current.Kind == PythonTokenKind.Newline)
        {
            _at++;
            return true;
        }
        return Current.Kind == PythonTokenKind.End;
    }

    private void SkipLine()
    {
        while (Current.Kind is not (PythonTokenKind.Newline or PythonTokenKind.End))
        {
            _at++;
        }
        SkipEnd();
    }

    private void SkipBlock()
    {
        if (Current.Kind != PythonTokenKind.Indent)
        {
            return;
        }
        int depth = 0;
        do
        {
            depth += Current.Kind switch
            {
                PythonTokenKind.Indent => 1,
                PythonTokenKind.Dedent => -1,
                _ => 0,
            };
            _at++;
        } while (depth > 0 && Current.Kind != PythonTokenKind.End);
    }
}
