namespace Rer.Repositories.Python;

/// <summary>A statement of a module, as far as it can affect the module's names.</summary>
internal abstract class PythonStatement : PythonNode;

/// <summary><c>a = b = value</c>, and <c>a: type = value</c>.</summary>
internal sealed class AssignStatement(List<PythonExpression> targets, PythonExpression value) : PythonStatement
{
    public List<PythonExpression> Targets { get; } = targets;
    public PythonExpression Value { get; } = value;

    /// <summary>The type; null if there is none.</summary>
    public PythonExpression? Annotation { get; init; }
}

/// <summary>Augmented assignment, such as <c>target += value</c>.</summary>
internal sealed class AugmentedStatement(PythonExpression target, string symbol, PythonExpression value)
    : PythonStatement
{
    public PythonExpression Target { get; } = target;

    /// <summary>The operator without its <c>=</c>.</summary>
    public string Symbol { get; } = symbol;
    public PythonExpression Value { get; } = value;
}

internal sealed class ExpressionStatement(PythonExpression expression) : PythonStatement
{
    public PythonExpression Expression { get; } = expression;
}

internal sealed class DeleteStatement(List<PythonExpression> targets) : PythonStatement
{
    public List<PythonExpression> Targets { get; } = targets;
}

internal sealed class ImportStatement(List<ImportedName> names, bool everything) : PythonStatement
{
    /// <summary>The names it assigns.</summary>
    public List<ImportedName> Names { get; } = names;

    /// <summary>Whether it is <c>from m import *</c>, which may assign any name.</summary>
    public bool Everything { get; } = everything;
}

/// <summary>A name that an import assigns.</summary>
/// <param name="Module">The module; empty for a relative import.</param>
/// <param name="Member">The imported member, as in <c>from m import a</c>; null if the module itself is
/// imported.</param>
/// <param name="Name">The name that is assigned.</param>
/// <param name="IsRoot">Whether it is <c>import a.b</c>, which assigns <c>a</c>.</param>
internal sealed record ImportedName(string Module, string? Member, string Name, bool IsRoot);

/// <summary><c>return</c>.</summary>
internal sealed class ReturnStatement(PythonExpression? value) : PythonStatement
{
    public PythonExpression? Value { get; } = value;
}

/// <summary><c>break</c> and <c>continue</c>.</summary>
internal sealed class JumpStatement(bool isBreak) : PythonStatement
{
    public bool IsBreak { get; } = isBreak;
}

/// <summary><c>global</c>: the names are not local to the function.</summary>
internal sealed class GlobalStatement(List<string> names) : PythonStatement
{
    public List<string> Names { get; } = names;
}

/// <summary><c>for</c>, including its <c>else</c>.</summary>
internal sealed class ForStatement(
    PythonExpression target,
    PythonExpression items,
    List<PythonStatement> body,
    List<PythonStatement> otherwise
) : PythonStatement
{
    public PythonExpression Target { get; } = target;
    public PythonExpression Items { get; } = items;
    public List<PythonStatement> Body { get; } = body;
    public List<PythonStatement> Otherwise { get; } = otherwise;
}

/// <summary><c>while</c>, including its <c>else</c>.</summary>
internal sealed class WhileStatement(
    PythonExpression condition,
    List<PythonStatement> body,
    List<PythonStatement> otherwise
) : PythonStatement
{
    public PythonExpression Condition { get; } = condition;
    public List<PythonStatement> Body { get; } = body;
    public List<PythonStatement> Otherwise { get; } = otherwise;
}

/// <summary><c>def</c> and <c>class</c>.</summary>
/// <param name="name">Its name.</param>
/// <param name="decorators">Its decorators.</param>
/// <param name="evaluated">The expressions that are evaluated at the definition: a function's defaults, a class's bases
/// and keywords.</param>
/// <param name="annotations">The annotations of its parameters and result. rez does not evaluate them.</param>
/// <param name="body">Its statements.</param>
/// <param name="parameters">The number of a function's parameters, without <c>*args</c> and <c>**kwargs</c>.</param>
/// <param name="isClass">Whether it is a class.</param>
internal sealed class DefinitionStatement(
    string name,
    List<PythonExpression> decorators,
    List<PythonExpression> evaluated,
    List<PythonExpression> annotations,
    List<PythonStatement> body,
    int parameters,
    bool isClass
) : PythonStatement
{
    public string Name { get; } = name;
    public List<PythonExpression> Decorators { get; } = decorators;
    public List<PythonExpression> Evaluated { get; } = evaluated;
    public List<PythonExpression> Annotations { get; } = annotations;
    public List<PythonStatement> Body { get; } = body;
    public int Parameters { get; } = parameters;
    public bool IsClass { get; } = isClass;

    /// <summary>
    /// The names of its parameters if it is a function that can be followed; otherwise null. A function can be followed
    /// if each parameter may be passed by position or by name, and if no expression in it awaits, yields or assigns.
    /// </summary>
    public List<string>? FollowedParameters { get; init; }
}

/// <summary>
/// An annotation by itself or after an assignment. It is not evaluated: rez's <c>serialise</c> has
/// <c>from __future__ import annotations</c>, which code compiled there inherits.
/// </summary>
internal sealed class AnnotationStatement(PythonExpression annotation) : PythonStatement
{
    /// <summary>The annotated name, which becomes local to a function.</summary>
    public PythonExpression? Target { get; init; }

    public PythonExpression Annotation { get; } = annotation;
}

/// <summary><c>raise</c>, and <c>assert</c> with its condition.</summary>
internal sealed class RaiseStatement(PythonExpression? unless) : PythonStatement
{
    /// <summary>The condition that prevents it; null if there is none.</summary>
    public PythonExpression? Unless { get; } = unless;
}

/// <summary><c>if</c>. An <c>elif</c> is an <c>if</c> in the other branch.</summary>
internal sealed class IfStatement(
    PythonExpression condition,
    List<PythonStatement> then,
    List<PythonStatement> otherwise
) : PythonStatement
{
    public PythonExpression Condition { get; } = condition;
    public List<PythonStatement> Then { get; } = then;
    public List<PythonStatement> Otherwise { get; } = otherwise;
}

/// <summary>
/// <c>with scope("name"):</c>, rez's way to write a dict. All other uses of <c>with</c> are branches.
/// </summary>
internal sealed class ScopeStatement(
    PythonExpression name,
    PythonExpression? target,
    List<PythonStatement> body,
    PythonExpression call
) : PythonStatement
{
    public PythonExpression Name { get; } = name;
    public PythonExpression? Target { get; } = target;
    public List<PythonStatement> Body { get; } = body;

    /// <summary>The whole <c>scope(...)</c>.</summary>
    public PythonExpression Call { get; } = call;
}

/// <summary>
/// A compound statement whose blocks may or may not run: <c>try</c>, <c>with</c>, <c>match</c> and <c>async for</c>.
/// </summary>
internal sealed class BranchesStatement(
    string keyword,
    List<PythonExpression> headers,
    List<PythonExpression> targets,
    List<List<PythonStatement>> blocks
) : PythonStatement
{
    public string Keyword { get; } = keyword;

    /// <summary>The expressions it evaluates.</summary>
    public List<PythonExpression> Headers { get; } = headers;

    /// <summary>The targets that it assigns itself, such as loop variables.</summary>
    public List<PythonExpression> Targets { get; } = targets;

    public List<List<PythonStatement>> Blocks { get; } = blocks;
}
