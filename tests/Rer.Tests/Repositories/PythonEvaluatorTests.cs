using System.Diagnostics;
using Rer.Repositories;
using Rer.Repositories.Evaluation;

namespace Rer.Tests.Repositories;

/// <summary>Definitions that need Python are evaluated by rez, in one process.</summary>
public sealed class PythonEvaluatorTests : IDisposable
{
    private readonly PackageTree _tree = new();

    public void Dispose() => _tree.Dispose();

    /// <summary>
    /// A script in place of Python. It greets as rez would, and gives the same answer for every definition.
    /// </summary>
    private string Impostor(string answers)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("The impostor is a shell script.");
        }
        _tree.Write("python", $"#!/bin/sh\necho x >> '{_tree.PathOf("starts")}'\nread settings\n{answers}\n");
        _tree.Allow("python", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return _tree.PathOf("python");
    }

    private FilesystemRepository Open(PythonEvaluator python) => new([_tree.PathOf("packages")], python);

    [Fact]
    public void Exactly_what_needs_it_is_evaluated_and_by_one_process()
    {
        _tree
            .Write("packages/a/1/package.py", "requires = ['static']")
            .Write("packages/a/2/package.py", "import lib\nrequires = lib.f()")
            .Write("packages/a/3/package.py", "from m import x\n@early()\ndef requires(): return []")
            .Write("packages/a/4/package.py", "requires = ['static']\n@late()\ndef build_requires(): return []")
            .Write("packages/a/5/package.py", "requires = 5");
        string answer = """{"requires":["r"],"variants":[["v"],[]],"build_requires":["b"],"timestamp":7}""";
        using PythonEvaluator python = new(
            Impostor(
                $"echo '{{\"rez\":\"3\"}}'\nwhile read q; do echo \"$q\" >> '{_tree.PathOf("asked")}'; echo '{answer}'; done"
            )
        );
        FilesystemRepository repository = Open(python);

        repository.GetDefinition("a", "1").Requires.ShouldBe(["static"]);
        File.Exists(_tree.PathOf("starts")).ShouldBeFalse();
        PackageDefinition evaluated = repository.GetDefinition("a", "2");
        evaluated.Requires.ShouldBe(["r"]);
        evaluated.Variants.Select(variant => string.Join(",", variant)).ShouldBe(["v", ""]);
        evaluated.BuildRequires.ShouldBe(["b"]);
        evaluated.Timestamp.ShouldBe(7);
        repository.GetDefinition("a", "3").Requires.ShouldBe(["r"]);
        PackageDefinition late = repository.GetDefinition("a", "4");
        repository.Statistics.DefinitionsEvaluated.ShouldBe(2);
        late.Requires.ShouldBe(["static"]);
        late.BuildRequires.ShouldBe(["b"]);
        Should.Throw<PackageDataException>(() => repository.GetDefinition("a", "5")).NeedsPython.ShouldBeFalse();

        repository.Statistics.DefinitionsEvaluated.ShouldBe(3);
        File.ReadAllLines(_tree.PathOf("starts")).Length.ShouldBe(1);
        string location = _tree.PathOf("packages");
        string[] asked = ["2", "3", "4"];
        File.ReadAllLines(_tree.PathOf("asked"))
            .ShouldBe(
                asked.Select(version => $$"""{"location":"{{location}}","family":"a","version":"{{version}}"}""")
            );
    }

    [Fact]
    public void The_versions_of_a_combined_family_may_need_it()
    {
        _tree.Write("packages/a.py", "import lib\nversions = lib.f()");
        using PythonEvaluator python = new(
            Impostor(
                """
                echo '{"rez":"3"}'
                read q; echo '{"versions":["1","2"]}'
                read q; echo '{"requires":["r"],"variants":[],"build_requires":{"error":"differ"},"timestamp":0}'
                """
            )
        );
        FilesystemRepository repository = Open(python);
        repository.GetVersions("a").ShouldBe(["1", "2"]);
        repository.GetDefinition("a", "2").Requires.ShouldBe(["r"]);
        Should
            .Throw<PackageDataException>(() => repository.GetDefinition("a", "2").BuildRequires.Count)
            .Message.ShouldEndWith("differ");
    }

    [Theory]
    [InlineData("echo '{\"error\":\"ModuleNotFoundError: rez\"}'", "cannot import rez (ModuleNotFoundError: rez)")]
    [InlineData("echo 'oh no' >&2; exit 3", "ended before it answered: oh no")]
    [InlineData("echo nonsense", "ended before it answered")]
    public void Its_errors_are_reported_and_it_is_not_started_again(string answers, string message)
    {
        WriteTwoThatNeedPython();
        using PythonEvaluator python = new(Impostor(answers), timeout: TimeSpan.FromSeconds(10));
        FilesystemRepository repository = Open(python);
        foreach (string version in new[] { "1", "2" })
        {
            Should
                .Throw<PackageDataException>(() => repository.GetDefinition("a", version))
                .Message.ShouldContain(message);
        }
        File.ReadAllLines(_tree.PathOf("starts")).Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("exit", "ended before it answered")]
    [InlineData("sleep 60", "gave no answer within 2 s; the code of a package may hang")]
    public void A_package_that_ends_or_hangs_it_is_an_error_only_for_itself(string answer, string message)
    {
        WriteTwoThatNeedPython();
        const string Definition = """{"requires":["r"],"variants":[],"build_requires":[],"timestamp":0}""";
        using PythonEvaluator python = new(
            Impostor(
                $$"""
                echo '{"rez":"3"}'
                while read q; do case "$q" in *'"1"'*) {{answer}};; *) echo '{{Definition}}';; esac; done
                """
            ),
            timeout: TimeSpan.FromSeconds(2)
        );
        FilesystemRepository repository = Open(python);
        Should
            .Throw<PackageDataException>(() => repository.GetDefinition("a", "1"))
            .Message.ShouldBe($"{_tree.PathOf("packages/a/1")}: the Python '{_tree.PathOf("python")}' {message}");
        repository.GetDefinition("a", "2").Requires.ShouldBe(["r"]);
        File.ReadAllLines(_tree.PathOf("starts")).Length.ShouldBe(2);
    }

    [Fact]
    public void A_time_limit_applies_to_it()
    {
        WriteTwoThatNeedPython();
        using PythonEvaluator python = new(
            Impostor("echo '{\"rez\":\"3\"}'; sleep 60"),
            timeLimit: TimeSpan.FromSeconds(1)
        );
        long start = Stopwatch.GetTimestamp();
        ResolveResult result = new FastResolver().Resolve(
            ["a"],
            Open(python),
            new ResolveOptions { TimeLimit = TimeSpan.FromSeconds(1) }
        );
        result.ShouldBeOfType<StoppedResult>().Reason.ShouldBe(StopReason.TimeLimit);
        Stopwatch.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(30));
    }

    private void WriteTwoThatNeedPython() =>
        _tree
            .Write("packages/a/1/package.py", "import lib\nrequires = lib.f()")
            .Write("packages/a/2/package.py", "import lib\nrequires = lib.f()");

    [Fact]
    public void A_package_that_rez_cannot_read_is_an_error_only_for_itself()
    {
        _tree.Write("packages/a/1/package.py", "import lib\nrequires = lib.f()");
        using PythonEvaluator python = new(
            Impostor("echo '{\"rez\":\"3\"}'; while read q; do echo '{\"error\":\"ResourceError: no f\"}'; done")
        );
        Should
            .Throw<PackageDataException>(() => Open(python).GetDefinition("a", "1"))
            .Message.ShouldBe($"{_tree.PathOf("packages/a/1")}: rez cannot read the package: ResourceError: no f");
    }

    [Fact]
    public void A_missing_Python_is_reported()
    {
        _tree.Write("packages/a/1/package.py", "import lib\nrequires = lib.f()");
        using PythonEvaluator python = new(_tree.PathOf("no-python"));
        Should
            .Throw<PackageDataException>(() => Open(python).GetDefinition("a", "1"))
            .Message.ShouldStartWith($"cannot run the Python '{_tree.PathOf("no-python")}': ");
    }

    /// <summary>A Python that can import rez even if it is started in isolation.</summary>
    private string RealPython()
    {
        string home = _tree.PathOf("python");
        using (Process venv = Process.Start(RealRez.Python, ["-m", "venv", "--without-pip", home]))
        {
            venv.WaitForExit(TimeSpan.FromSeconds(60)).ShouldBeTrue();
        }
        string packages = Directory.EnumerateDirectories(home, "site-packages", SearchOption.AllDirectories).First();
        File.WriteAllText(Path.Combine(packages, "rez.pth"), RealRez.Source + "\n");
        return Path.Combine(home, "bin", "python");
    }

    [FactNeeding(Need.Rez)]
    public void A_real_rez_evaluates_definitions_as_it_resolves_them()
    {
        _tree
            .Write("packages/a/1/package.py", "print('noise')\nrequires = sorted(['b', 'a'])\ntimestamp = int('5')")
            .Write("packages/a/2/package.py", "@early()\ndef requires():\n    return ['early-1']")
            .Write(
                "packages/a/3/package.py",
                """
                @late()
                def requires():
                    return ["in-%s" % in_context(), "asked-%s" % ("maya" in request), "build-%s" % building]
                @late()
                def build_requires():
                    return ["v-%s" % this.index]
                variants = [["x"], ["y"]]
                """
            )
            .Write("packages/a/4/package.py", "import no_such_module_anywhere\nrequires = no_such_module_anywhere.x()")
            .Write("packages/b.py", "versions = [str(x) for x in range(2)]\nrequires = ['b']");
        using PythonEvaluator python = new(RealPython(), new LateContext(["maya-2024"], ["~platform==linux"]));
        FilesystemRepository repository = Open(python);

        repository.GetDefinition("a", "1").Requires.ShouldBe(["a", "b"]);
        repository.GetDefinition("a", "1").Timestamp.ShouldBe(5);
        repository.GetDefinition("a", "2").Requires.ShouldBe(["early-1"]);
        repository.GetDefinition("a", "3").Requires.ShouldBe(["in-True", "asked-True", "build-False"]);
        Should
            .Throw<PackageDataException>(() => repository.GetDefinition("a", "3").BuildRequires.Count)
            .Message.ShouldEndWith("'build_requires' differ from variant to variant");
        Should
            .Throw<PackageDataException>(() => repository.GetDefinition("a", "4"))
            .Message.ShouldContain("no_such_module_anywhere");
        repository.GetVersions("b").Order().ShouldBe(["0", "1"]);
        repository.GetDefinition("b", "1").Requires.ShouldBe(["b"]);
    }

    [FactNeeding(Need.Rez)]
    public void Package_code_cannot_hurt_what_comes_after_it()
    {
        string name = RealPython();
        _tree
            .Write(
                "packages/a/1/package.py",
                "@early()\ndef requires():\n    import subprocess\n    return subprocess.check_output(['cat']).split()"
            )
            .Write("packages/a/2/package.py", "@early()\ndef requires():\n    return [input()]")
            .Write("packages/a/3/package.py", "x = unknown_to_us or 1\nimport sys\nsys.exit(0)")
            .Write("packages/a/4/package.py", "import os\nx = [y for y in os.listdir('/')]\nos._exit(3)")
            .Write("packages/a/5/package.py", "@late()\ndef requires():\n    x = []\n    return x[0]")
            .Write("packages/a/6/package.py", "import os\nrequires = ['root' if os.getcwd() == '/' else 'elsewhere']");
        using PythonEvaluator python = new(name);
        string ErrorOf(string version)
        {
            string message = Should
                .Throw<PackageDataException>(() => python.Evaluate(_tree.PathOf("packages"), "a", version))
                .Message;
            message.ShouldStartWith($"{_tree.PathOf($"packages/a/{version}")}: ");
            return message;
        }

        python.Evaluate(_tree.PathOf("packages"), "a", "1").Requires.ShouldBe([]);
        ErrorOf("2").ShouldContain("EOFError");
        ErrorOf("3").ShouldContain("unknown_to_us");
        ErrorOf("4").ShouldEndWith("ended before it answered");
        ErrorOf("5").ShouldContain("IndexError: list index out of range");
        ErrorOf("5").ShouldContain("line 3");
        python.Evaluate(_tree.PathOf("packages"), "a", "6").Requires.ShouldBe(["root"]);
    }

    [FactNeeding(Need.Rez)]
    public void A_package_that_ends_Python_is_reported_as_such()
    {
        string name = RealPython();
        _tree.Write("packages/a/1/package.py", "import sys\nsys.exit(0)");
        using PythonEvaluator python = new(name);
        Should
            .Throw<PackageDataException>(() => python.Evaluate(_tree.PathOf("packages"), "a", "1"))
            .Message.ShouldEndWith("SystemExit: the package's code ends the process, and would end rez");
    }

    [FactNeeding(Need.Rez)]
    public void No_Python_is_left_when_the_process_that_started_it_has_ended()
    {
        string name = RealPython();
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("The question is asked with a shell.");
        }
        _tree
            .Write(
                "packages/a/1/package.py",
                "@early()\ndef requires():\n    import os, subprocess\n"
                    + $"    child = subprocess.Popen(['sleep', '300'])\n"
                    + $"    open('{_tree.PathOf("pids")}', 'w').write('%d %d' % (os.getpid(), child.pid))\n"
                    + "    child.wait()"
            )
            .Write("evaluate.py", PythonProcess.ReadScript())
            .Write(
                "questions",
                $"{{}}\n{{\"location\":\"{_tree.PathOf("packages")}\",\"family\":\"a\",\"version\":\"1\"}}\n"
            );
        // As if rer is killed: the pipe closes while the package's code runs. The shell ends with the tree as well, so
        // that nothing waits forever if the code never ran.
        string command =
            $"{{ cat '{_tree.PathOf("questions")}'; "
            + $"while [ -e '{_tree.PathOf("questions")}' ] && [ ! -s '{_tree.PathOf("pids")}' ]; do sleep 0.1; done; }}"
            + $" | '{name}' -I '{_tree.PathOf("evaluate.py")}' > /dev/null 2>&1";
        using (Process shell = Process.Start("sh", ["-c", command]))
        {
            shell.WaitForExit(TimeSpan.FromSeconds(60)).ShouldBeTrue();
        }
        foreach (string pid in File.ReadAllText(_tree.PathOf("pids")).Split(' '))
        {
            IsRunning(pid).ShouldBeFalse();
        }
    }

    /// <summary>Whether a process is running. A zombie is not.</summary>
    private static bool IsRunning(string pid)
    {
        for (int tries = 0; tries < 50; tries++)
        {
            string status = $"/proc/{pid}/status";
            if (!File.Exists(status) || File.ReadAllText(status).Contains("State:\tZ", StringComparison.Ordinal))
            {
                return false;
            }
            Thread.Sleep(100);
        }
        return true;
    }
}
