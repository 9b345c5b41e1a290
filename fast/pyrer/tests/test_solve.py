"""The documented interface of pyrer, and the parts that the Rust port does not have."""

import copy
import math
import pathlib
import pickle
import threading
import unittest

import pyrer
from pyrer import PackageData
from pyrer._packages import of_rez_package

from . import books

PACKAGES = [
    PackageData("app", "1.0", requires=["lib-2+"]),
    PackageData("app", "1.1", requires=["lib-2+", "missing"]),
    PackageData("lib", "2.1", ["base"], [["python-2"], ["python-3"]]),
    PackageData("lib", "1.0"),
    PackageData("base", ""),
    PackageData("python", "3.9", timestamp=200),
    PackageData("python", "3.7", timestamp=100),
    PackageData("python", "2.7", timestamp=50),
]


class PackageDataTests(unittest.TestCase):
    """The parts that the Rust port does not have. The test_seed modules cover its interface."""

    def test_times_and_build_requirements(self):
        package = PackageData("a", "1", build_requires=["b"], timestamp=12)
        self.assertEqual((package.build_requires, package.timestamp), (["b"], 12))
        for wrong in (dict(timestamp="today"), dict(build_requires="b")):
            with self.subTest(wrong), self.assertRaises(TypeError):
                PackageData("a", "1", **wrong)

    def test_all_that_rez_knows(self):
        class Package:
            name, version, timestamp = "a", "1.2", 12
            requires, variants, build_requires = ["b-1"], None, [3]

        self.assertEqual(
            of_rez_package(Package).definition(), {"requires": ["b-1"], "build_requires": ["3"], "timestamp": 12}
        )

    def test_copies(self):
        package = pickle.loads(pickle.dumps(PackageData("a", "1", ["b"], [["c"]], timestamp=12)))
        self.assertEqual(package.definition(), {"requires": ["b"], "variants": [["c"]], "timestamp": 12})
        self.assertEqual(copy.copy(package).definition(), package.definition())


class SolveTests(unittest.TestCase):
    def test_solved(self):
        result = pyrer.solve(["app-1.0", ".feature-1"], PACKAGES)
        self.assertEqual(result.status, "solved")
        self.assertEqual(
            result.resolved, [("base", "", None), ("python", "3.9", None), ("lib", "2.1", 1), ("app", "1.0", None)]
        )
        lib, app = result.resolved_packages[2:]
        self.assertEqual((lib.name, lib.version, lib.variant_index), ("lib", "2.1", 1))
        self.assertEqual(lib.requires, ["base", "python-3"])
        self.assertEqual(lib.uri, "lib/2.1/package.py[1]")
        self.assertEqual(app.uri, "app/1.0/package.py")
        self.assertEqual(result.resolved_ephemerals, [".feature-1"])
        self.assertIsNone(result.failure_description)
        self.assertGreater(result.solve_time_ms, 0)
        self.assertGreater(result.num_iterations, 0)
        self.assertTrue(result.graph_dot().startswith("digraph g {\n_1 [label="))
        with self.assertRaises(IndexError):
            result.failure()

    def test_failed(self):
        result = pyrer.solve(["app-1.0", "python-1"], [*PACKAGES, PackageData("python", "1")])
        self.assertEqual(result.status, "failed")
        self.assertEqual(result.resolved, [])
        self.assertEqual(result.resolved_packages, [])
        self.assertIn("<--!--> python==1", result.failure_description)
        self.assertEqual(result.failure(-1).kind, result.failure().kind)
        self.assertIn("CONFLICT", result.graph_dot() + str(result.graph(0)))
        with self.assertRaises(IndexError):
            result.failure(99)

    def test_invalid_input_is_a_status(self):
        for request, kind, text in (
            (["nosuch"], "package_family_not_found", "package family not found: nosuch (searched: memory)"),
            (["app"], "package_family_not_found", "missing"),
            (["app-9"], "package_not_found", "Package could not be found: app-9"),
            (["app-1..2"], None, None),
            (["app-<"], "invalid_syntax", "<"),
        ):
            with self.subTest(request):
                result = pyrer.solve(request, PACKAGES)
                self.assertIn(result.status, ("error", "failed"))
                if kind:
                    self.assertEqual((result.status, result.error_kind), ("error", kind))
                    self.assertIn(text, result.failure_description)
        self.assertEqual(pyrer.solve(["x"], []).status, "error")
        self.assertEqual(pyrer.solve([], []).status, "solved")

    def test_arguments_of_the_wrong_type(self):
        for arguments in (
            (["app"], ["app-1"]),
            (["app"], [("app", "1", [], [])]),
            (["app"], "app"),
            (["app"], 1),
            ("app", PACKAGES),
            ([1], PACKAGES),
            (None, PACKAGES, 3),
        ):
            with self.subTest(arguments), self.assertRaises(TypeError):
                pyrer.solve(*arguments)
        with self.assertRaises(TypeError):
            pyrer.solve(["app"], PACKAGES, no_such_option=1)

    def test_single_texts_are_not_lists(self):
        repository = pyrer.Repository(PACKAGES)
        for call in (
            lambda: pyrer.Repository(paths="/packages"),
            lambda: pyrer.Repository(paths=pathlib.Path("/packages")),
            lambda: pyrer.Repository("app"),
            lambda: repository.solve("app"),
            lambda: repository.solve_many("app"),
            lambda: repository.solve_many(["app"]),
            lambda: pyrer.solve_many(["app"], PACKAGES),
            lambda: repository.solve(["app"], package_orderers="sorted"),
            lambda: repository.solve(["app"], package_filter="app-1"),
        ):
            with self.assertRaises((TypeError, ValueError)):
                call()

    def test_limits_of_the_wrong_kind(self):
        for error, text, options in (
            (TypeError, "cancellation must be a pyrer.Cancellation, not int", dict(cancellation=5)),
            (ValueError, "time_limit must be seconds, from 0 up to 1e.09, not nan", dict(time_limit=math.nan)),
            (ValueError, "not inf", dict(time_limit=math.inf)),
            (ValueError, "not -1", dict(time_limit=-1)),
            (TypeError, "time_limit must be a number of seconds, not str", dict(time_limit="5")),
            (TypeError, "callback must be callable, not str", dict(callback="abort")),
        ):
            with self.subTest(options), self.assertRaisesRegex(error, text):
                pyrer.solve(["app-1.0"], PACKAGES, **options)
        with self.assertRaisesRegex(ValueError, "threads must be positive, not 0"):
            pyrer.solve_many([["app-1.0"]], PACKAGES, threads=0)

    def test_failures_that_do_not_exist(self):
        result = pyrer.solve(["app-1.0", "python-1"], [*PACKAGES, PackageData("python", "1")])
        for index in (99, 10**12, -(10**12)):
            with self.assertRaisesRegex(IndexError, f"no failure {index} among 1"):
                result.failure(index)
            with self.assertRaisesRegex(IndexError, f"no failure {index} among 1"):
                result.graph(index)
        with self.assertRaisesRegex(TypeError, "index must be int, not str"):
            result.failure("x")

    def test_options_with_impossible_values(self):
        for options in (
            dict(variant_select_mode="newest"),
            dict(time_limit=-1),
            dict(time_limit=float("nan")),
            dict(max_fails="many"),
            dict(package_orderers=[{"type": "nosuch"}]),
            dict(package_filter=[{"exclude": []}]),
        ):
            with self.subTest(options), self.assertRaises(ValueError):
                pyrer.solve(["app"], PACKAGES, **options)

    def test_filters_orderers_and_times(self):
        def python(**options):
            return pyrer.solve(["python"], PACKAGES, **options).resolved[0][1]

        self.assertEqual(python(), "3.9")
        self.assertEqual(python(package_filter={"excludes": ["range(python-3.9)"]}), "3.7")
        self.assertEqual(python(package_orderers=[{"type": "sorted", "descending": False}]), "2.7")
        self.assertEqual(python(timestamp=150), "3.7")
        self.assertEqual(python(timestamp=None), "3.9")


class LoadingTests(unittest.TestCase):
    def test_families_are_asked_for_once_and_only_when_reached(self):
        asked = []

        def load_family(name):
            asked.append(name)
            return [package for package in PACKAGES if package.name == name]

        result = pyrer.solve(["app-1.0"], load_family=load_family)
        self.assertEqual(result.status, "solved")
        self.assertEqual(sorted(asked), ["app", "base", "lib", "python"])
        self.assertEqual(result.resolved_packages[-1].uri, "app/1.0/package.py")

    def test_known_packages_are_not_asked_for(self):
        asked = []
        known = [package for package in PACKAGES if package.name != "base"]
        result = pyrer.solve(["app-1.0"], known, load_family=lambda name: asked.append(name) or [PackageData("base", "")])
        self.assertEqual((result.status, asked), ("solved", ["base"]))

    def test_ranges_are_what_the_request_leaves(self):
        asked = {}

        def load_family(name, version_range=None):
            asked[name] = version_range
            return [package for package in PACKAGES if package.name == name]

        pyrer.solve(["app-1.0", "python-3+", "python<3.8", "!lib-1"], load_family=load_family)
        self.assertEqual(asked, {"app": "1.0", "python": "3+<3.8", "lib": "2+", "base": None})
        repository = pyrer.Repository(load_family=load_family)
        repository.solve(["app-1.0"])
        self.assertIsNone(asked["app"], "what a repository loads must serve every request")

    def test_a_loader_that_fails(self):
        def broken(name):
            raise KeyError(name)

        for load_family in (broken, lambda name: ["app-1"], lambda name: 3, lambda name: None):
            result = pyrer.solve(["app"], load_family=load_family)
            self.assertEqual((result.status, result.error_kind), ("error", "package_data"))
        results = pyrer.Repository(load_family=broken).solve_many([["app"], ["lib"]])
        self.assertEqual([result.error_kind for result in results], ["package_data"] * 2)
        self.assertEqual(pyrer.Repository(load_family=broken).solve(["app"]).failure_description[-5:], "'app'")

    def test_a_loader_may_solve(self):
        def load_family(name):
            self.assertEqual(pyrer.solve(["base"], PACKAGES).status, "solved")
            return [package for package in PACKAGES if package.name == name]

        self.assertEqual(pyrer.solve(["app-1.0"], load_family=load_family).status, "solved")


class LimitTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        (book,) = books.read(books.DATA_SET / "studio.json.gz")
        cls.repository = pyrer.Repository(books.packages_of(book))
        cls.request = max(book["cases"], key=lambda case: case["num_solves"])["request"]

    def test_a_callback_sees_the_solve_and_ends_it(self):
        states = []

        def callback(state):
            states.append((state.num_solves, str(state)))
            return ("abort", "enough é") if state.num_solves >= 3 else "keep_going"

        result = self.repository.solve(self.request, callback=callback)
        self.assertEqual((result.status, result.stop_reason), ("stopped", "callback"))
        self.assertEqual(result.failure_description, "enough é")
        self.assertEqual([number for number, _ in states], [1, 2, 3])
        self.assertIn("solve #1 (0 fails so far): ", states[0][1])

    def test_what_a_callback_may_return(self):
        for wrong in ("xyz", 3, True, ("abort",), ("abort", "why", "more"), ["abort", "why"], ("xyz", "why")):
            with self.subTest(wrong), self.assertRaisesRegex(ValueError, "callback returned .*; expected None, "):
                self.repository.solve(self.request, callback=lambda state: wrong)

    def test_a_state_after_its_callback(self):
        states = []
        self.repository.solve(self.request, callback=states.append)
        with self.assertRaisesRegex(pyrer.PyrerError, "within the callback"):
            str(states[0])

    def test_an_exception_of_a_callback_is_raised(self):
        def callback(state):
            raise LookupError("found nothing")

        with self.assertRaisesRegex(LookupError, "found nothing"):
            self.repository.solve(self.request, callback=callback)

    def test_time_limit_and_cancellation(self):
        result = self.repository.solve(self.request, time_limit=0)
        self.assertEqual((result.status, result.stop_reason), ("stopped", "time_limit"))
        cancellation = pyrer.Cancellation()
        cancellation.cancel()
        result = self.repository.solve(self.request, cancellation=cancellation)
        self.assertEqual((result.status, result.stop_reason), ("stopped", "cancelled"))
        with self.assertRaises(IndexError):
            result.graph()

    def test_the_interpreter_runs_while_a_solve_does(self):
        running = threading.Event()

        def callback(state):
            return "keep_going" if running.wait(10) else "abort"

        thread = threading.Timer(0.05, running.set)
        thread.start()
        self.assertEqual(self.repository.solve(self.request, callback=callback).status, "solved")
        thread.join()


if __name__ == "__main__":
    unittest.main()
