using System.Numerics;

namespace Rer.Repositories.Python;

/// <summary>
/// The value of a Python expression, or of a node in a YAML file, as far as it can be known without running Python.
/// </summary>
internal abstract record PythonValue
{
    /// <summary>The type's name in Python, for messages.</summary>
    public abstract string TypeName { get; }
}

internal sealed record PythonString(string Text) : PythonValue
{
    public override string TypeName => "str";
}

/// <summary>Bytes. They are never valid in a field, so only whether there are any is kept.</summary>
internal sealed record PythonBytes(bool IsEmpty) : PythonValue
{
    public override string TypeName => "bytes";
}

internal sealed record PythonInteger(BigInteger Value) : PythonValue
{
    public override string TypeName => "int";
}

internal sealed record PythonFloat(double Value) : PythonValue
{
    public override string TypeName => "float";
}

internal sealed record PythonBoolean(bool Value) : PythonValue
{
    public static PythonBoolean True { get; } = new(true);
    public static PythonBoolean False { get; } = new(false);

    public static PythonBoolean Of(bool value) => value ? True : False;

    public override string TypeName => "bool";
}

internal sealed record PythonNone : PythonValue
{
    public static PythonNone Instance { get; } = new();

    public override string TypeName => "NoneType";
}

/// <summary>A value of a type that is not valid in any field. Only the type's name matters, for messages.</summary>
internal sealed record PythonOther(string Type) : PythonValue
{
    public override string TypeName => Type;
}

/// <summary>
/// A value that code has computed or may have changed. It is unknown, and the reason is reported only if the value is
/// needed.
/// </summary>
/// <param name="Line">The line where that happened, from 1.</param>
/// <param name="Reason">The reason, in words that follow "'requires' ".</param>
internal sealed record PythonUnknown(int Line, string Reason) : PythonValue
{
    public override string TypeName => "unknown";
}

/// <summary>
/// A list, tuple, set or dict. Names share it, as in Python, so a change is visible through all of them.
/// </summary>
internal abstract record PythonContainer : PythonValue
{
    /// <summary>Set once code may have changed it in a way that is not followed.</summary>
    public PythonUnknown? Changed { get; set; }

    /// <summary>Its items, in order.</summary>
    public abstract IEnumerable<PythonValue> Contents { get; }
}

internal sealed record PythonSequence(PythonSequenceKind Kind, List<PythonValue> Items) : PythonContainer
{
    public override string TypeName =>
        Kind switch
        {
            PythonSequenceKind.List => "list",
            PythonSequenceKind.Tuple => "tuple",
            _ => "set",
        };

    public override IEnumerable<PythonValue> Contents => Items;
}

internal enum PythonSequenceKind : byte
{
    List,
    Tuple,
    Set,
}

internal sealed record PythonDictionary(List<KeyValuePair<PythonValue, PythonValue>> Entries) : PythonContainer
{
    public override string TypeName => "dict";

    public override IEnumerable<PythonValue> Contents => Entries.SelectMany(e => new[] { e.Key, e.Value });

    /// <summary>Why its entries are not known, if it is the dict of a scope that is not empty; otherwise null.</summary>
    public PythonUnknown? ScopeContents =>
        Changed is null && Entries is [{ Key: PythonUnknown key, Value: var item }] && ReferenceEquals(key, item)
            ? key
            : null;

    /// <summary>The dict of a scope that is not empty. Which names and values are in it is not followed.</summary>
    public static PythonDictionary OfScope(PythonUnknown contents) => new([new(contents, contents)]);
}

/// <summary>A function or class of the file.</summary>
/// <param name="Name">The name in its definition.</param>
/// <param name="Binding">When rez runs it.</param>
/// <param name="Line">The line of its definition.</param>
/// <param name="FirstToken">The start of its definition, including decorators.</param>
/// <param name="EndToken">The end of its definition.</param>
internal sealed record PythonFunction(string Name, PythonBinding Binding, int Line, int FirstToken, int EndToken)
    : PythonValue
{
    /// <summary>Its code if calls of it may be followed; otherwise null.</summary>
    public PythonFunctionCode? Code { get; init; }

    public override string TypeName => Binding == PythonBinding.Class ? "class" : "function";
}

/// <summary>
/// A module, function or object that the file does not define. <see cref="PythonNatives"/> decides what is followed.
/// </summary>
/// <param name="Path">Its name, with the name of its module: <c>os.environ</c>. A name of rez or Python that needs no
/// import has no module.</param>
internal sealed record PythonNative(string Path) : PythonValue
{
    public override string TypeName => PythonNatives.Module(Path) is null ? Path : "module";
}

/// <summary>When rez runs a function of a package definition.</summary>
internal enum PythonBinding : byte
{
    /// <summary>
    /// Never, unless it is <c>commands</c> or a similar function. rez drops it from the package's fields.
    /// </summary>
    None,

    /// <summary>When the file is loaded: <c>@early()</c>.</summary>
    Early,

    /// <summary>When the field is first read: <c>@late()</c>.</summary>
    Late,

    /// <summary>It is a class, not a function.</summary>
    Class,
}
