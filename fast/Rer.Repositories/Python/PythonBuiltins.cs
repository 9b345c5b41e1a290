namespace Rer.Repositories.Python;

/// <summary>The names that a package file finds defined.</summary>
internal static class PythonBuiltins
{
    // Python's own, as far as they start with a small letter, and what rez's _load_py adds.
    private static readonly HashSet<string> Names =
    [
        .. "abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile".Split(
            ' '
        ),
        .. "complex copyright credits delattr dict dir divmod enumerate eval exec exit filter float".Split(' '),
        .. "format frozenset getattr globals hasattr hash help hex id input int isinstance issubclass iter".Split(' '),
        .. "len license list locals map max memoryview min next object oct open ord pow print property".Split(' '),
        .. "quit range repr reversed round set setattr slice sorted staticmethod str sum super tuple type".Split(' '),
        .. "vars zip scope early late include".Split(' '),
    ];

    /// <summary>Whether a name may be a builtin. Of the many that start otherwise than with a small letter, exceptions
    /// above all, none is told apart.</summary>
    public static bool MayDefine(string name) => !char.IsAsciiLetterLower(name[0]) || Names.Contains(name);
}
