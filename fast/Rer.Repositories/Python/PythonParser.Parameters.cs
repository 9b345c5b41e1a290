namespace Rer.Repositories.Python;

// Parses the parameters of functions, lambdas and generics.
internal sealed partial class PythonParser
{
    /// <summary>Parses the parameters of a function or lambda, up to the closing token.</summary>
    /// <param name="close">The closing token.</param>
    /// <param name="defaults">Receives their defaults.</param>
    /// <param name="annotations">Receives their annotations; null if they have none.</param>
    /// <returns>The names of the parameters except <c>*args</c> and <c>**kwargs</c>, and whether all of them may be
    /// passed by position or by name.</returns>
    private (List<string> Names, bool IsPlain) ParseParameters(
        string close,
        List<PythonExpression> defaults,
        List<PythonExpression>? annotations
    )
    {
        HashSet<string> names = [];
        List<string> order = [];
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
                ParseParameter(names, annotations);
                Require(!wantsName, "named arguments must follow bare *");
                AcceptOperator(",");
                return (order, false);
            }
            else if (AcceptOperator("*"))
            {
                Require(!star, "'*' may appear only once among parameters");
                star = true;
                wantsName = IsOperator(",") || IsOperator(close);
                if (!wantsName)
                {
                    ParseParameter(names, annotations);
                }
            }
            else
            {
                order.Add(ParseParameter(names, annotations));
                wantsName = false;
                bool hasDefault = AcceptOperator("=");
                if (hasDefault)
                {
                    defaults.Add(ParseExpression());
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
        return (order, !slash && !star);
    }

    private string ParseParameter(HashSet<string> names, List<PythonExpression>? annotations)
    {
        string name = ExpectIdentifier("a parameter");
        Require(names.Add(name), $"duplicate argument '{name}' in function definition");
        if (annotations is not null && AcceptOperator(":"))
        {
            annotations.Add(ParseStarred());
        }
        return name;
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
