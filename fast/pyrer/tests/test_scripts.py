"""The scripts that a studio runs before and during a rollout of pyrer."""

import contextlib
import io
import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import pyrer
from pyrer import survey

from . import REZ, needs_rez

PACKAGES = {
    "app/1": "requires = ['lib-1+<3', 'base>=1']",
    "app/2": "import nowhere\nrequires = [nowhere.base]",
    "lib/1": "variants = [['base-1'], ['base==2']]\ntimestamp = 100",
    "lib/2": "@late()\ndef requires():\n    return ['base-2']",
    "lib/3": "requires = [",
    "base/1": "build_requires = ['tool']",
    "base/2": "",
    "tool": "",
}


def write(path, packages):
    for place, content in packages.items():
        name, _, version = place.partition("/")
        Path(path, place).mkdir(parents=True)
        head = f"name = '{name}'\n" + (f"version = '{version}'\n" if version else "")
        Path(path, place, "package.py").write_text(head + content + "\n", encoding="utf-8")


class ScriptTestCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        directory = tempfile.TemporaryDirectory()
        cls.addClassCleanup(directory.cleanup)
        cls.path = directory.name
        write(cls.path, PACKAGES)

    def run_script(self, name, *arguments, **variables):
        roots = [str(Path(pyrer.__file__).parents[1])] + ([str(Path(REZ.origin).parents[1])] if REZ else [])
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", f"pyrer.{name}", *arguments],
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(roots),
                "REZ_CONFIG_FILE": os.devnull,
                "REZ_DISABLE_HOME_CONFIG": "1",
                **variables,
            },
            capture_output=True,
            text=True,
            timeout=120,
        )
        self.assertNotIn("Traceback", done.stderr)
        return done


class SurveyTests(ScriptTestCase):
    def test_what_needs_python_is_counted_and_why(self):
        done = self.run_script("survey", self.path)
        self.assertEqual(done.returncode, 1, done.stderr)
        first, *rest = done.stdout.splitlines()
        self.assertEqual(first, "8 definitions: 5 are read without Python, 2 need Python, 1 cannot be read")
        self.assertNotIn(self.path, "\n".join(line for line in rest if not line.startswith("    ")))
        for package in ("app-2", "lib-2", "lib-3"):
            self.assertIn(package, done.stdout)
        self.assertNotIn("--python", done.stdout)  # an option of the command rer

    def test_reasons_are_joined(self):
        with tempfile.TemporaryDirectory() as path:
            write(path, {f"a/{number}": "import x\nrequires = x.y" for number in range(5)})
            output = io.StringIO()
            with contextlib.redirect_stdout(output):
                self.assertEqual(survey.main([path]), 0)
            self.assertIn("5 need Python", output.getvalue())
            self.assertIn("a-0, a-1, a-2, and 2 more", output.getvalue())
            with contextlib.redirect_stdout(output):
                survey.main([path, "--all"])
            self.assertIn("a-3, a-4", output.getvalue())

    def test_a_family_that_cannot_be_listed_is_counted(self):
        with tempfile.TemporaryDirectory() as path:
            write(path, {"a/1": "", "b/1..0": ""})
            done = self.run_script("survey", path)
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertIn("2 definitions: 1 are read without Python, 0 need Python, 1 cannot be read", done.stdout)
            self.assertIn("Invalid version syntax: '1..0'\n    b", done.stdout)

    def test_a_path_that_does_not_exist_contains_nothing(self):
        done = self.run_script("survey", self.path + "-gone")
        self.assertIn("0 definitions", done.stdout)
        self.assertIn(f"{self.path}-gone: there is no such directory", done.stderr)


@needs_rez
class DiffTests(ScriptTestCase):
    def test_what_is_read_is_read_as_rez_reads_it(self):
        done = self.run_script("diff_rez", self.path)
        self.assertEqual(
            done.stdout, "8 definitions: 6 read as rez reads them, 2 left to rez, 0 different\n", done.stderr
        )
        self.assertEqual(done.returncode, 0)

    def test_what_rez_cannot_load_is_listed_apart(self):
        with tempfile.TemporaryDirectory() as path:
            write(path, {"a/1": "import nowhere", "b/1": "@early()\ndef tools():\n    return 1 / int('0')"})
            done = self.run_script("diff_rez", path)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            self.assertRegex(done.stdout, "a-1\n    rez cannot load it: ResourceError: .*No module named 'nowhere'")
            self.assertRegex(done.stdout, "b-1\n    rez cannot load it: ZeroDivisionError")
            self.assertIn("2 definitions: 0 read as rez reads them, 0 left to rez, 0 different, 2 that", done.stdout)
            done = self.run_script("compare", "--sample", "2", "--paths", path, "--books", path)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            self.assertIn("a\n    rez cannot load a definition: ResourceError", done.stdout)
            self.assertIn("2 requests, 0 different", done.stdout)
            self.assertIn("2 met a definition that rez cannot load", done.stdout)
            self.assertEqual(sorted(os.listdir(path)), ["a", "b"])

    def test_a_requirement_that_does_not_parse_is_an_error_of_both(self):
        with tempfile.TemporaryDirectory() as path:
            write(path, {"a/1": "requires = ['b-3+<2']", "b/1": "variants = [['c'], ['c-1..']]", "c/1": ""})
            done = self.run_script("diff_rez", path)
            self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)
            self.assertIn("3 definitions: 3 read as rez reads them, 0 left to rez, 0 different\n", done.stdout)

    def test_a_difference_is_shown_with_both_sides(self):
        from pyrer import diff_rez
        from pyrer._looking import Shelf

        original = Shelf.definition

        def wrong(self, family, version):
            answer = original(self, family, version)
            return {"definition": {"requires": ["nosuch"]}} if family == "base" else answer

        output = io.StringIO()
        with mock.patch.object(Shelf, "definition", wrong), contextlib.redirect_stdout(output):
            self.assertEqual(diff_rez.main([self.path]), 1)
        self.assertIn("base-1\n    rez:   {'definition': {'build_requires': ['tool']}}", output.getvalue())
        self.assertIn("2 different", output.getvalue())

    def test_versions_that_only_one_sees(self):
        from pyrer import diff_rez
        from pyrer._looking import Shelf

        listed = mock.patch.object(Shelf, "versions", lambda self, family: ["1", "9"] if family == "base" else [])
        with listed, mock.patch.object(Shelf, "definition", lambda self, family, version: {"definition": {}}):
            places = {place: (ours, theirs) for place, ours, theirs in diff_rez.readings(self.path)}
        for version, seen in (("2", (False, True)), ("9", (True, False))):
            ours, theirs = places[f"{self.path}: base-{version}"]
            self.assertEqual((ours["seen"], theirs["seen"]), seen)
            self.assertEqual(diff_rez.judge(ours, theirs), "different")


@needs_rez
class CompareTests(ScriptTestCase):
    def test_requests_from_a_file_and_a_sample(self):
        with tempfile.TemporaryDirectory() as directory:
            file = Path(directory, "requests.txt")
            file.write_text("app-1  # a comment\n\n'lib-1' base-2\nnosuch\napp-2\n", encoding="utf-8")
            done = self.run_script(
                "compare", "--requests", str(file), "--paths", self.path, "--sample", "3", "--books", directory
            )
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            self.assertIn("7 requests, 0 different", done.stdout)
            self.assertRegex(done.stdout, r"with pyrer [\d.]+ s, rez alone [\d.]+ s")
            self.assertIn("     3 solved\n", done.stdout)  # not 4: the warm-up does not count
            self.assertIn("3 raised an exception in rez alone", done.stdout)
            self.assertEqual(os.listdir(directory), ["requests.txt"])

    def test_a_difference_is_written_as_a_book(self):
        from pyrer import compare

        with tempfile.TemporaryDirectory() as directory:
            from rez.resolver import Resolver

            original = Resolver._solve

            def wrong(self):
                self.package_requests, request = self.package_requests[:1], self.package_requests
                try:
                    return original(self)
                finally:
                    self.package_requests = request

            output = io.StringIO()
            with mock.patch.object(Resolver, "_solve", wrong), contextlib.redirect_stdout(output):
                file = Path(directory, "requests.txt")
                file.write_text("base-1 tool\n", encoding="utf-8")
                with self.assertLogs("pyrer.rez", "WARNING"):
                    code = compare.main(["--requests", str(file), "--paths", self.path, "--books", directory])
            self.assertEqual(code, 1)
            self.assertIn("1 requests, 1 different", output.getvalue())
            (book,) = (name for name in os.listdir(directory) if name.endswith(".json"))
            (case,) = json.loads(Path(directory, book).read_text(encoding="utf-8"))[0]["cases"]
            self.assertEqual(case["request"][:2], ["base-1", "tool"])

    def test_what_it_is_not_told(self):
        for arguments, message in (
            ([], "--requests FILE"),
            (["--requests", "/nowhere"], "error: /nowhere: No such file"),
            (["--sample", "-1"], "--sample N"),
        ):
            done = self.run_script("compare", *arguments)
            self.assertEqual(done.returncode, 2)
            self.assertIn(message, done.stderr)


class StatusTests(ScriptTestCase):
    @needs_rez
    def test_whether_it_is_active(self):
        done = self.run_script("status")
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stdout, r"installed +no: nothing installs it")
        recipe = "import pyrer.rez\npyrer.rez.install_when_imported()\n"
        with tempfile.TemporaryDirectory() as directory:
            config = Path(directory, "rezconfig.py")
            config.write_text(recipe, encoding="utf-8")
            done = self.run_script("status", REZ_CONFIG_FILE=str(config))
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            self.assertRegex(done.stdout, r"installed +yes")
            self.assertIn(str(config), done.stdout)
            done = self.run_script("status", REZ_CONFIG_FILE=str(config), PYRER_DISABLE="1")
            self.assertRegex(done.stdout, r"installed +no: PYRER_DISABLE=1")
            done = self.run_script("status", REZ_CONFIG_FILE=str(config), PYRER_LIBRARY="/nowhere")
            self.assertEqual(done.returncode, 1)
            self.assertIn("/nowhere", done.stdout)
            done = self.run_script("status", REZ_CONFIG_FILE=str(config), RER_INDEX="bogus")
            self.assertRegex(done.stdout, r"installed +no: the variable RER_INDEX: expected one of .*, found 'bogus'")

    @needs_rez
    def test_the_last_recipe_counts(self):
        call = "import pyrer.rez\npyrer.rez.install_when_imported({})\n"
        with tempfile.TemporaryDirectory() as directory:
            studio, department = Path(directory, "studio.py"), Path(directory, "department.py")
            studio.write_text(call.format(""), encoding="utf-8")
            department.write_text(call.format("shadow=True, shadow_directory='/books'"), encoding="utf-8")
            both = [str(studio), str(department)]
            done = self.run_script("status", REZ_CONFIG_FILE=os.pathsep.join(both))
            self.assertRegex(done.stdout, r"installed +yes, in shadow mode: .* /books")
            done = self.run_script("status", REZ_CONFIG_FILE=os.pathsep.join(reversed(both)))
            self.assertRegex(done.stdout, r"installed +yes\n")
            Path(directory, "sitecustomize.py").write_text(studio.read_text(encoding="utf-8"), encoding="utf-8")
            roots = [directory, str(Path(pyrer.__file__).parents[1]), str(Path(REZ.origin).parents[1])]
            for module in ("resolver", "resolved_context"):
                code = (
                    f"import rez.{module}, pyrer.rez._install as installed; from rez.config import config;"
                    "config.packages_path; print(installed.state())"
                )
                printed = subprocess.run(
                    [sys.executable, "-c", code],
                    env={**os.environ, "PYTHONPATH": os.pathsep.join(roots), "REZ_CONFIG_FILE": str(department)},
                    capture_output=True,
                    text=True,
                    check=True,
                ).stdout
                self.assertRegex(printed, "yes, in shadow mode: .* /books")
            department.write_text(call.format("shadw=True"), encoding="utf-8")
            done = self.run_script("status", REZ_CONFIG_FILE=str(department))
            self.assertRegex(done.stdout, r"rez +does not start: .*department.py.*'shadw'")

    def test_a_library_that_is_not_pyrers(self):
        import ctypes.util

        name = ctypes.util.find_library("c")
        done = self.run_script("status", PYRER_LIBRARY=name)
        self.assertEqual(done.returncode, 1)
        self.assertIn(f"{name}: this library is not pyrer's", done.stdout)

    def test_without_rez(self):
        with tempfile.TemporaryDirectory() as directory:
            Path(directory, "rez.py").write_text("raise ImportError('broken on purpose')", encoding="utf-8")
            roots = [directory, str(Path(pyrer.__file__).parents[1])]
            done = self.run_script("status", PYTHONPATH=os.pathsep.join(roots))
            self.assertEqual(done.returncode, 1)
            self.assertIn("broken on purpose", done.stdout)


if __name__ == "__main__":
    unittest.main()
