"""Inside rez: features that studios use beyond plain packages and plain requests."""

import contextlib
import json
import os
import pickle
import re
import subprocess
import sys
import tempfile
import threading
import unittest
from pathlib import Path
from unittest import mock

import pyrer.rez

from . import needs_rez
from .contexts import ORDERERS, RezTestCase, environment, rez_version

PACKAGES = {
    "app/1": "requires = ['lib', 'base-1+']\nprivate_build_requires = ['tool-1']\nbuild_requires = ['tool']",
    "app/2": "requires = ['lib-2', '~base-1+']\nvariants = [['base-2'], ['base-1']]\nhashed_variants = True",
    "lib/1": "@include('nowhere')\ndef commands():\n    pass\nrequires = ['base']",
    "lib/2": "with scope('config') as c:\n    c.release_packages_path = '/r'\nrequires = ['base']",
    "lib/3": "@early()\ndef requires():\n    return [f'base-{len(this.version)}' if this.name == 'lib' else 'gone']",
    "base/1": "timestamp = 100\ntools = ['one', 'two']",
    "base/2": "timestamp = 200\ndef commands():\n    env.BASE = '{root}'",
    "base/3": "timestamp = 300\nrelocatable = True\ncachable = False",
    "tool/1": "timestamp = 100",
    "tool/2": "requires = ['base-2']\n@late()\ndef tools():\n    return ['x'] if in_context() else []",
    "broken/1": "requires = [",
    "broken/2": "@early()\ndef requires():\n    raise ValueError('too early')",
    "broken/3": "requires = ['base-1..2']",
    "broken/4": "requires = 'base'",
    "broken/5": "requires = ['base']",
    "late/1": "requires = ['base-1']",
    "late/2": "@late()\ndef requires():\n    return ['base-1']",
    "tried/1": "@early()\ndef requires():\n    return ['base-1'] if testing else ['base-2']",
    "tried/2": "testing = True\n@early()\ndef requires():\n    return ['base-1'] if testing else ['base-2']",
    "weird/1": "@early()\ndef variants():\n    return [['base-1'], ['base-2']]\n@early()\ndef timestamp():\n    return 150",
}

REQUESTS = (
    ["app"],
    ["app-1"],
    ["lib", "tool"],
    ["lib-3"],
    ["base<3"],
    ["weird", "base"],
    ["app-2", "base-1"],
    ["lib-2..3", "!base-3"],
)


@needs_rez
class ExoticTests(RezTestCase):
    PACKAGES = PACKAGES

    def compare_all(self, requests=REQUESTS, **arguments):
        """The statistics over requests whose outcomes are the same."""
        counted = {}
        for request in requests:
            with self.subTest(request=request, **arguments):
                for reason, number in self.compare(request, **arguments)[1].items():
                    counted[reason] = counted.get(reason, 0) + number
        return counted

    @contextlib.contextmanager
    def configured(self, **settings):
        """rez's configuration with other settings, as if they had been read from a file."""
        from rez.config import config
        from rez.package_filter import PackageFilterList
        from rez.package_order import PackageOrderList

        old = {name: getattr(config, name) for name in settings}
        try:
            self.override(settings, PackageFilterList, PackageOrderList)
            yield
        finally:
            self.override(old, PackageFilterList, PackageOrderList)

    @staticmethod
    def override(settings, *singletons):
        from rez.config import config
        from rez.package_repository import package_repository_manager

        for name, value in settings.items():
            config.override(name, value)
        for singleton in singletons:
            if "_class_property_singleton" in vars(singleton):
                del singleton._class_property_singleton
        package_repository_manager.clear_caches()

    def test_kinds_of_definitions(self):
        for arguments in ({}, {"building": True}, {"testing": True}):
            if "testing" in arguments and rez_version() < (3, 2):
                continue
            self.assertEqual(self.compare_all(**arguments), {"solved": len(REQUESTS)})

    def test_what_an_early_function_sees_of_testing(self):
        # Before rez 3.2, the name belongs to the file, and is undefined if the file does not set it.
        unread = "handed back: the packages or the request cannot be read"
        counted = self.compare_all((["tried-1"], ["tried-2"], ["tried", "base-1"]))
        self.assertEqual(counted, {"solved": 3} if rez_version() >= (3, 2) else {"solved": 1, unread: 2})

    def test_packages_that_cannot_be_read(self):
        from rez.package_repository import package_repository_manager

        for request in (
            ["broken"],
            ["broken-1"],
            ["broken-2"],
            ["broken-3"],
            ["broken-4"],
            ["broken-5"],
            ["broken-2+"],
            ["broken<3"],
            ["broken-5", "broken-1+"],
            ["base", "~broken-2"],
        ):
            with self.subTest(request):
                package_repository_manager.clear_caches()
                self.compare(request)

    def test_late_requirements_count_only_where_they_are_reached(self):
        self.assertEqual(self.compare(["late-1"])[1], {"solved": 1})
        for request in (["late"], ["late-2", "base"], ["late"]):
            counted = self.compare(request)[1]
            self.assertEqual(counted, {"handed back: a package's requirements are late-bound": 1})

    def test_configured_orderers_and_filters(self):
        orderers = [
            {"type": "per_family", "orderers": [{"packages": ["base"], "type": "sorted", "descending": False}]},
            {"type": "version_split", "first_version": "2", "packages": ["lib"]},
        ]
        for settings in (
            {"package_orderers": orderers},
            {"package_orderers": [{"type": "sorted", "descending": False, "packages": ["*"]}]},
            {"package_filter": [{"excludes": ["base-3", "lib-3"]}, {"excludes": ["base-1"], "includes": ["*-1"]}]},
            {"package_filter": {"excludes": ["glob(*-2)", "regex(app-1.*)", "range(base-2+)", "after(250)"]}},
            {"variant_select_mode": "intersection_priority", "package_orderers": orderers},
        ):
            with self.configured(**settings):
                counted = self.compare_all()
                self.assertEqual(set(counted), {ORDERERS if "package_orderers" in settings else "solved"}, settings)

    def test_no_order_is_left_to_rez(self):
        for orderer in (
            {"type": "no_order"},
            {"type": "per_family", "orderers": [{"packages": ["base"], "type": "no_order"}]},
            {"type": "per_family", "orderers": [], "default_order": {"type": "no_order"}},
        ):
            with self.configured(package_orderers=[orderer]):
                (reason,) = self.compare_all()
                self.assertIn("no_order" if rez_version() >= (3, 1) else "orderers", reason)

    def test_soft_timestamps_look_at_the_configured_paths(self):
        orderers = [{"type": "soft_timestamp", "timestamp": 250}]
        with self.configured(package_orderers=orderers):
            self.assertEqual(set(self.compare_all()), {ORDERERS})
            (reason,) = self.compare_all(package_paths=[self.path, self.path + "-other"])
            self.assertIn("soft_timestamp" if rez_version() >= (3, 1) else "orderers", reason)

    def test_soft_timestamps_with_a_rank_are_left_to_rez(self):
        with self.configured(package_orderers=[{"type": "soft_timestamp", "timestamp": 250, "rank": 1}]):
            (reason,) = self.compare_all()
            self.assertIn("rez may raise" if rez_version() >= (3, 1) else "orderers", reason)

    def test_timestamps(self):
        for timestamp in (50, 100, 150, 250, 10**10):
            self.assertEqual(set(self.compare_all(timestamp=timestamp)) - {"solved"}, set())

    def test_files_that_hide_packages(self):
        with tempfile.TemporaryDirectory() as path:
            self.write(path, {"a/1": "", "a/2": "", "a/3": "", "b/1": "requires = ['a']"})
            Path(path, "a", ".ignore3").touch()
            Path(path, "a", ".building2").touch()
            Path(path, "a", "2", "package.py").unlink()
            Path(path, "a", "4").mkdir()
            Path(path, "a", ".5").mkdir()
            Path(path, "c").mkdir()
            Path(path, "c", "package.yaml").write_text("name: c\nrequires:\n- a-1\n")
            requests = (["a"], ["a<4"], ["a-3"], ["b"], ["c"], ["a-1"])
            self.compare_all(requests, package_paths=[path])
            from rez.config import config

            for name, value in (
                ("check_package_definition_files", True),
                ("package_filenames", ["pipeline_package", "package"]),
            ):
                Path(path, "a", "1", "pipeline_package.py").write_text(
                    "name = 'a'\nversion = '1'\nrequires = ['c']", encoding="utf-8"
                )
                settings = config.plugins.package_repository.filesystem
                with mock.patch.dict(settings.__dict__), self.configured():
                    settings.__dict__[name] = value
                    self.assertEqual(getattr(settings, name), value)
                    self.compare_all(requests, package_paths=[path])

    def test_directories_that_are_not_the_package_that_they_look_like(self):
        with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
            self.write(first, {"x": "", "y/1": "", "z/1": "", "z/2": "", "w/1": ""})
            Path(first, "x", "2").mkdir()  # as created by installing an unversioned package
            Path(first, "z", ".ignore2").touch()
            Path(first, "w", "2").mkdir()
            Path(first, "w", ".building2").touch()
            self.write(second, {"y/1": "", "y/2": "", "z/2": "", "w/2": ""})
            Path(second, "x.py").write_text("name = 'x'\nversions = ['1', '2']\n", encoding="utf-8")
            Path(second, "y.py").write_text("name = 'y'\nversions = ['3']\n", encoding="utf-8")
            for paths in ([first, second], [second, first], [second], [first]):
                self.compare_all(
                    [["x"], ["x-2"], ["y"], ["y-1"], ["z"], ["z-1"], ["w"], ["w-1"]], package_paths=paths
                )

    def test_paths_written_in_other_ways(self):
        with tempfile.TemporaryDirectory() as directory:
            link = Path(directory, "link")
            link.symlink_to(self.path)
            old = os.getcwd()
            os.chdir(directory)
            try:
                for path in (str(link), "link", f"filesystem@{link}", self.path + "/", f"{directory}/./link"):
                    self.compare_all(package_paths=[path])
                    self.compare_all([["nosuch"], ["app"]], package_paths=[path, self.path])
            finally:
                os.chdir(old)

    def test_all_that_a_context_stores(self):
        from rez.resolved_context import ResolvedContext

        varying = ("solve_time", "load_time", "num_loaded_packages", "graph")

        def stored(request):
            context = ResolvedContext(request)
            everything = context.to_dict()
            again = ResolvedContext.from_dict(json.loads(json.dumps(everything)))
            self.assertEqual(again.to_dict()["resolved_packages"], everything["resolved_packages"])
            if context.success:
                again.validate()
                patched = context.get_patched_request(["base-1"])
                everything["patched"] = [str(each) for each in patched]
                everything["dependencies"] = context.get_dependency_graph(as_dot=True)
                everything["environ"] = {k: v for k, v in context.get_environ({}).items() if "REZ_CONTEXT" not in k}
                everything["tools"] = str(context.get_tools())
                everything["key"] = context.get_key("requires")
                retargeted = context.retargeted([self.path])
                everything["retargeted"] = [p.qualified_name for p in retargeted.resolved_packages]
                everything["diff"] = str(context.get_resolve_diff(ResolvedContext(["base-1"])))
            return {key: value for key, value in everything.items() if key not in varying}

        for request in (["app"], ["app-1", "tool"], ["base-1", "base-2"], []):
            # A context stores the second in which it was created.
            with self.subTest(request), mock.patch("time.time", return_value=1_700_000_000.0):
                ours = stored(request)
                pyrer.rez.uninstall()
                theirs = stored(request)
                pyrer.rez.install()
                self.assertEqual(ours, theirs)

    def test_caching_of_resolves(self):
        from rez.config import config
        from rez.resolver import Resolver

        kept = {}

        class Client:
            get = staticmethod(lambda key: pickle.loads(kept[key]) if key in kept else None)
            delete = staticmethod(lambda key: kept.pop(key, None))

            @staticmethod
            def set(key, value):
                kept[key] = pickle.dumps(value)

        @contextlib.contextmanager
        def client(self):
            yield Client

        with self.configured(memcached_uri=["nowhere"], resolve_caching=True):
            with mock.patch.object(Resolver, "_memcached_client", client):
                self.assertEqual(config.memcached_uri, ["nowhere"])
                for number in (1, 2):
                    kept.clear()
                    before = pyrer.rez.statistics().get("solved", 0)
                    ours = self.outcome(["base-2"])
                    self.assertEqual(len(kept), 1)
                    self.assertEqual(self.outcome(["base-2"]), ours)
                    self.assertEqual(pyrer.rez.statistics()["solved"] - before, 1, "the second came from the cache")
                    pyrer.rez.uninstall()
                    self.assertEqual(self.outcome(["base-2"]), ours, "rez reads what pyrer wrote")
                    kept.clear()
                    self.assertEqual(self.outcome(["base-2"]), ours)
                    pyrer.rez.install()
                    self.assertEqual(self.outcome(["base-2"]), ours, "pyrer hands out what rez wrote")

    def test_contexts_on_many_threads(self):
        expected = [self.outcome(request) for request in REQUESTS]
        found = []

        def work(number):
            for request, answer in list(zip(REQUESTS, expected))[number:] * 3:
                found.append(self.outcome(request) == answer)

        threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertTrue(all(found))
        self.assertEqual(len(found), 3 * sum(range(3, 9)))

    @unittest.skipUnless(hasattr(os, "fork"), "this platform does not fork")
    def test_a_forked_child_solves(self):
        code = (
            "import os, sys, pyrer.rez\n"
            "pyrer.rez.install()\n"
            "from rez.resolved_context import ResolvedContext\n"
            "def solve(): return str(ResolvedContext(['app'], package_paths=sys.argv[1:]).resolved_packages)\n"
            "expected = solve()\n"
            "pid = os.fork()\n"
            "if pid == 0:\n"
            "    same = solve() == expected\n"
            "    os._exit(7 if same and pyrer.rez.statistics() == {'solved': 2} else 8)\n"
            "assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7\n"
        )
        command = [sys.executable, "-W", "ignore", "-c", code, self.path]
        subprocess.run(command, env=environment(), check=True, timeout=60)

    def test_a_graph_that_only_rez_can_draw_is_drawn_by_rez(self):
        # rez reads packages that the engine does not need. Here, one of them is late-bound.
        unreadable = ValueError("package 'late-2': a package's requirements are late-bound")
        for request in (["app"], ["base-1", "base-2"]):
            for arguments in ({}, {"callback": lambda state: (None, None), "package_load_callback": lambda package: None}):
                with mock.patch("pyrer.SolveResult.graph", side_effect=unreadable):
                    _, counted = self.compare(request, **arguments)
                self.assertEqual(counted, {"solved": 1})

    def test_a_fault_of_ours_is_handed_back(self):
        with mock.patch("pyrer.rez._solving.options_of", side_effect=KeyError("unforeseen")):
            with self.assertLogs("pyrer.rez", "WARNING") as logs:
                _, counted = self.compare(["app-1"])
        self.assertEqual(counted, {"handed back: pyrer failed": 1})
        self.assertIn("unforeseen", logs.output[0])

    def test_rez_env_ends_without_looking_for_cycles(self):
        code = (
            "import atexit, gc, sys\n"
            "before = gc.get_freeze_count()\n"  # Python 3.12 begins with some
            "atexit.register(lambda: print('left', gc.get_freeze_count() > before, flush=True))\n"
            "import pyrer.rez\n"
            "pyrer.rez.install_when_imported()\n"
            "command = sys.argv.pop(1)\n"
            "from rez.cli._main import run; run(command)\n"
        )
        for arguments, frozen in ((["env", "app-1", "-c", "exit 3"], True), (["search", "app", "--latest"], False)):
            with self.subTest(arguments), tempfile.TemporaryDirectory() as directory:
                done = subprocess.run(
                    [sys.executable, "-W", "ignore", "-c", code, *arguments],
                    env=environment(REZ_PACKAGES_PATH=self.path),
                    cwd=directory,
                    capture_output=True,
                    text=True,
                    timeout=60,
                )
                self.assertEqual(done.returncode, 3 if frozen else 0, done.stderr)
                self.assertEqual(done.stdout.splitlines()[-1], f"left {frozen}")

    def test_commands(self):
        code = (
            "import sys\n"
            "if sys.argv[1] == 'pyrer':\n"
            "    import pyrer.rez; pyrer.rez.install_when_imported()\n"
            "command = sys.argv[2]; del sys.argv[1:3]\n"
            "from rez.cli._main import run; run(command)\n"
        )
        variables = environment(REZ_PACKAGES_PATH=self.path)
        with tempfile.TemporaryDirectory() as directory:
            file = os.path.join(directory, "context.rxt")

            def run(who, *arguments):
                command = [sys.executable, "-c", code, who, *arguments]
                done = subprocess.run(command, env=variables, capture_output=True, text=True, timeout=120, cwd=directory)
                times = r"(resolved|searched) by .*|\d\d:\d\d:\d\d"
                return done.returncode, re.sub(times, "", done.stdout), re.sub(times, "", done.stderr)

            for arguments in (
                ("env", "app-1", "tool", "--output", file),
                ("context", file, "--so"),
                ("context", file, "--print-request"),
                ("context", file, "--print-graph"),
                ("env", "base-1", "base-2", "--output", file),
                ("env", "nosuch", "--output", file),
                ("env", "app-1", "--", "echo", "done"),
                ("env", "lib", "-t", "150", "--", "echo", "done"),
                ("depends", "base"),
                ("search", "app", "--latest"),
            ):
                with self.subTest(arguments):
                    self.assertEqual(run("pyrer", *arguments), run("rez", *arguments))


if __name__ == "__main__":
    unittest.main()
