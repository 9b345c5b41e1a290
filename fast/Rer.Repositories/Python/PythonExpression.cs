namespace Rer.Repositories.Python;

/// <summary>
/// An expression that can be evaluated without running Python. The syntax of any other expression is checked, and it
/// becomes an <see cref="OpaqueExpression"/>.
/// </summary>
internal abstract class PythonExpression : PythonNode;

internal sealed class ConstantExpression(PythonValue value) : PythonExpression
{
    public PythonValue Value { get; } = value;
}

/// <summary>An f-string: constant pieces, and the formatted expressions between them.</summary>
/// <param name="parts">The pieces and expressions, in order.</param>
/// <param name="isPlain">Whether all expressions are converted by <c>str</c>, without a conversion or format.</param>
internal sealed class FormattedExpression(List<PythonExpression> parts, bool isPlain) : PythonExpression
{
    public List<PythonExpression> Parts { get; } = parts;
    public bool IsPlain { get; } = isPlain;
}

internal sealed class NameExpression(string name) : PythonExpression
{
    public string Name { get; } = name;
}

/// <summary>A list, tuple or set display. <see cref="StarredExpression"/> items are unpacked.</summary>
internal sealed class SequenceExpression(PythonSequenceKind kind, List<PythonExpression> items) : PythonExpression
{
    public PythonSequenceKind Kind { get; } = kind;
    public List<PythonExpression> Items { get; } = items;
}

/// <summary>A dict display. An entry without a key is unpacked.</summary>
internal sealed class DictionaryExpression(List<(PythonExpression? Key, PythonExpression Value)> entries)
    : PythonExpression
{
    public List<(PythonExpression? Key, PythonExpression Value)> Entries { get; } = entries;
}

internal sealed class StarredExpression(PythonExpression value) : PythonExpression
{
    public PythonExpression Value { get; } = value;
}

/// <summary>An operator with one operand: <c>not - + ~</c>.</summary>
internal sealed class UnaryExpression(string symbol, PythonExpression operand) : PythonExpression
{
    public string Symbol { get; } = symbol;
    public PythonExpression Operand { get; } = operand;
}

/// <summary>An operator with two operands, including comparisons and <c>and</c>, <c>or</c>.</summary>
internal sealed class BinaryExpression(string symbol, PythonExpression left, PythonExpression right) : PythonExpression
{
    public string Symbol { get; } = symbol;
    public PythonExpression Left { get; } = left;
    public PythonExpression Right { get; } = right;
}

internal sealed class ConditionalExpression(
    PythonExpression condition,
    PythonExpression whenTrue,
    PythonExpression whenFalse
) : PythonExpression
{
    public PythonExpression Condition { get; } = condition;
    public PythonExpression WhenTrue { get; } = whenTrue;
    public PythonExpression WhenFalse { get; } = whenFalse;
}

internal sealed class AttributeExpression(PythonExpression target, string name) : PythonExpression
{
    public PythonExpression Target { get; } = target;
    public string Name { get; } = name;
}

internal sealed class SubscriptExpression(PythonExpression target, PythonExpression index) : PythonExpression
{
    public PythonExpression Target { get; } = target;
    public PythonExpression Index { get; } = index;
}

/// <summary>The parts of a slice <c>x[start:stop:step]</c>; null for missing parts.</summary>
internal sealed class SliceExpression(PythonExpression? start, PythonExpression? stop, PythonExpression? step)
    : PythonExpression
{
    public PythonExpression? Start { get; } = start;
    public PythonExpression? Stop { get; } = stop;
    public PythonExpression? Step { get; } = step;
}

/// <summary>A call. <see cref="StarredExpression"/> arguments and keywords without a name are unpacked.</summary>
internal sealed class CallExpression(
    PythonExpression function,
    List<PythonExpression> arguments,
    List<(string? Name, PythonExpression Value)> keywords
) : PythonExpression
{
    public PythonExpression Function { get; } = function;
    public List<PythonExpression> Arguments { get; } = arguments;
    public List<(string? Name, PythonExpression Value)> Keywords { get; } = keywords;

    /// <summary>Whether it has only positional arguments.</summary>
    public bool IsPlain { get; } = keywords.Count == 0 && !arguments.Exists(argument => argument is StarredExpression);
}

/// <summary>
/// Chained comparisons, <c>a &lt; b &lt; c</c>: each operand after the first, with the operator before it.
/// </summary>
internal sealed class ComparisonChain(PythonExpression first, List<(string Symbol, PythonExpression Operand)> others)
    : PythonExpression
{
    public PythonExpression First { get; } = first;
    public List<(string Symbol, PythonExpression Operand)> Others { get; } = others;
}

/// <summary><c>name := value</c>.</summary>
internal sealed class NamedExpression(string name, PythonExpression value) : PythonExpression
{
    public string Name { get; } = name;
    public PythonExpression Value { get; } = value;
}

/// <summary>A comprehension or generator.</summary>
/// <param name="what">Its name in messages, with an article.</param>
/// <param name="kind">The kind of sequence that it makes; null for a dict or a generator.</param>
/// <param name="element">Its items, or a dict's keys.</param>
/// <param name="value">A dict's values; otherwise null.</param>
/// <param name="clauses">Its loops, the outermost first.</param>
internal sealed class ComprehensionExpression(
    string what,
    PythonSequenceKind? kind,
    PythonExpression element,
    PythonExpression? value,
    List<ComprehensionClause> clauses
) : PythonExpression
{
    public string What { get; } = what;
    public PythonSequenceKind? Kind { get; } = kind;
    public PythonExpression Element { get; } = element;
    public PythonExpression? Value { get; } = value;
    public List<ComprehensionClause> Clauses { get; } = clauses;
}

/// <summary><c>for target in items if condition</c> in a comprehension.</summary>
internal sealed record ComprehensionClause(
    PythonExpression Target,
    PythonExpression Items,
    List<PythonExpression> Conditions
);

/// <summary>A lambda. Its body is only checked for its syntax.</summary>
internal sealed class LambdaExpression(List<PythonExpression> defaults) : PythonExpression
{
    /// <summary>The defaults of its parameters. They are evaluated when the lambda is.</summary>
    public List<PythonExpression> Defaults { get; } = defaults;
}

/// <summary>An expression that only Python evaluates.</summary>
internal sealed class OpaqueExpression(string what) : PythonExpression
{
    /// <summary>Its name in messages, with an article: "an await".</summary>
    public string What { get; } = what;
}
