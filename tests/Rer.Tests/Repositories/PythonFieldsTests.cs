using System.Text;
using Rer.Repositories;

namespace Rer.Tests.Repositories;

/// <summary>
/// The fields of a package.py, read without running it. The expected values are those that rez loads.
/// </summary>
public sealed class PythonFieldsTests
{
    private static PackageFile Parse(string source) =>
        PackageFile.ParsePython("package.py", Encoding.UTF8.GetBytes(source));

    private static string Show(PackageFile file) =>
        string.Join(",", file.Definition.Requires)
        + (file.Definition.Variants.Count == 0 ? "" : " | ")
        + string.Join("; ", file.Definition.Variants.Select(variant => string.Join(",", variant)))
        + (file.Definition.Timestamp == 0 ? "" : $" @{file.Definition.Timestamp}");

    [Fact]
    public void A_package_as_rez_installs_it()
    {
        PackageFile file = Parse(
            """
            # -*- coding: utf-8 -*-

            name = 'cope'

            version = '3.79.3'

            description = \
                '''
                Copes with "things".
                '''

            requires = [
                'bonus-18.2.0+<19',
                '~CD-4.5.1+<5',  # not always there
            ]

            private_build_requires = ['cmake']

            variants = [
                ['wave-2.7', 'cartload-1.1.6'],
                ['wave-3.6']
            ]

            def commands():
                env.PATH.append("{root}/bin")
                if "houdini" in resolve:
                    env.HOUDINI_PATH.prepend("{root}/houdini")

            tests = {"unit": {"command": "pytest {root}", "requires": ["pytest"]}}

            timestamp = 1600129484

            hashed_variants = True

            with scope("config") as c:
                c.release_packages_path = "/somewhere"
                requires = ["of", "config"]

            format_version = 2
            """
        );

        file.Name.ShouldBe("cope");
        file.Version.ShouldBe("3.79.3");
        Show(file).ShouldBe("bonus-18.2.0+<19,~CD-4.5.1+<5 | wave-2.7,cartload-1.1.6; wave-3.6 @1600129484");
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("requires = []\nvariants = [[]]", " | ")]
    [InlineData("requires = ['a' 'b', \"c\"\n 'd']", "ab,cd")]
    [InlineData("requires = ['''a''', r'b', u'c', '\\x64', '\\u0065', '\\146', 'g\\\nh']", "a,b,c,d,e,f,gh")]
    [InlineData("requires = ['a'] + ['b']\nrequires += ['c']", "a,b,c")]
    [InlineData("v = '1.2'\nrequires = ['a-' + v, 'b-%s' % v, f'c-{v}', 'd-{}'.format(v)]", "a-1.2,b-1.2,c-1.2,d-1.2")]
    [InlineData(
        "v = '1.2'\nrequires = ['a-' + v.split('.')[0], '%s-%d%%' % ('b', 3), '-'.join(['c', v])]",
        "a-1,b-3%,c-1.2"
    )]
    [InlineData("requires = [*['a', 'b'], 'c']", "a,b,c")]
    [InlineData("x = ['a']\nrequires = x\nx.append('b')\nx.extend(['c'])\nx.insert(0, 'z')", "z,a,b,c")]
    [InlineData("requires = x = ['a']\nx += ['b']\nx = x + ['c']", "a,b")]
    [InlineData("requires, variants = ['a'], [['b']]", "a | b")]
    [InlineData("requires = ['a']; variants = [['b']]; timestamp = 1_0", "a | b @10")]
    [InlineData("timestamp = 0x10", " @16")]
    [InlineData("timestamp = True", " @1")]
    [InlineData("requires: list = ['a']\nvariants: list", "a")]
    [InlineData("requires = ['a']\ndel requires", "")]
    [InlineData("d = {'linux': ['l'], 'win': ['w']}\nrequires = d['linux']", "l")]
    [InlineData("p = ['x', 'y']\nrequires = [p[0], p[-1]]", "x,y")]
    [InlineData("if True:\n    requires = ['t']\nelse:\n    requires = ['f']", "t")]
    [InlineData("if 0: requires = ['t']", "")]
    [InlineData("name = 'p'\nrequires = ['a'] if name == 'p' and not None else ['b']", "a")]
    [InlineData("requires = ['a']\nif 'a' in requires:\n    requires.append('b')", "a,b")]
    [InlineData("import os\nrequires = ['a']\nif os.getenv('X'):\n    tools = ['t']", "a")]
    [InlineData("def requires():\n    return ['a']", "")]
    [InlineData("@include('m')\ndef commands(): pass\nrequires = ['a']", "a")]
    [InlineData("@early()\ndef description(): return 'd'\nrequires = ['a']", "a")]
    [InlineData("@early()\ndef description(): pass\nrequires = ['a']", "a")]
    [InlineData("from x import *\nrequires = []\nvariants = []\nbuild_requires = []\ntimestamp = 3", " @3")]
    [InlineData("\ufeffrequires = ['a']\r\nvariants = [\r['b']]", "a | b")]
    [InlineData("match = 1\ntype = 2\ncase = 3\nrequires = ['a']", "a")]
    [InlineData("assert True\nassert 1 < 2, 'never'\nrequires = ['a']", "a")]
    [InlineData("requires = [x for x in 'ab']", "a,b")]
    [InlineData("variants = [['p-' + v, *w] for v, w in [('1', []), ('2', ['c'])] if v]", " | p-1; p-2,c")]
    [InlineData("requires = sorted({'b', 'a'} and ['b', 'a'])[::-1]", "b,a")]
    [InlineData("x = (requires := ['a'])", "a")]
    [InlineData("requires = ['a'] * 2 + ['b'] * -1", "a,a")]
    [InlineData("requires = ['a', 'b', 'c']\nrequires[0] = 'z'\ndel requires[1]\nrequires[:1] = ['x', 'y']", "x,y,c")]
    [InlineData("requires = ['b', 'a', 'c']\nrequires.sort()\nrequires.pop()\nrequires.reverse()", "b,a")]
    [InlineData("requires, *x = [['a'], 1, 2]\nrequires += [str(len(x))]", "a,2")]
    [InlineData("v = '1.2.3'\nrequires = ['a-{v}'.format(v=v[:3]), f'b-{v.split(\".\")[0]}', v[-1]]", "a-1.2,b-1,3")]
    [InlineData("requires = ['a'] if 1 < 2 < 3 != 4 else []", "a")]
    [InlineData("if isinstance(1, str) or not 'ab'.startswith('a'):\n    requires = ['a']", "")]
    [InlineData("requires: undefined = ['a']\ndef f(x: undefined) -> undefined: pass", "a")]
    [InlineData("# \u00e9 in no coding\nrequires = ['a']", "a")]
    public void Values_are_those_that_rez_loads(string source, string expected) =>
        Show(Parse(source)).ShouldBe(expected);

    [Theory]
    [InlineData("x = [i for i in 'ab']\nrequires = ['a']", "a")]
    [InlineData("x = sorted(['b'])\nrequires = ['a']", "a")]
    [InlineData("def f():\n    return requires\nrequires = ['a']", "a")]
    [InlineData("from m import g\ndef f():\n    return g()\nx = f()\nrequires = ['a']", "a")]
    public void Code_that_cannot_reach_a_field_does_not_matter(string source, string expected) =>
        Show(Parse(source)).ShouldBe(expected);

    [Theory]
    [InlineData("requires = ('a',)", 1, "'requires' must be a list of strings, found tuple")]
    [InlineData("x = 1\nrequires = None", 2, "'requires' must be a list of strings, found NoneType")]
    [InlineData("requires = 'a'", 1, "'requires' must be a list of strings, found str")]
    [InlineData("requires = ['a', 1]", 1, "'requires' must be a list of strings, found int")]
    [InlineData("requires = [b'a']", 1, "'requires' must be a list of strings, found bytes")]
    [InlineData("variants = ['a']", 1, "'variants' must be a list of lists of strings, found str")]
    [InlineData("variants = [('a',)]", 1, "'variants' must be a list of lists of strings, found tuple")]
    [InlineData(
        "@late()\ndef variants(): return []",
        1,
        "'variants' must be a list of lists of strings, found function"
    )]
    [InlineData("with scope('requires'):\n    a = 1", 1, "'requires' must be a list of strings, found dict")]
    [InlineData("requires = ModifyList(['a'])", 1, "'requires' must be a list of strings, found ModifyList")]
    [InlineData("class requires: pass", 1, "'requires' must be a list of strings, found class")]
    [InlineData("raise Exception('no')", 1, "the file raises an exception when it is loaded")]
    [InlineData("requires = ['a']\ntools = toolz", 2, "name 'toolz' is not defined")]
    [InlineData("requires = ['a']\ndel requirse", 2, "name 'requirse' is not defined")]
    [InlineData("_root = __file__", 1, "name '__file__' is not defined")]
    [InlineData("@late\ndef requires(): return []", 1, "decorator '@late' must be called: '@late()'")]
    [InlineData("@late()\ndef commands(): pass", 1, "cannot use the @late decorator on function 'commands'")]
    public void What_rez_rejects_is_an_error_with_file_and_line(string source, int line, string message)
    {
        PackageDataException error = Should.Throw<PackageDataException>(() => Parse(source));
        error.Message.ShouldBe($"package.py:{line}: {message}");
        error.Line.ShouldBe(line);
        error.Path.ShouldBe("package.py");
        error.NeedsPython.ShouldBeFalse();
    }

    [Theory]
    [InlineData(
        "import os\nif os.x == 'nt':\n    requires = ['a']",
        3,
        "is assigned where a condition is not constant"
    )]
    [InlineData("import os\nrequires = [x for x in os.x]", 2, "is computed by a comprehension")]
    [InlineData("import os\nrequires = sorted(os.x)", 2, "is computed by a call of 'sorted'")]
    [InlineData("import lib\nrequires = lib.requires()", 2, "is computed by a call of '.requires'")]
    [InlineData("@early()\ndef requires():\n    yield ['a']", 1, "is an @early function")]
    [InlineData("from m import lib\n@early()\ndef requires():\n    return lib()", 4, "is computed by a call of 'lib'")]
    [InlineData("import os\nrequires = [os.getenv('é')]", 2, "is computed by a call of '.getenv'")]
    [InlineData("@late()\ndef requires():\n    return ['a']", 1, "is a @late function")]
    [InlineData("from m import cached\n@cached\ndef requires():\n    return ['a']", 2, "is computed by a decorator")]
    [InlineData("requires = ['a']\nfrom x import *", 2, "may be set by 'import *'")]
    [InlineData("from x import requires", 1, "is imported")]
    [InlineData("try:\n    requires = ['a']\nexcept E:\n    pass", 2, "is assigned in a 'try' block")]
    [InlineData("from m import x\nwhile x():\n    requires = ['a']", 3, "is assigned in a 'while' block")]
    [InlineData("match 1:\n    case 1:\n        requires = ['a']", 3, "is assigned in a 'match' block")]
    [InlineData("with open('x') as requires:\n    pass", 1, "is assigned in a 'with' block")]
    [InlineData("import os\nrequires = ['a', os.linesep]", 2, "uses '.linesep', which is not constant")]
    [InlineData("requires = [Exception]", 1, "uses 'Exception', which this file has not assigned")]
    [InlineData("import os\nrequires = os.x or ['a']", 2, "depends on a condition that is not constant")]
    [InlineData("import os\nx = os.x and (requires := ['a'])", 2, "is assigned where it may not be reached")]
    [InlineData("import os\nrequires = ['a'] * os.x", 2, "uses '.x', which is not constant")]
    [InlineData("requires = [f'a-{b\"1\"}']", 1, "is computed by a formatted string")]
    public void What_only_Python_knows_is_reported_with_its_location(string source, int line, string reason)
    {
        PackageDataException error = Should.Throw<PackageDataException>(() => Parse(source));
        error.Message.ShouldBe(
            $"package.py:{line}: 'requires' {reason}; only Python can tell. Name a Python that can import rez with --python"
        );
        error.Line.ShouldBe(line);
        error.NeedsPython.ShouldBeTrue();
    }

    [Theory]
    [InlineData("requires = ['a']\nf = lambda: requires.append('b')\nf()")]
    [InlineData("requires = ['a']\nadd = requires.append\nadd('b')")]
    [InlineData("requires = ['a']\nclass C:\n    def f(self): requires.append('b')\nc = C()\nrequires = ['n']\nc.f()")]
    [InlineData("requires = ['a']\nexec('requires = 1')")]
    [InlineData("requires = ['a']\nglobals()['requires'] = 1")]
    [InlineData("import os\nrequires = ['a']\nrequires[os.x] = 'b'")]
    [InlineData("import lib\nrequires = ['a']\nlib.patch(requires)")]
    [InlineData("requires = ['a']\nx = f'{requires.append(1)}'")]
    [InlineData("requires = ['a']\ngetattr(__import__('builtins'), 'ex' + 'ec')('requires = 1')")]
    [InlineData("f = exec\nrequires = ['a']\nf('requires = 1')")]
    [InlineData("from builtins import exec as f\nrequires = ['a']\nf('requires = 1')")]
    [InlineData("import builtins\nrequires = ['a']\nbuiltins.exec('requires = 1')")]
    [InlineData("e = __builtins__['exec']\nrequires = ['a']\ne('requires = 1')")]
    [InlineData("g = globals()\nrequires = ['a']\ng['requires'] = 1")]
    [InlineData("requires = ['a']\n@early()\ndef tools(data): data['requires'].append('b')")]
    [InlineData("requires = ['a']\n@early()\ndef tools(): this._data['requires'].append('b')")]
    [InlineData("requires = ['a']\n@early()\ndef tools(): getattr(this, 'requires').append('b')")]
    [InlineData("import lib\nif lib.unknown:\n    raise Exception()\nrequires = ['a']")]
    [InlineData("requires = ['a']\ntry:\n    x = 1\nexcept E:\n    while False: pass\n    else: requires = ['b']")]
    [InlineData("requires = ['a']\nwith scope('v'):\n    @early()\n    def f(): return this.requires.append('b')")]
    // A name that may have been assigned, deleted, defined or imported anew may still be the list.
    [InlineData("import lib\nx = ['a', 'b']\nrequires = x\nif lib.y: x = 1\nx.reverse()")]
    [InlineData("import lib\nx = ['a', 'b']\nrequires = x\nif lib.y: del x\nx.reverse()")]
    [InlineData("import lib\nx = ['a', 'b']\nrequires = x\nif lib.y:\n    def x(): pass\nx.reverse()")]
    [InlineData("x = ['a', 'b']\nrequires = x\ntry:\n    import x\nexcept ImportError: pass\nx.reverse()")]
    [InlineData("import lib\nx = ['a', 'b']\nrequires = x\nlib.y and (x := 1)\nx.reverse()")]
    public void Code_that_may_change_a_field_leaves_it_unknown(string source) =>
        Should.Throw<PackageDataException>(() => Parse(source)).NeedsPython.ShouldBeTrue();

    [Theory]
    [InlineData(
        "import m\nrequires = ['a']\ntools = toolz",
        3,
        "'toolz' is neither a builtin nor assigned before it is used"
    )]
    [InlineData("import os\nif os.x:\n    raise Exception()", 3, "the file may raise an exception when it is loaded")]
    [InlineData("import sys\nassert sys.x\nrequires = []", 2, "the file may raise an exception when it is loaded")]
    public void A_file_that_may_not_load_is_left_to_Python(string source, int line, string what) =>
        Should
            .Throw<PackageDataException>(() => Parse(source))
            .Message.ShouldBe(
                $"package.py:{line}: {what}; only Python can tell. Name a Python that can import rez with --python"
            );

    [Theory]
    [InlineData("timestamp = 1.5", "found float")]
    [InlineData("timestamp = 1e3", "found float")]
    [InlineData("timestamp = '12'", "found str")]
    [InlineData("timestamp = None", "found NoneType")]
    [InlineData("@late()\ndef timestamp(): return 1", "found function")]
    [InlineData("import os\ntimestamp = os.x", "only Python can tell")]
    public void An_invalid_timestamp_is_an_error_only_when_it_is_read(string source, string message)
    {
        PackageDefinition definition = Parse(source + "\nrequires = ['a']").Definition;
        definition.Requires.ShouldBe(["a"]);
        Should.Throw<PackageDataException>(() => definition.Timestamp).Message.ShouldContain(message);
    }

    [Fact]
    public void A_timestamp_may_be_later_than_any_time() =>
        Parse("timestamp = 99999999999999999999999").Definition.Timestamp.ShouldBe(long.MaxValue);

    /// <summary>The effects of a default argument happen where the function is defined.</summary>
    [Theory]
    [InlineData("x = ['a']\ndef g(y=x.append('b')): pass\nrequires = x")]
    [InlineData("x = ['a']\ng = lambda y=x.append('b'): 1\nrequires = x")]
    [InlineData("x = ['a']\nclass A:\n    def g(self, y=x.append('b')): pass\nrequires = x")]
    [InlineData("x = ['a']\nrequires = x\ndef g(y=x): y.append('b')\nx = 1\ng()")]
    [InlineData("x = ['a']\n@late()\ndef g(*, y=x.append('b')): pass\nrequires = x")]
    public void What_default_arguments_change_is_not_known(string source) =>
        Should.Throw<PackageDataException>(() => Parse(source)).NeedsPython.ShouldBeTrue();

    /// <summary>Python compares names by NFKC, for which the command has no tables.</summary>
    [Theory]
    [InlineData("\uff52equires = ['b']")]
    [InlineData("requires = ['a']\ndel \uff52equires")]
    [InlineData("def \uff52equires(): pass")]
    [InlineData("for \uff52equires in [1]: pass")]
    [InlineData("import os as \uff52equires")]
    [InlineData("requires = ['a']\n\u017f = 1")]
    public void Names_that_Python_changes_are_left_to_it(string source) =>
        Should.Throw<PackageDataException>(() => Parse(source)).NeedsPython.ShouldBeTrue();

    /// <summary>rez loads none of these. They are errors, or left to Python if that may be wrong.</summary>
    [Theory]
    [InlineData("x = [y for y in z]")]
    [InlineData("x = {['a']}")]
    [InlineData("x = 'a' + 1")]
    [InlineData("x = ['a'][3]")]
    [InlineData("x = ['a'] ['b']")]
    [InlineData("x, y = ['a']")]
    [InlineData("x = 'a'.nothing()")]
    [InlineData("x = {1: 'keys are asked how they start'}")]
    [InlineData("x = 1\nglobal x")]
    [InlineData("x = 1\nfrom __future__ import annotations")]
    [InlineData("from __future__ import braces")]
    [InlineData("await x")]
    [InlineData("def f():\n    nonlocal x")]
    [InlineData("def f(a, a): pass")]
    [InlineData("x = [y for y in (z := [])]")]
    [InlineData("_root = __file__")]
    [InlineData("class A('a'): pass")]
    [InlineData("for x, y in ['a']: pass")]
    [InlineData("x = f'{1!x}'")]
    [InlineData("x = '%d' % 'a'")]
    public void What_rez_cannot_load_is_never_read(string source) =>
        Should.Throw<PackageDataException>(() => Parse(source + "\nrequires = ['a']"));

    [Fact]
    public void A_missing_comma_between_lists_is_reported() =>
        Should
            .Throw<PackageDataException>(() => Parse("variants = [\n    ['a-1'] ['a-2']\n]"))
            .Message.ShouldBe("package.py:2: a list cannot be indexed by a str: is a comma missing?");

    [Fact]
    public void Invalid_build_requirements_are_errors_only_when_they_are_read()
    {
        PackageDefinition late = Parse("@late()\ndef build_requires(): return []\nrequires = ['a']").Definition;
        late.Requires.ShouldBe(["a"]);
        Should.Throw<PackageDataException>(() => late.BuildRequires.Count).NeedsPython.ShouldBeTrue();

        PackageDefinition wrong = Parse("build_requires = 5").Definition;
        Should.Throw<PackageDataException>(() => wrong.BuildRequires.ToArray()).NeedsPython.ShouldBeFalse();
    }

    [Fact]
    public void A_name_that_only_Python_knows_is_left_out()
    {
        PackageFile file = Parse("import m\nname = m.compute()\nversion = '1'\nrequires = ['a']");
        file.Name.ShouldBeNull();
        file.Version.ShouldBe("1");
    }
}
