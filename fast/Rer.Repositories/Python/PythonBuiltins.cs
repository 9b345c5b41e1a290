using System.Globalization;

namespace Rer.Repositories.Python;

/// <summary>The names that are defined in a package file.</summary>
internal static class PythonBuiltins
{
    // The builtins of Python 3.13, and what rez's _load_py adds. __file__ is not among them: rez runs the file without
    // it.
    private static readonly HashSet<string> s_names =
    [
        .. "ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup".Split(' '),
        .. "BlockingIOError BrokenPipeError BufferError BytesWarning ChildProcessError".Split(' '),
        .. "ConnectionAbortedError ConnectionError ConnectionRefusedError ConnectionResetError".Split(' '),
        .. "DeprecationWarning EOFError Ellipsis EncodingWarning EnvironmentError Exception".Split(' '),
        .. "ExceptionGroup FileExistsError FileNotFoundError FloatingPointError FutureWarning".Split(' '),
        .. "GeneratorExit IOError ImportError ImportWarning IndentationError IndexError".Split(' '),
        .. "InterruptedError IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError".Split(' '),
        .. "ModuleNotFoundError NameError NotADirectoryError NotImplemented NotImplementedError".Split(' '),
        .. "OSError OverflowError PendingDeprecationWarning PermissionError ProcessLookupError".Split(' '),
        .. "PythonFinalizationError RecursionError ReferenceError ResourceWarning RuntimeError".Split(' '),
        .. "RuntimeWarning StopAsyncIteration StopIteration SyntaxError SyntaxWarning SystemError".Split(' '),
        .. "SystemExit TabError TimeoutError TypeError UnboundLocalError UnicodeDecodeError".Split(' '),
        .. "UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning UserWarning".Split(' '),
        .. "ValueError Warning ZeroDivisionError _IncompleteInputError __build_class__ __debug__".Split(' '),
        .. "__doc__ __import__ __loader__ __name__ __package__ __spec__ abs aiter all anext any ascii".Split(' '),
        .. "bin bool breakpoint bytearray bytes callable chr classmethod compile complex copyright".Split(' '),
        .. "credits delattr dict dir divmod enumerate eval exec exit filter float format frozenset".Split(' '),
        .. "getattr globals hasattr hash help hex id input int isinstance issubclass iter len license".Split(' '),
        .. "list locals map max memoryview min next object oct open ord pow print property quit range".Split(' '),
        .. "repr reversed round set setattr slice sorted staticmethod str sum super tuple type vars".Split(' '),
        .. "zip".Split(' '),
        .. "scope early late include ModifyList InvalidPackageError __builtins__".Split(' '),
    ];

    /// <summary>Whether a name is a builtin.</summary>
    public static bool IsDefined(string name) => s_names.Contains(name);

    // Builtins that accept any arguments, and builtins whose arguments depend on more than the file.
    private static readonly HashSet<string> s_takeAnything =
    [
        .. "print repr ascii id type callable bool".Split(' '),
        .. "open getattr hasattr vars dir globals locals eval exec compile __import__".Split(' '),
    ];

    // Builtins that accept any keyword arguments, if they have no others.
    private static readonly HashSet<string> s_takeAnyNames = ["dict"];

    /// <summary>Whether a builtin certainly accepts the arguments of a call.</summary>
    public static bool Accepts(CallExpression call)
    {
        string name = ((NameExpression)call.Function).Name;
        return s_takeAnything.Contains(name)
            || (
                s_takeAnyNames.Contains(name)
                && call.Arguments.Count == 0
                && call.Keywords.TrueForAll(keyword => keyword.Name is not null)
            );
    }

    /// <summary>The result of a builtin; null if only Python knows.</summary>
    /// <param name="name">The builtin.</param>
    /// <param name="arguments">The values of its arguments.</param>
    /// <param name="written">The expressions of its arguments.</param>
    public static PythonValue? Call(string name, List<PythonValue> arguments, List<PythonExpression> written) =>
        (name, arguments) switch
        {
            ("str", []) => new PythonString(""),
            ("str", [var value]) => PythonFormats.TextOf(value) is { } text ? new PythonString(text) : null,
            ("len", [PythonString text]) when PythonOperators.IsSimple(text.Text) => new PythonInteger(
                text.Text.Length
            ),
            ("len", [PythonSequence { Changed: null, Kind: not PythonSequenceKind.Set } items]) => new PythonInteger(
                items.Items.Count
            ),
            ("len", [PythonDictionary { Changed: null } dictionary]) => PythonOperators.KeysOf(dictionary) is { } keys
                ? new PythonInteger(keys.Count)
                : null,
            ("repr", [var value]) => PythonFormats.ReprOf(value) is { } text ? new PythonString(text) : null,
            ("bool", []) => PythonBoolean.False,
            ("int", [PythonInteger number]) => number,
            ("int", [PythonString { Text: { Length: > 0 and < 19 } digits }]) when digits.All(char.IsAsciiDigit) =>
                new PythonInteger(long.Parse(digits, CultureInfo.InvariantCulture)),
            // The text of other values may be computed by code.
            ("print", _) when arguments.TrueForAll(value => PythonFormats.TextOf(value) is not null) =>
                PythonNone.Instance,
            ("list", []) => new PythonSequence(PythonSequenceKind.List, []),
            ("tuple", []) => new PythonSequence(PythonSequenceKind.Tuple, []),
            ("list" or "tuple" or "sorted", [PythonDictionary { Changed: null } dictionary])
                when PythonOperators.KeysOf(dictionary) is { } keys => Call(
                name,
                [new PythonSequence(PythonSequenceKind.Tuple, keys)],
                written
            ),
            ("list" or "tuple" or "sorted", [PythonString text]) when PythonOperators.IsSimple(text.Text) => Call(
                name,
                [
                    new PythonSequence(
                        PythonSequenceKind.Tuple,
                        [.. text.Text.Select(c => new PythonString(c.ToString()))]
                    ),
                ],
                written
            ),
            ("list" or "tuple", [PythonSequence { Changed: null, Kind: not PythonSequenceKind.Set } items]) =>
                new PythonSequence(
                    name == "list" ? PythonSequenceKind.List : PythonSequenceKind.Tuple,
                    [.. items.Items]
                ),
            ("sorted", [PythonSequence { Changed: null, Kind: not PythonSequenceKind.Set } items]) =>
                PythonOperators.Sorted(items.Items) is { } sorted
                    ? new PythonSequence(PythonSequenceKind.List, sorted)
                    : null,
            ("isinstance", [var value, _]) when written[1] is NameExpression type => IsInstance(value, type.Name),
            _ => null,
        };

    private static PythonBoolean? IsInstance(PythonValue value, string type) =>
        !PythonOperators.IsKnown(value)
        || value is PythonFunction or PythonOther
        || type is not ("str" or "list" or "tuple" or "dict")
            ? null
            : PythonBoolean.Of(value.TypeName == type);
}
