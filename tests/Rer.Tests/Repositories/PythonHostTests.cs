using System.Runtime.InteropServices;
using System.Text;
using Rer.Repositories;
using Rer.Repositories.Python;

namespace Rer.Tests.Repositories;

/// <summary>
/// Definitions that depend on the machine and the environment, and on their own functions, are read without Python. The
/// expected values are those that rez loads there.
/// </summary>
public sealed class PythonHostTests
{
    private static readonly Dictionary<string, string> s_variables = new()
    {
        ["STUDIO"] = "lyon",
        ["EMPTY"] = "",
        ["LIST"] = "['a', ('b', 1)]",
        ["ACCENT"] = "Orléans",
    };

    private static HostFacts On(string system) =>
        new()
        {
            System = system,
            Machine = HostFacts.Of(system, Architecture.X64).Machine,
            Variable = name => s_variables.GetValueOrDefault(name),
        };

    private static PackageFile Parse(string source, string system = "Linux") =>
        PackageFile.ParsePython("package.py", Encoding.UTF8.GetBytes(source), On(system));

    [Theory]
    [InlineData("Linux", "Linux,linux,posix,x86_64,/,linux")]
    [InlineData("Darwin", "Darwin,darwin,posix,x86_64,/,osx")]
    [InlineData("Windows", "Windows,win32,nt,AMD64,\\,windows")]
    public void The_machine_is_known(string system, string expected)
    {
        PackageFile file = Parse(
            """
            import platform, sys, os
            from rez.system import system
            requires = [platform.system(), sys.platform, os.name, platform.machine(), os.sep, system.platform]
            """,
            system
        );
        string.Join(',', file.Definition.Requires).ShouldBe(expected);
        file.Definition.DependsOn.ShouldBe(["os.name", "platform.machine()", "platform.system()", "sys.platform"]);
    }

    /// <summary>Before rez 3.2 they cannot use rez's <c>testing</c>.</summary>
    [Theory]
    [InlineData("@early()\ndef requires():\n    return ['a'] if testing else ['b']", "testing")]
    [InlineData("@early()\ndef requires():\n    return ['b']\nx = 'testing'", "")]
    [InlineData("testing = True\n@early()\ndef requires():\n    return ['a'] if testing else ['b']", "testing")]
    [InlineData("@early()\ndef requires():\n    testing = False\n    return ['a'] if testing else ['b']", "")]
    public void An_early_function_may_depend_on_the_version_of_rez(string definition, string expected)
    {
        PackageDefinition read = Parse(definition).Definition;
        read.Requires.ShouldBe(["b"]);
        string.Join(',', read.DependsOn).ShouldBe(expected);
    }

    [Theory]
    [InlineData(Architecture.Arm64, "Darwin")]
    [InlineData(Architecture.Arm64, "Windows")]
    [InlineData(Architecture.S390x, "Linux")]
    public void If_a_Python_may_report_another_machine_it_evaluates_the_definition(
        Architecture architecture,
        string system
    ) => HostFacts.Of(system, architecture).Machine.ShouldBeNull();

    [Theory]
    [InlineData("os.getenv('STUDIO')", "lyon")]
    [InlineData("os.getenv('EMPTY', 'x')", "")]
    [InlineData("os.getenv('MISSING', 'x')", "x")]
    [InlineData("os.environ.get('MISSING') or 'none'", "none")]
    [InlineData("os.environ['STUDIO']", "lyon")]
    [InlineData("'yes' if 'EMPTY' in os.environ else 'no'", "yes")]
    [InlineData("'yes' if 'MISSING' not in os.environ else 'no'", "yes")]
    [InlineData("ast.literal_eval(os.getenv('LIST'))[1][0]", "b")]
    public void The_environment_is_read_as_the_process_sees_it(string expression, string expected)
    {
        PackageDefinition definition = Parse($"import os, ast\nrequires = [{expression}]").Definition;
        definition.Requires.ShouldBe([expected]);
        definition.DependsOn.Count.ShouldBe(1);
        definition.HoldsEverywhere.ShouldBeFalse();
    }

    [Theory]
    [InlineData("import os, ast\nrequires = [os.environ['MISSING']]", "KeyError: the environment variable 'MISSING'")]
    [InlineData("import os, ast\nrequires = ast.literal_eval(os.getenv('MISSING'))", "ValueError: ast.literal_eval")]
    [InlineData("import sys\nsys.exit()", "the file ends the process when it is loaded, and would end rez")]
    [InlineData("quit()", "the file ends the process when it is loaded, and would end rez")]
    [InlineData("x = globals()['env']", "KeyError: there is no global variable 'env'")]
    [InlineData("@early()\ndef tools(): return this.nothing", "AttributeError: no such package attribute 'nothing'")]
    [InlineData(
        "@early()\ndef tools(): return this.help\n@early()\ndef help(): return ''",
        "ValueError: an @early function cannot refer to 'help'"
    )]
    [InlineData("@early()\ndef tools():\n    if testing: x = 1\n    return x", "UnboundLocalError: 'x'")]
    [InlineData("@early()\ndef tools(a, b): pass", "at most one argument")]
    public void What_certainly_fails_is_an_error_wherever_it_is(string source, string message)
    {
        PackageDataException error = Should.Throw<PackageDataException>(() => Parse(source));
        error.Message.ShouldContain(message);
        error.NeedsPython.ShouldBeFalse();
    }

    [Theory]
    [InlineData("import os\nrequires = [os.getenv('ACCENT')]")] // Python's decoding depends on the locale
    [InlineData("import os\nos.environ['STUDIO'] = 'paris'\nrequires = [os.getenv('STUDIO')]")]
    [InlineData("import os, studio_setup\nrequires = [os.getenv('STUDIO')]")]
    [InlineData("import platform\nplatform.system = lambda: 'Amiga'\nrequires = [platform.system()]")]
    [InlineData("import platform\nrequires = [platform.node()]")]
    public void What_code_may_have_changed_is_left_to_Python(string source) =>
        Should.Throw<PackageDataException>(() => Parse(source)).NeedsPython.ShouldBeTrue();

    [Theory]
    [InlineData("variants = []\nif platform.system() == 'Linux':\n    variants.append(['l'])", "| l")]
    [InlineData("variants = [['w']]\nif 'win' in sys.platform:\n    variants = []", "| w")]
    [InlineData("@early()\ndef requires():\n    if building:\n        return ['b']\n    return ['n']", "n")]
    [InlineData(
        "@early()\ndef requires():\n    r = ['a']\n    if os.name == 'nt':\n        r += ['w']\n    return r",
        "a"
    )]
    [InlineData("v = '1.2.3'\n@early()\ndef requires(): return ['q-' + '.'.join(this.v.split('.')[:2])]", "q-1.2")]
    [InlineData("def f(a, b='x'): return a + b\nrequires = [f('1'), f(b='2', a='3')]", "1x,32")]
    [InlineData("requires = ['a']\ndef f():\n    requires.append('b')\nf()", "a,b")]
    [InlineData("requires = ['a']\ndef f():\n    global requires\n    requires = ['b']\nf()", "b")]
    [InlineData("requires = ['a']\n@early()\ndef tools():\n    this.requires.append('b')", "a,b")]
    [InlineData("@early()\ndef requires(): return ['a']\n@early()\ndef tools(): this.requires.append('b')", "a,b")]
    [InlineData(
        "requires = ['a']\ndef f():\n    global requires\n    requires = ['b']\n@early()\ndef tools(): f()",
        "a"
    )]
    [InlineData(
        "def f(n):\n    for x in range(n):\n        if x == 2: return x\nrequires = [str(f(5)), str(f(1))]",
        "2,None"
    )]
    [InlineData("requires = []\nfor x in ['a', 'b', 'c']:\n    if x == 'b': continue\n    requires.append(x)", "a,c")]
    [InlineData(
        "requires = []\nfor x in 'abc':\n    requires += [x]\n    if x == 'b': break\nelse:\n    requires = []",
        "a,b"
    )]
    [InlineData("requires = []\nn = 0\nwhile n < 3:\n    n += 1\n    requires.append(str(n))", "1,2,3")]
    [InlineData(
        "d = {'a': '1'}\nd['b'] = '2'\nrequires = [k + v for k, v in d.items()] + [d.get('c', 'x')]",
        "a1,b2,x"
    )]
    [InlineData("requires = ['a']\n@early()\ndef tools(): pass", "a")]
    [InlineData("late = globals()['late']\nrequires = ['a']\n@late()\ndef tools(): return []", "a")]
    [InlineData("early = globals()[\"early\"]\n@early()\ndef requires(): return ['a']", "a")]
    [InlineData("from rez.utils.sourcecode import early, late\n@early()\ndef requires(): return ['a']", "a")]
    [InlineData("from rez.utils.lint_helper import env\nrequires = ['a']", "a")]
    [InlineData(
        "version = '1'\nrequires = ['core-{v}'.format(v=version), 'x-' + str(2), '%(a)s' % {'a': 'b'}]",
        "core-1,x-2,b"
    )]
    [InlineData("if __name__ == '__main__':\n    requires = 5\nrequires = ['a']", "a")]
    [InlineData("with scope('config') as c:\n    c.release_packages_path = '/x'\nrequires = ['a']", "a")]
    [InlineData("with scope('config') as c:\n    c.plugin_path = ModifyList(append=['/x'])\nrequires = ['a']", "a")]
    [InlineData("with scope('config'):\n    with scope('requires'):\n        x = 1\nrequires = ['a']", "a")]
    [InlineData("requires = [os.path.join('a', 'b'), os.path.basename('/x/y'), os.path.dirname('/x/y')]", "a/b,y,/x")]
    public void Functions_loops_and_the_idioms_of_studios_are_followed(string source, string expected)
    {
        PackageFile file = Parse("import platform, sys, os\n" + source);
        string shown = string.Join(',', file.Definition.Requires);
        if (file.Definition.Variants.Count > 0)
        {
            shown += "| " + string.Join("; ", file.Definition.Variants.Select(variant => string.Join(',', variant)));
        }
        shown.ShouldBe(expected);
        file.Definition.IsFollowed.ShouldBeTrue();
    }

    [Theory]
    [InlineData("import studio_lib\nrequires = ['a']")]
    [InlineData("x = []\nx: x.append(1)\nrequires = ['a']\nz = x + 1")]
    [InlineData(
        "requires = ['a']\n@early()\ndef tools():\n    import subprocess\n    return subprocess.check_output('x')"
    )]
    public void Code_that_may_fail_is_noted(string source)
    {
        PackageDefinition definition = Parse(source).Definition;
        definition.Requires.ShouldBe(["a"]);
        definition.IsFollowed.ShouldBeFalse();
    }

    [Theory]
    [InlineData("def f(): return f()\nx = f()\nrequires = ['a']")]
    [InlineData("while True:\n    pass\nrequires = ['a']")]
    [InlineData("x = ['a']\nfor y in x:\n    x.append(y)\nrequires = ['a']")]
    public void What_never_ends_ends_here(string source)
    {
        try
        {
            Parse(source).Definition.IsFollowed.ShouldBeFalse();
        }
        catch (PackageDataException e)
        {
            e.NeedsPython.ShouldBeTrue();
        }
    }
}
