"""Inside rez: contexts with the engine equal those without it."""

import contextlib
import json
import logging
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import pyrer.rez

from . import books, needs_rez
from .contexts import ORDERERS, RezTestCase, environment, rez_version

PACKAGES = {
    "app/1.0": "requires = ['lib-1+']\nbuild_requires = ['tool']",
    "app/2.0": "requires = ['lib-2+', 'gone']",
    "lib/1.0": "variants = [['base-1'], ['base-2']]",
    "lib/2.0": "@early()\ndef requires():\n    import os\n    return ['base-' + str(len(os.sep))]",
    "lib/3.0": "requires = ['base-3']",
    "lib/3.1": "variants = [['base-2', 'tool'], ['base-4']]",
    "base/1": "timestamp = 100",
    "base/2": "timestamp = 200",
    "tool/1": "",
    "late/1": "@late()\ndef requires():\n    return ['base-2']",
    "ring/1": "requires = ['gnir']",
    "gnir/1": "requires = ['ring']",
    "plain": "",
}

REQUESTS = [
    (["app-1"], {}),
    (["app"], {}),
    (["app-1", "base-1"], {}),
    (["app-1", "lib-1"], {}),
    (["app-1"], {"building": True}),
    (["app-1"], {"timestamp": 150}),
    (["lib-3"], {}),
    (["lib", "base-3"], {}),
    (["nosuch"], {}),
    (["base-9"], {}),
    (["base-1", "base-2"], {}),
    (["ring"], {}),
    (["plain", ".feature-1", "~base-1"], {}),
    (["late"], {}),
    (["lib"], {"max_fails": 0}),
    (["lib", "!base-2"], {"max_fails": 1}),
    (["lib-3+"], {"max_fails": 1}),
]


@needs_rez
class ContextTests(RezTestCase):
    PACKAGES = PACKAGES

    def test_contexts_are_the_same(self):
        for request, arguments in REQUESTS:
            with self.subTest(request=request, **arguments):
                ours, counted = self.compare(request, **arguments)
                if "late" in request:
                    self.assertEqual(counted, {"handed back: a package's requirements are late-bound": 1})
                elif ours[0] in ("solved", "failed"):
                    self.assertEqual(counted, {"solved": 1})

    def test_several_paths_and_kinds_of_repositories(self):
        from rez.package_repository import package_repository_manager
        from rez.plugin_managers import plugin_manager

        memory = plugin_manager.get_plugin_class("package_repository", "memory")
        repository = memory("pyrer-test", package_repository_manager.pool)
        repository.data = {"base": {"2": {"name": "base", "version": "2", "requires": ["tool"]}, "4": {"version": "4"}}}
        repository.data["base"]["4"]["name"] = "base"
        package_repository_manager.repositories["memory@pyrer-test"] = repository
        with tempfile.TemporaryDirectory() as other:
            self.write(other, {"base/2": "requires = ['plain']", "base/5": "", "extra/1": "requires = ['base-5']"})
            Path(other, "joined.py").write_text("name = 'joined'\nversions = ['1', '2']\nrequires = ['base-2']\n")
            for paths in (
                [self.path, other],
                [other, self.path],
                ["memory@pyrer-test", self.path],
                [self.path, "memory@pyrer-test", other],
                [self.path + "-gone", self.path],
            ):
                for request in (["app-1"], ["lib-3.1"], ["base"], ["base-2"], ["extra"], ["joined"], ["base", "lib"]):
                    with self.subTest(paths=paths, request=request):
                        ours, counted = self.compare(request, package_paths=paths)
                        if ours[0] in ("solved", "failed"):
                            self.assertEqual(counted, {"solved": 1})

    def test_configuration_is_respected(self):
        from rez.config import config
        from rez.package_filter import PackageFilterList
        from rez.package_order import PackageOrderList, PerFamilyOrder, SortedOrder, TimestampPackageOrder

        excluding = PackageFilterList.from_pod([{"excludes": ["base-2", "after(lib:1)"], "includes": ["lib-1.0"]}])
        for arguments in (
            {"package_filter": excluding},
            {"package_orderers": [SortedOrder(descending=False)]},
            {"package_orderers": [PerFamilyOrder({"base": SortedOrder(descending=False)})]},
            {"package_orderers": [TimestampPackageOrder(150)]},
            {"package_orderers": []},
        ):
            for request in (["lib-1"], ["base"], ["app-1"], ["lib", "base-2"]):
                with self.subTest(request=request, **arguments):
                    ours, counted = self.compare(request, **arguments)
                    expected = ORDERERS if arguments.get("package_orderers") else "solved"
                    self.assertEqual(list(counted) or [expected], [expected])
        for setting, value in (
            ("variant_select_mode", "intersection_priority"),
            ("error_on_missing_variant_requires", False),
            ("prune_failed_graph", False),
            ("implicit_packages", ["~base-1"]),
        ):
            if setting == "error_on_missing_variant_requires" and rez_version() < (2, 114):
                continue  # this rez has no such setting
            old = getattr(config, setting)
            config.override(setting, value)
            try:
                for request in (["app-1"], ["app"], ["lib", "base-2"], ["lib-1"]):
                    with self.subTest(setting=setting, request=request):
                        self.compare(request)
            finally:
                config.override(setting, old)

    def test_what_is_handed_back(self):
        import io

        for arguments, reason in (
            ({"verbosity": 1, "buf": io.StringIO()}, "verbose"),
            ({"print_stats": True, "buf": io.StringIO()}, "verbose"),
        ):
            with self.subTest(reason):
                _, counted = self.compare(["app-1"], **arguments)
                self.assertTrue(all(reason in each for each in counted), counted)
                self.assertEqual(len(counted), 1)

    def test_contexts_survive_a_file(self):
        from rez.resolved_context import ResolvedContext

        with tempfile.TemporaryDirectory() as directory:
            for request in (["app-1"], ["base-1", "base-2"]):
                context = ResolvedContext(request, package_paths=[self.path])
                path = os.path.join(directory, "context.rxt")
                context.save(path)
                loaded = ResolvedContext.load(path)
                self.assertEqual(loaded.status, context.status)
                self.assertEqual(loaded.failure_description, context.failure_description)
                # When rez loads a failed context, it has an empty list where there was none before.
                self.assertEqual(loaded.resolved_packages or None, context.resolved_packages)
                self.assertEqual(loaded.graph(as_dot=True).count("\n"), context.graph(as_dot=True).count("\n"))

    def test_new_packages_are_seen_when_caches_are_cleared(self):
        from rez.package_repository import package_repository_manager

        with tempfile.TemporaryDirectory() as path:
            self.write(path, {"a/1": ""})
            self.assertIn("a-1", str(self.outcome(["a"], package_paths=[path])))
            self.write(path, {"a/2": ""})
            package_repository_manager.get_repository(path).clear_caches()
            self.assertIn("a-2", str(self.outcome(["a"], package_paths=[path])))

    def test_shadow_mode_reports_a_difference_with_its_book(self):
        from rez.resolver import Resolver

        with tempfile.TemporaryDirectory() as directory:
            pyrer.rez.install(shadow=True, shadow_directory=directory)
            before = pyrer.rez.statistics().get("shadowed", 0)
            for request, arguments in REQUESTS:
                self.outcome(request, **arguments)
            self.assertEqual(os.listdir(directory), [])
            self.assertGreater(pyrer.rez.statistics()["shadowed"], before + 10)

            # A rez that is wrong on purpose: it solves a different request.
            pyrer.rez.uninstall()
            original = Resolver._solve

            def wrong(self):
                request, self.package_requests = self.package_requests, self.package_requests[:1]
                try:
                    return original(self)
                finally:
                    self.package_requests = request

            Resolver._solve = wrong
            try:
                pyrer.rez.install(shadow=True, shadow_directory=directory)
                with self.assertLogs("pyrer.rez", logging.WARNING) as logs:
                    self.outcome(["app-1", "base-1"])
            finally:
                pyrer.rez.uninstall()
                Resolver._solve = original
            (name,) = os.listdir(directory)
            self.assertIn(name, logs.output[0])
            (book,) = json.loads(Path(directory, name).read_text(encoding="utf-8"))
            (case,) = book["cases"]
            self.assertEqual(case["request"], ["app-1", "base-1"])
            self.assertIn("tool", book["packages"], "what packages require for building counts, too")
            result = pyrer.Repository(books.packages_of(book)).solve(case["request"], **case["options"])
            (difference,) = books.differences(case, result, book)
            self.assertIn("['base', '1', None]", difference)

    def test_shadow_mode_compares_errors_and_outlives_a_report_that_fails(self):
        from rez.exceptions import PackageNotFoundError
        from rez.resolver import Resolver

        pyrer.rez.uninstall()

        def wrong(self):
            raise PackageNotFoundError("nothing is found")

        with tempfile.TemporaryDirectory() as directory, mock.patch.object(Resolver, "_solve", wrong):
            pyrer.rez.install(shadow=True, shadow_directory=directory)
            with self.assertLogs("pyrer.rez", logging.WARNING):
                self.assertEqual(self.outcome(["base"]), ("PackageNotFoundError", "nothing is found"))
            (name,) = os.listdir(directory)
            case = json.loads(Path(directory, name).read_text(encoding="utf-8"))[0]["cases"][0]
            self.assertEqual((case["status"], case["message"]), ("error", "nothing is found"))

            file = os.path.join(directory, name)
            pyrer.rez.install(shadow=True, shadow_directory=file)
            with self.assertLogs("pyrer.rez", logging.WARNING) as logs:
                self.assertEqual(self.outcome(["base"]), ("PackageNotFoundError", "nothing is found"))
            self.assertIn("cannot be written", logs.output[0])
            pyrer.rez.uninstall()

    def test_shadow_mode_does_not_report_what_a_hash_seed_decides(self):
        from pyrer.rez._shadow import without_chance

        first, second = "(a-1[0] (dep(x-1) <--!--> x==2))", "(a-2[] (dep(y) <--!--> !y))"
        for texts in (
            ["A cyclic dependency was detected: a-1 --> b-1 --> a-1", "A cyclic dependency was detected: c --> c"],
            [f"A package was completely reduced: {first} {second}", f"A package was completely reduced: {second} {first}"],
            [f"limit:\nA package was completely reduced: {each}" for each in (f"{first} {second}", f"{second} {first}")],
        ):
            self.assertEqual(*map(without_chance, texts))
        for texts in (
            [f"A package was completely reduced: {first}", f"A package was completely reduced: {second}"],
            ["The following package conflicts occurred: (a <--!--> !a)", "The following package conflicts occurred: "],
            ["A cyclic dependency was detected: a", "Solver failed with unknown reason."],
        ):
            self.assertNotEqual(*map(without_chance, texts))
        packages = {
            **{f"a/{number}": f"requires = ['b-{number}', 'c-1']" for number in range(1, 9)},
            **{"b/1": "", "c/1": "", "c/2": "", "broken/1": "requires = ['b-1', 'b-2']"},
            "broken/2": "requires = ['c-1', 'c-2']",
        }
        code = (
            "import sys, pyrer.rez; from rez.resolved_context import ResolvedContext\n"
            "pyrer.rez.install(shadow=True)\n"
            "for request in (['a', 'c-2'], ['broken'], ['a', '!b', 'c-2']):\n"
            "    try: ResolvedContext(request, package_paths=sys.argv[1:])\n"
            "    except Exception: pass\n"
            "print(pyrer.rez.statistics())\n"
        )
        with tempfile.TemporaryDirectory() as path:
            self.write(path, packages)
            for seed in "01234":
                done = subprocess.run(
                    [sys.executable, "-W", "ignore", "-c", code, path],
                    env=environment(PYTHONHASHSEED=seed),
                    capture_output=True,
                    text=True,
                    timeout=120,
                )
                self.assertEqual(done.stderr, "")
                self.assertNotIn("different", done.stdout)
                self.assertIn("shadowed", done.stdout)

    def test_shadow_mode_does_not_report_a_definition_that_rez_cannot_load(self):
        # pyrer does not run code that no requirement depends on. The README says so.
        with tempfile.TemporaryDirectory() as path, tempfile.TemporaryDirectory() as directory:
            self.write(path, {"failing/1": "import no_such_module"})
            pyrer.rez.install(shadow=True, shadow_directory=directory)
            reason = "not compared: rez cannot load a definition"
            before = pyrer.rez.statistics().get(reason, 0)
            kind, text = self.outcome(["failing"], package_paths=[path])
            self.assertEqual(kind, "ResourceError")
            self.assertIn("no_such_module", text)
            self.assertEqual(pyrer.rez.statistics()[reason], before + 1)
            self.assertEqual(os.listdir(directory), [])

    def test_one_variable_switches_it_off(self):
        before = pyrer.rez.statistics()
        for value in ("1", "true", "YES", "on"):
            with self.subTest(value), mock.patch.dict(os.environ, {"PYRER_DISABLE": value}):
                self.outcome(["app-1"])
                self.assertFalse(pyrer.rez.installed())
                self.assertFalse(pyrer.rez.install())
                self.assertEqual(pyrer.rez.statistics(), before)
        for value in ("0", "false", "No", "off", ""):
            with self.subTest(value), mock.patch.dict(os.environ, {"PYRER_DISABLE": value}):
                self.assertTrue(pyrer.rez.installed())

    def test_the_recipes_of_the_readme(self):
        import rez

        code = "import rez.resolved_context, pyrer.rez; print(pyrer.rez.installed())"
        for name in ("rezconfig.py", "sitecustomize.py"):
            with self.subTest(name), tempfile.TemporaryDirectory() as directory:
                Path(directory, name).write_text(recipe(), encoding="utf-8")
                roots = [directory, str(Path(rez.__file__).parents[1]), str(Path(pyrer.__file__).parents[1])]
                variables = {**os.environ, "PYTHONPATH": os.pathsep.join(roots)}
                if name == "rezconfig.py":
                    variables["REZ_CONFIG_FILE"] = os.path.join(directory, name)
                    code += "; from rez.config import config; config.packages_path"
                output = subprocess.run(
                    [sys.executable, "-c", code], env=variables, capture_output=True, text=True, check=True, timeout=60
                ).stdout
                self.assertEqual(output, "True\n")

    def test_the_recipe_does_no_harm_where_pyrer_is_missing_or_broken(self):
        import rez

        for content in (None, "this is not Python", "raise RuntimeError('broken')"):
            with self.subTest(content), tempfile.TemporaryDirectory() as directory:
                Path(directory, "rezconfig.py").write_text(recipe() + "\nlocal_packages_path = '/here'\n", "utf-8")
                if content:
                    Path(directory, "pyrer.py").write_text(content, encoding="utf-8")
                variables = {
                    **os.environ,
                    "PYTHONPATH": os.pathsep.join([directory, str(Path(rez.__file__).parents[1])]),
                    "REZ_CONFIG_FILE": os.path.join(directory, "rezconfig.py"),
                }
                code = "from rez.config import config; print(config.local_packages_path)"
                done = subprocess.run(
                    [sys.executable, "-W", "ignore", "-c", code],
                    cwd=directory,
                    env=variables,
                    capture_output=True,
                    text=True,
                    timeout=60,
                )
                self.assertEqual((done.stdout, done.stderr), ("/here\n", ""))

    def test_a_rez_that_is_not_known_is_refused_in_one_line(self):
        import rez

        from pyrer.rez._versions import RezVersion

        for version, refused in (
            *(("2.47.13", "older"), ("2.111.3", "older"), ("4.0.0", "does not support"), ("12.1", "does not support")),
            *(("2.112.0", ""), ("3.4.7", ""), ("3.4.0.dev1", ""), ("3.5.0", "")),
        ):
            with self.subTest(version), mock.patch.object(rez, "__version__", version):
                pyrer.rez.uninstall()
                newer = version.startswith("3.5")
                with self.assertLogs("pyrer.rez", "WARNING") if refused or newer else contextlib.nullcontext() as logs:
                    self.assertEqual(pyrer.rez.install(), not refused)
                self.assertEqual(pyrer.rez.installed(), not refused)
                if refused:
                    (line,) = logs.output
                    self.assertIn(refused, line)
                    self.assertNotIn("\n", line)
                if newer:
                    self.assertIn("shadow", logs.output[0])
        self.assertEqual(RezVersion.here().refusal, "")

    def test_a_repository_that_cannot_be_opened_is_left_to_rez(self):
        for request in (["plain"], ["base-1", "base-2"], [".feature-1"]):
            self.compare(request, package_paths=["nosuch@anywhere", self.path])

    def test_rez_benchmark(self):
        path, cases = books.benchmark(self)
        before = pyrer.rez.statistics().get("solved", 0)
        for number, case in enumerate(cases):
            with self.subTest(case=number):
                ours = self.outcome(case["request"], package_paths=[path])
                self.assertEqual(ours[0], case["status"])
                self.assertEqual(ours[3], case.get("description", ""))
                resolved = [handle["variables"] for _, _, handle in ours[1]]
                self.assertEqual(
                    [[each["name"], each.get("version", ""), each["index"]] for each in resolved],
                    case.get("resolved", []),
                )
        self.assertEqual(pyrer.rez.statistics()["solved"] - before, 188)


def recipe():
    """The lines that the documentation tells users to put into ``rezconfig.py``."""
    readme = Path(pyrer.__file__).parents[1].joinpath("README.md").read_text(encoding="utf-8")
    return readme.split("### For every rez command")[1].split("```python\n")[1].split("```")[0]


if __name__ == "__main__":
    unittest.main()
