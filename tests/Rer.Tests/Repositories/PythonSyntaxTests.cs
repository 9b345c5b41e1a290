using System.Text;
using Rer.Repositories;

namespace Rer.Tests.Repositories;

/// <summary>A file that CPython 3.13 would not compile is an error, because rez could not load it.</summary>
public sealed class PythonSyntaxTests
{
    private static void Parse(string source) => PackageFile.ParsePython("package.py", Encoding.UTF8.GetBytes(source));

    [Theory]
    [InlineData("requires = ['a'", "package.py:1: '[' was never closed")]
    [InlineData("requires = ['a')", "package.py:1: closing ')' does not match opening '['")]
    [InlineData("requires = [\n'a'\n)", "package.py:3: closing ')' does not match opening '[' on line 1")]
    [InlineData("]", "package.py:1: unmatched ']'")]
    [InlineData("x = 'abc", "package.py:1: unterminated string literal")]
    [InlineData("x = r'b\\'", "package.py:1: unterminated string literal")]
    [InlineData("x = 1\ny = '''abc\n\n", "package.py:2: unterminated triple-quoted string literal")]
    [InlineData("x = f'{a'", "package.py:1: unterminated string literal")]
    [InlineData("x = f'a}'", "package.py:1: f-string: single '}' is not allowed")]
    [InlineData("x = f'{a b}'", "package.py:1: expected '}' in an f-string, found 'b'")]
    [InlineData("print 'hello'", "package.py:1: 'print' without parentheses is Python 2, and rez runs Python 3")]
    [InlineData(
        "def f():\n    print 'hello'",
        "package.py:2: 'print' without parentheses is Python 2, and rez runs Python 3"
    )]
    [InlineData("x = ", "package.py:1: expected an expression, found the end of the line")]
    [InlineData("x = [1 2]", "package.py:1: expected ']' or ',' after an item, found '2'")]
    [InlineData("x = {1: }", "package.py:1: expected an expression, found '}'")]
    [InlineData("f() = 1", "package.py:1: cannot assign to this expression")]
    [InlineData("class = 1", "package.py:1: expected a class's name, found '='")]
    [InlineData("if x\n    y = 1", "package.py:1: expected ':' after a condition, found the end of the line")]
    [InlineData("if x:\ny = 1", "package.py:2: expected an indented block after a condition, found 'y'")]
    [InlineData("  x = 1", "package.py:1: unexpected indent")]
    [InlineData("if x:\n        y = 1\n    z = 1", "package.py:3: unindent does not match any outer indentation level")]
    [InlineData("if x:\n        y = 1\n\tz = 1", "package.py:3: inconsistent use of tabs and spaces in indentation")]
    [InlineData("return", "package.py:1: 'return' outside function")]
    [InlineData("break", "package.py:1: 'break' outside loop")]
    [InlineData("x = 012", "package.py:1: leading zeros in decimal integer literals are not permitted")]
    [InlineData("x = 1__0", "package.py:1: invalid number: '_' must be between digits")]
    [InlineData("x = 12abc", "package.py:1: invalid number literal")]
    [InlineData("x = '\\xg0'", "package.py:1: invalid \\x escape: 2 hexadecimal digits of a character expected")]
    [InlineData("x = b'a' 'b'", "package.py:1: cannot mix bytes and nonbytes literals")]
    [InlineData("x = b'é'", "package.py:1: bytes can only contain ASCII literal characters")]
    [InlineData("x = 1 $ 2", "package.py:1: invalid character '$' (U+0024)")]
    [InlineData("x = \\ 1", "package.py:1: unexpected character after line continuation character")]
    [InlineData("f(a=1, b)", "package.py:1: positional argument follows keyword argument")]
    [InlineData("def f(a=1, b): pass", "package.py:1: parameter without a default follows one with a default")]
    [InlineData("def f(*): pass", "package.py:1: named arguments must follow bare *")]
    [InlineData(
        "try:\n    x = 1\ny = 2",
        "package.py:3: expected 'except' or 'finally' after a 'try' block, found 'y'"
    )]
    [InlineData("@x\ny = 1", "package.py:2: expected 'def' or 'class' after a decorator, found 'y'")]
    [InlineData("import a b", "package.py:1: expected the end of the statement, found 'b'")]
    [InlineData("x = 1\0", "package.py:1: source code cannot contain null bytes")]
    public void Errors_have_file_and_line(string source, string message) =>
        Should.Throw<PackageDataException>(() => Parse(source)).Message.ShouldBe(message);

    [Theory]
    [InlineData("x = f'{a!r:>{width}} {{}} {d['k']} {x = } {y:%H:%M}' rf'\\d{2}' f'\\N{BULLET}{z}'")]
    [InlineData("x = f'''{\n  a  # why\n}'''")]
    [InlineData("async def f(): x = [y async for y in z] if a else lambda *b, c=1, **d: (yield)")]
    [InlineData("x = a[1:2, ::3, ...][b:] @ c ** -d // ~e << f")]
    [InlineData("a, *b = c, *d = 1, 2")]
    [InlineData("x: int\ny: dict[str, int] = {}\ntype Z[T: int, *U, **V] = list[T]")]
    [InlineData("def f[T](a, /, b: int = 1, *args: *T, c, **kw) -> None: ...")]
    [InlineData("async def f():\n    async with a as b, c: await d\n    async for e in g: yield e\n    return")]
    [InlineData("with (open('a') as a, open('b') as b,):\n    pass")]
    [InlineData("with (a), b: pass")]
    [InlineData("try: pass\nexcept* (A, B) as e: raise C from e\nelse: pass\nfinally: pass")]
    [InlineData(
        "match a, *b:\n    case {'k': [1, *_], **r} | P(x=-1+2j, y=str() as s) if r: pass\n    case a.b: pass\n    case _: pass"
    )]
    [InlineData("for x, in y: continue\nelse: pass\nwhile x: break")]
    [InlineData("from . import a\nfrom .... import b\nfrom ..c.d import (e as f, g,)\nimport h.i as j, k")]
    [InlineData("class A(B, metaclass=C, *d, **e):\n    x = 1\n    def f(self): nonlocal_ = 1")]
    [InlineData("x = 0xFF + 0o17 + 0b1 + 1_000.5e-3j + .5 + 1. + 1if y else 2")]
    [InlineData("if (a := b) and a not in c is not d: pass\nelif e: pass\nelse: pass")]
    [InlineData("d = {**a, 'b': 1}; s = {*a, 1}; del d['b'], s; assert x, 'y'; global z")]
    [InlineData("print(*() or (), **{} or {})")]
    [InlineData("x = 1; \\\ny = 2\n\f\nz = 3 # end")]
    [InlineData("été = 'é'")]
    public void All_of_Python_parses(string source)
    {
        try
        {
            Parse(source);
        }
        catch (PackageDataException e)
            when (e.NeedsPython || e.Message.Contains("is not defined", StringComparison.Ordinal))
        {
            // Parsed, but a field may be affected by it, or a name is missing that Python's grammar does not check.
        }
    }

    [Fact]
    public void Nesting_too_deep_for_CPython_is_an_error_and_not_a_crash()
    {
        Message(new string('[', 100_000)).ShouldEndWith("too many nested parentheses");
        Message("x = " + string.Concat(Enumerable.Repeat("-", 1_000_000)) + "1")
            .ShouldContain("code is nested very deeply; only Python can tell");
        Message("x = " + string.Concat(Enumerable.Repeat("1 if a else ", 200_000)) + "1").ShouldContain("very deeply");
        Message("requires = " + string.Join(" + ", Enumerable.Repeat("['a']", 500_000))).ShouldContain("very deeply");
        string indented = string.Concat(Enumerable.Range(0, 200).Select(i => new string(' ', i) + "if x:\n"));
        Message(indented).ShouldEndWith("too many levels of indentation");

        static string Message(string source) => Should.Throw<PackageDataException>(() => Parse(source)).Message;
    }

    [Theory]
    [InlineData("# coding: latin-1\nrequires = ['\u00e9']", "é")]
    [InlineData("#!/usr/bin/env python\r\n# vim: set fileencoding=latin-1 :\r\nrequires = ['\u00e9']", "é")]
    [InlineData("#!/usr/bin/python\n# vim: set fileencoding=iso-8859-1 :\nrequires = ['\u00e9']", "é")]
    public void A_coding_comment_is_obeyed(string source, string expected) =>
        PackageFile
            .ParsePython("package.py", Encoding.Latin1.GetBytes(source))
            .Definition.Requires.ShouldBe([expected]);

    [Theory]
    [InlineData("\ufeff# coding: utf8\nrequires = ['a']", "the coding 'utf8' contradicts the UTF-8 byte order mark")]
    [InlineData(
        "\ufeff# coding: latin-1\nrequires = ['a']",
        "the coding 'latin-1' contradicts the UTF-8 byte order mark"
    )]
    [InlineData("# coding: ascii\nx = 1 # é", "the file is declared as ascii, in which the byte c3")]
    public void A_coding_comment_must_match_the_bytes(string source, string message) =>
        Should.Throw<PackageDataException>(() => Parse(source)).Message.ShouldContain(message);

    [Fact]
    public void Invalid_bytes_are_allowed_in_comments() =>
        PackageFile
            .ParsePython("package.py", [.. "# "u8, 0xff, 0xed, 0xa0, 0x80, .. "\nrequires = ['a']"u8])
            .Definition.Requires.ShouldBe(["a"]);

    [Fact]
    public void Bytes_that_are_not_the_declared_coding_are_an_error()
    {
        byte[] latin = Encoding.Latin1.GetBytes("x = 1\ny = 'é'");
        Should
            .Throw<PackageDataException>(() => PackageFile.ParsePython("package.py", latin))
            .Message.ShouldBe("package.py:2: invalid UTF-8; save the file as UTF-8 or declare its coding");

        byte[] other = Encoding.ASCII.GetBytes("# coding: cp1252\nrequires = ['a']");
        Should
            .Throw<PackageDataException>(() => PackageFile.ParsePython("package.py", other))
            .NeedsPython.ShouldBeTrue();
    }
}
