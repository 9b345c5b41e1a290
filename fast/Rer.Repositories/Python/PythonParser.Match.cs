namespace Rer.Repositories.Python;

// `match` is an ordinary name, unless a subject, a colon and an indented `case` follow it.
internal sealed partial class PythonParser
{
    private BranchesStatement? TryParseMatch()
    {
        int start = _at;
        if (!IsMatch())
        {
            return null;
        }
        _at++;
        PythonExpression subject = ParseTuple(_at, IsOperator("*") ? ParseStarred() : ParseNamed());
        ExpectOperator(":", "after what to match");
        _at += 2; // the line end and the indent, which IsMatch has seen
        List<PythonExpression> targets = [];
        List<List<PythonStatement>> blocks = [];
        while (AcceptKeyword("case"))
        {
            ParsePatterns(targets);
            if (AcceptKeyword("if"))
            {
                ParseNamed();
            }
            blocks.Add(ParseBlock("a pattern"));
        }
        if (Current.Kind != PythonTokenKind.Dedent)
        {
            Fail("'case'");
        }
        _at++;
        return At(start, new BranchesStatement("match", [subject], targets, blocks));
    }

    private bool IsMatch()
    {
        int at = _at + 1;
        while (_tokens[at].Kind is not (PythonTokenKind.Newline or PythonTokenKind.End))
        {
            at++;
        }
        return at > _at + 2
            && IsAt(at - 1, PythonTokenKind.Operator, ":")
            && _tokens[at].Kind == PythonTokenKind.Newline
            && _tokens[at + 1].Kind == PythonTokenKind.Indent
            && IsAt(at + 2, PythonTokenKind.Name, "case");
    }

    private void ParsePatterns(List<PythonExpression> targets)
    {
        do
        {
            ParsePattern(targets);
        } while (AcceptOperator(",") && !IsOperator(":") && !IsKeyword("if"));
    }

    private void ParsePattern(List<PythonExpression> targets)
    {
        GuardStack();
        do
        {
            ParseClosedPattern(targets);
        } while (AcceptOperator("|"));
        if (AcceptKeyword("as"))
        {
            targets.Add(ParseName());
        }
    }

    private void ParseClosedPattern(List<PythonExpression> targets)
    {
        if (AcceptOperator("*"))
        {
            targets.Add(ParseName());
        }
        else if (IsIdentifier)
        {
            NameExpression name = ParseName();
            bool dotted = false;
            while (AcceptOperator("."))
            {
                ExpectIdentifier("an attribute's name after '.'");
                dotted = true;
            }
            if (AcceptOperator("("))
            {
                ParsePatternItems(")", targets, keyed: false);
            }
            else if (!dotted && name.Name != "_")
            {
                targets.Add(name);
            }
        }
        else if (AcceptOperator("("))
        {
            ParsePatternItems(")", targets, keyed: false);
        }
        else if (AcceptOperator("["))
        {
            ParsePatternItems("]", targets, keyed: false);
        }
        else if (AcceptOperator("{"))
        {
            ParsePatternItems("}", targets, keyed: true);
        }
        else
        {
            ParseOperation(4); // a literal, its sign, and the two parts of a complex number
        }
    }

    private void ParsePatternItems(string close, List<PythonExpression> targets, bool keyed)
    {
        while (!IsOperator(close))
        {
            if (keyed && AcceptOperator("**"))
            {
                targets.Add(ParseName());
            }
            else
            {
                if (keyed)
                {
                    ParseOperation(4);
                    ExpectOperator(":", "after a key");
                }
                else if (IsIdentifier && IsAt(_at + 1, PythonTokenKind.Operator, "="))
                {
                    _at += 2;
                }
                ParsePattern(targets);
            }
            if (!AcceptOperator(","))
            {
                break;
            }
        }
        ExpectOperator(close, "to close a pattern");
    }
}
