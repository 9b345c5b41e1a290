namespace Rer.Repositories.Python;

// The parameters of functions, lambdas and generics.
internal sealed partial class PythonParser
{
    /// <summary>The parameters of a function or lambda, up to what closes them.</summary>
    private void ParseParameters(string close, bool annotated)
    {
        bool any = false;
        bool slash = false;
        bool star = false;
        bool defaulted = false;
        bool wantsName = false;
        while (!IsOperator(close))
        {
            if (AcceptOperator("/"))
            {
                Require(any && !slash && !star, "'/' must come once, after a parameter and before '*'");
                slash = true;
            }
            else if (AcceptOperator("**"))
            {
                ParseParameter(annotated);
                Require(!wantsName, "named arguments must follow bare *");
                AcceptOperator(",");
                return;
            }
            else if (AcceptOperator("*"))
            {
                Require(!star, "'*' may appear only once among parameters");
                star = true;
                wantsName = IsOperator(",") || IsOperator(close);
                if (!wantsName)
                {
                    ParseParameter(annotated);
                }
            }
            else
            {
                ParseParameter(annotated);
                wantsName = false;
                bool hasDefault = AcceptOperator("=");
                if (hasDefault)
                {
                    ParseExpression();
                }
                Require(star || hasDefault || !defaulted, "parameter without a default follows one with a default");
                defaulted |= hasDefault;
            }
            any = true;
            if (!AcceptOperator(","))
            {
                break;
            }
        }
        Require(!wantsName, "named arguments must follow bare *");
    }

    private void ParseParameter(bool annotated)
    {
        ExpectIdentifier("a parameter");
        if (annotated && AcceptOperator(":"))
        {
            ParseStarred();
        }
    }

    private void SkipTypeParameters()
    {
        if (!AcceptOperator("["))
        {
            return;
        }
        do
        {
            Accept(IsOperator("*") || IsOperator("**"));
            ExpectIdentifier("a type parameter");
            if (AcceptOperator(":"))
            {
                ParseExpression();
            }
            if (AcceptOperator("="))
            {
                ParseStarred();
            }
        } while (AcceptOperator(",") && !IsOperator("]"));
        ExpectOperator("]", "after type parameters");
    }
}
