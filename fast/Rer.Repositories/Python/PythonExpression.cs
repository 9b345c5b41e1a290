namespace Rer.Repositories.Python;

/// <summary>
/// An expression, as deep as it can be evaluated without running Python; what lies beyond is checked for its syntax
/// and becomes an <see cref="OpaqueExpression"/>.
/// </summary>
internal abstract class PythonExpression : PythonNode;

internal sealed class ConstantExpression(PythonValue value) : PythonExpression
{
    public PythonValue Value { get; } = value;
}

/// <summary>An f-string: its constant pieces and, between them, the expressions that are formatted.</summary>
/// <param name="parts">Those.</param>
/// <param name="isPlain">Whether it is what <c>str</c> makes of them, and no conversion or format follows one.</param>
internal sealed class FormattedExpression(List<PythonExpression> parts, bool isPlain) : PythonExpression
{
    public List<PythonExpression> Parts { get; } = parts;
    public bool IsPlain { get; } = isPlain;
}

internal sealed class NameExpression(string name) : PythonExpression
{
    public string Name { get; } = name;
}

/// <summary>A list, tuple or set written out. <see cref="StarredExpression"/> items are unpacked.</summary>
internal sealed class SequenceExpression(PythonSequenceKind kind, List<PythonExpression> items) : PythonExpression
{
    public PythonSequenceKind Kind { get; } = kind;
    public List<PythonExpression> Items { get; } = items;
}

/// <summary>A dict written out; an entry without a key is unpacked.</summary>
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

/// <summary>An operator with two operands, comparisons and <c>and</c>, <c>or</c> among them.</summary>
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

/// <summary>What stands between the colons of <c>x[start:stop:step]</c>; null where nothing does.</summary>
internal sealed class SliceExpression(PythonExpression? start, PythonExpression? stop, PythonExpression? step)
    : PythonExpression
{
    public PythonExpression? Start { get; } = start;
    public PythonExpression? Stop { get; } = stop;
    public PythonExpression? Step { get; } = step;
}

/// <summary>A call. <see cref="StarredExpression"/> arguments are unpacked, and keywords without a name.</summary>
internal sealed class CallExpression(
    PythonExpression function,
    List<PythonExpression> arguments,
    List<(string? Name, PythonExpression Value)> keywords
) : PythonExpression
{
    public PythonExpression Function { get; } = function;
    public List<PythonExpression> Arguments { get; } = arguments;
    public List<(string? Name, PythonExpression Value)> Keywords { get; } = keywords;

    /// <summary>Whether it has positional arguments alone.</summary>
    public bool IsPlain { get; } = keywords.Count == 0 && !arguments.Exists(argument => argument is StarredExpression);
}

/// <summary>Comparisons in a row, <c>a &lt; b &lt; c</c>: each operand but the first with the operator before it.</summary>
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
/// <param name="what">What it is, with its article.</param>
/// <param name="kind">What it makes; null for a dict or a generator.</param>
/// <param name="element">Its items, or a dict's keys.</param>
/// <param name="value">A dict's values; else null.</param>
/// <param name="clauses">What it loops over, the outermost first.</param>
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

/// <summary><c>for target in items if condition</c>, of a comprehension.</summary>
internal sealed record ComprehensionClause(
    PythonExpression Target,
    PythonExpression Items,
    List<PythonExpression> Conditions
);

/// <summary>A lambda. Its body is checked for its syntax and not kept.</summary>
internal sealed class LambdaExpression(List<PythonExpression> defaults) : PythonExpression
{
    /// <summary>What parameters are by default; evaluated where the lambda stands.</summary>
    public List<PythonExpression> Defaults { get; } = defaults;
}

/// <summary>An expression that only Python evaluates.</summary>
internal sealed class OpaqueExpression(string what) : PythonExpression
{
    /// <summary>What it is, with its article: "an await".</summary>
    public string What { get; } = what;
}
