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

/// <summary>An f-string: its constant pieces and, between them, the expressions that are formatted plainly.</summary>
internal sealed class FormattedExpression(List<PythonExpression> parts) : PythonExpression
{
    public List<PythonExpression> Parts { get; } = parts;
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

/// <summary>A call with positional arguments alone; any other is opaque.</summary>
internal sealed class CallExpression(PythonExpression function, List<PythonExpression> arguments) : PythonExpression
{
    public PythonExpression Function { get; } = function;
    public List<PythonExpression> Arguments { get; } = arguments;
}

/// <summary>An expression that only Python evaluates.</summary>
internal sealed class OpaqueExpression(string what) : PythonExpression
{
    /// <summary>What it is, with its article: "a comprehension".</summary>
    public string What { get; } = what;
}
