"""The Rust port's interface, which existing programs rely on: solving and results."""

import unittest
from unittest import mock

import pyrer
from pyrer import PackageData, _native

APP = [PackageData("app", "1.0.0", ["lib"]), PackageData("lib", "1.0"), PackageData("lib", "2.0")]
MAYA = [
    PackageData("maya", "2024.0", ["zlib"], [["python-2.7"], ["python-3.10"]]),
    PackageData("python", "2.7.18"),
    PackageData("python", "3.10.1"),
    PackageData("zlib", "1.3"),
]


class ArgumentTests(unittest.TestCase):
    def test_packages_by_position_and_by_name(self):
        self.assertEqual(pyrer.solve(["app"], APP).status, "solved")
        self.assertEqual(pyrer.solve(["app"], packages=APP).status, "solved")
        self.assertEqual(pyrer.solve([], None).status, "solved")

    def test_sequences(self):
        self.assertEqual(pyrer.solve(("app",), tuple(APP)).status, "solved")

    def test_reserved_arguments_are_ignored(self):
        for value in (None, 0, [], "x"):
            self.assertEqual(pyrer.solve(["app"], APP, filters=value, max_iterations=value).status, "solved")

    def test_select_modes(self):
        for mode in ("version_priority", "intersection_priority"):
            self.assertEqual(pyrer.solve(["app"], APP, variant_select_mode=mode).status, "solved")
        with self.assertRaisesRegex(ValueError, "variant_select_mode"):
            pyrer.solve(["app"], APP, variant_select_mode="newest")

    def test_select_modes_choose(self):
        packages = [
            PackageData("a", "1", None, [["b-2"], ["b-1", "c-1"]]),
            PackageData("b", "1"),
            PackageData("b", "2"),
            PackageData("c", "1"),
        ]

        def index(mode):
            result = pyrer.solve(["a", "b", "c"], packages, variant_select_mode=mode)
            return {name: index for name, _, index in result.resolved}["a"]

        self.assertEqual((index("version_priority"), index("intersection_priority")), (0, 1))

    def test_packages_are_handed_over_once(self):
        packages = [pyrer.PackageData("app", str(version), ["lib"]) for version in range(50)]
        packages.append(pyrer.PackageData("lib", "1"))
        with mock.patch("pyrer._native.create_repository", wraps=_native.create_repository) as create:
            for request in (["app"], ["app-3"], ["lib"], ["app"]):
                self.assertEqual(pyrer.solve(request, list(packages)).status, "solved")
            self.assertEqual(create.call_count, 1)
            packages[-1].version = "2"
            self.assertEqual(pyrer.solve(["lib"], packages).resolved, [("lib", "2", None)])
            self.assertEqual(create.call_count, 2)

    def test_nothing_is_kept_between_calls(self):
        self.assertEqual(pyrer.solve(["lib"], APP).resolved[0][1], "2.0")
        self.assertEqual(pyrer.solve(["lib"], APP[:2]).resolved[0][1], "1.0")
        self.assertEqual(pyrer.solve(["lib"], APP).resolved[0][1], "2.0")


for what, arguments in {
    "a text as request": ("app", APP),
    "bytes as request": (b"app", APP),
    "none as request": (None, APP),
    "a number as request": (1, APP),
    "a number in the request": (["app", 1], APP),
    "none in the request": ([None], APP),
    "a number as packages": (["app"], 42),
    "a text as packages": (["app"], "text"),
    "a text in packages": (["app"], [*APP, "app-1"]),
    "a tuple in packages": (["app"], [("app", "1", [], [])]),
    "none in packages": (["app"], [None]),
    "a number in packages": (["app"], [1]),
    "a generator as packages": (["app"], (package for package in APP)),
    "a set as packages": (["app"], set(APP)),
    "too many arguments": (["app"], APP, None),
}.items():

    def test(self, arguments=arguments):
        with self.assertRaises(TypeError):
            pyrer.solve(*arguments)

    setattr(ArgumentTests, f"test_wrong_{what.replace(' ', '_')}", test)


class StatusTests(unittest.TestCase):
    """Each outcome has its own status, and none raises."""


for what, (status, request, packages) in {
    "resolved": ("solved", ["app"], APP),
    "an empty request": ("solved", [], APP),
    "an empty request without packages": ("solved", [], []),
    "ephemerals alone": ("solved", [".feature-1"], []),
    "requests that exclude each other": ("failed", ["lib-1", "lib-2"], APP),
    "ephemerals that exclude each other": ("failed", [".x-1", ".x-2"], []),
    "a conflict request": ("failed", ["app", "!lib"], APP),
    "a conflict further down": (
        "failed",
        ["a", "b"],
        [PackageData("a", "1", ["lib-1"]), PackageData("b", "1", ["lib-2"]), *APP],
    ),
    "a complete reduction": (
        "failed",
        ["a", "lib-2"],
        [PackageData("a", "1", None, [["lib-1", "x"], ["lib-1"]]), PackageData("x", "1"), *APP],
    ),
    "a cycle": ("failed", ["a"], [PackageData("a", "1", ["b"]), PackageData("b", "1", ["a"])]),
    "an unknown family": ("failed error", ["nosuch"], APP),
    "an unknown version": ("failed error", ["lib-9"], APP),
    "no packages": ("failed error", ["a"], []),
    "an unknown family in a dependency": ("failed error", ["a"], [PackageData("a", "1", ["nosuch"])]),
    "an unknown version in a dependency": ("failed error", ["a"], [PackageData("a", "1", ["lib-9"]), *APP]),
    "a request that does not parse": ("error", ["app-<"], APP),
    "a request that is empty": ("error", [""], APP),
    "half of a surrogate pair": ("error", ["\ud800"], APP),
    "half of a surrogate pair in a package": ("error", ["a"], [PackageData("a", "1", ["\ud800"])]),
    "a requirement that does not parse": ("error", ["a"], [PackageData("a", "1", ["lib-<"])]),
    "a version that does not parse": ("error", ["a"], [PackageData("a", "1..2")]),
    "a package that contradicts itself": ("failed error", ["a"], [PackageData("a", "1", ["lib-1", "lib-2"]), *APP]),
    "a duplicate": ("error", ["a"], [PackageData("a", "1"), PackageData("a", "1")]),
    "a duplicate that is not reached": ("error", [], [PackageData("a", "1"), PackageData("a", "1")]),
    "the same object twice": ("error", ["a"], [PackageData("a", "1")] * 2),
}.items():

    def test(self, status=status, request=request, packages=packages):
        result = pyrer.solve(request, packages)
        self.assertIn(result.status, status.split())
        if result.status == "solved":
            self.assertIsNone(result.failure_description)
        else:
            self.assertIsInstance(result.failure_description, str)
            self.assertNotEqual(result.failure_description, "")
            self.assertEqual((result.resolved, result.resolved_packages, result.resolved_ephemerals), ([], [], []))
        self.assertIsInstance(result.num_iterations, int)
        self.assertGreaterEqual(result.solve_time_ms, 0)

    setattr(StatusTests, f"test_{what.replace(' ', '_')}", test)


class ResultTests(unittest.TestCase):
    def test_duplicates_are_named(self):
        result = pyrer.solve(["a"], [PackageData("a", "1.0"), PackageData("a", "1.0", ["b"])])
        self.assertIn("duplicate", result.failure_description.lower())
        self.assertIn("a-1.0", result.failure_description)

    def test_attributes(self):
        result = pyrer.solve(["maya", ".x-1", ".x<3"], MAYA)
        self.assertEqual(result.status, "solved")
        self.assertEqual(
            result.resolved, [("python", "3.10.1", None), ("zlib", "1.3", None), ("maya", "2024.0", 1)]
        )
        self.assertEqual(
            [(each.name, each.version, each.variant_index) for each in result.resolved_packages], result.resolved
        )
        self.assertTrue(all(isinstance(each, tuple) for each in result.resolved))
        self.assertIsInstance(result.solve_time_ms, float)
        self.assertGreaterEqual(result.num_iterations, 1)
        self.assertEqual(result.resolved_ephemerals, [".x-1"])

    def test_no_ephemerals(self):
        self.assertEqual(pyrer.solve(["app"], APP).resolved_ephemerals, [])

    def test_ephemerals_of_packages(self):
        packages = [PackageData("a", "1", [".x-1+", "b"]), PackageData("b", "1", [".x<3"])]
        self.assertEqual(pyrer.solve(["a"], packages).resolved_ephemerals, [".x-1+<3"])

    def test_cannot_be_changed(self):
        result = pyrer.solve(["app"], APP)
        for attribute in ("status", "resolved", "resolved_packages", "failure_description", "num_iterations"):
            with self.subTest(attribute), self.assertRaises(AttributeError):
                setattr(result, attribute, None)
        for attribute in ("name", "version", "variant_index", "requires", "uri"):
            with self.subTest(attribute), self.assertRaises(AttributeError):
                setattr(result.resolved_packages[0], attribute, None)

    def test_repr(self):
        self.assertRegex(
            repr(pyrer.solve(["app"], APP)),
            r"^SolveResult\(status='solved', resolved_packages=2 packages, solve_time_ms=\d+\.\d\d\)$",
        )
        self.assertIn("resolved_packages=1 packages", repr(pyrer.solve(["lib"], APP)))
        self.assertIn("status='failed', resolved_packages=0 packages", repr(pyrer.solve(["lib-1", "lib-2"], APP)))
        variants = {each.name: repr(each) for each in pyrer.solve(["maya"], MAYA).resolved_packages}
        self.assertEqual(variants["maya"], "ResolvedVariant(maya-2024.0[1])")
        self.assertEqual(variants["zlib"], "ResolvedVariant(zlib-1.3[])")

    def test_uri_is_made_of_the_resolve(self):
        uris = {each.name: each.uri for each in pyrer.solve(["maya"], MAYA).resolved_packages}
        self.assertEqual(
            uris,
            {
                "maya": "maya/2024.0/package.py[1]",
                "python": "python/3.10.1/package.py",
                "zlib": "zlib/1.3/package.py",
            },
        )

    def test_variant_indexes(self):
        for variants, index in ((None, None), ([], None), ([[]], 0), ([["lib-3"], ["lib-2"], ["lib-1"]], 1)):
            with self.subTest(variants):
                packages = [PackageData("a", "1", None, variants), *APP, PackageData("lib", "3", ["!a"])]
                self.assertEqual(pyrer.solve(["a"], packages).resolved[-1], ("a", "1", index))

    def test_requires(self):
        packages = [
            PackageData("a", "1", ["!c", "~d-1"], [["lib"]]),
            PackageData("c", "1"),
            PackageData("d", "1"),
            *APP,
        ]
        requires = pyrer.solve(["a"], packages).resolved_packages[-1].requires
        self.assertEqual(requires, ["!c", "~d-1", "lib"])

    def test_variants_hash_by_identity(self):
        one, other = (pyrer.solve(["lib"], APP).resolved_packages[0] for _ in range(2))
        self.assertEqual(len({one, other, one}), 2)
        self.assertNotEqual(one, other)

    def test_lists_are_whoever_reads_them(self):
        result = pyrer.solve(["app"], APP)
        result.resolved.clear()
        result.resolved_packages.clear()
        result.resolved_packages[0].requires.append("x")
        self.assertEqual((len(result.resolved), len(result.resolved_packages)), (2, 2))
        self.assertNotIn("x", result.resolved_packages[0].requires)

    def test_dependencies_come_before_what_requires_them(self):
        self.assertEqual([name for name, _, _ in pyrer.solve(["app"], APP).resolved], ["lib", "app"])

    def test_features_are_found_by_asking_for_them(self):
        self.assertTrue(hasattr(pyrer, "parse_static_packages_py"))
        self.assertIsNotNone(getattr(pyrer.solve([], []), "resolved_ephemerals", None))


class ExampleTests(unittest.TestCase):
    """The introductory examples of the Rust port's pages, rewritten."""

    def test_solving(self):
        result = pyrer.solve(
            ["app"],
            [
                pyrer.PackageData.from_strings("app", "1.0.0", requires=["lib-2+"]),
                pyrer.PackageData.from_strings("lib", "2.1.0"),
            ],
        )
        assert result.status == "solved"
        for variant in result.resolved_packages:
            self.assertEqual(variant.uri, f"{variant.name}/{variant.version}/package.py")
        self.assertEqual(sorted(result.resolved), [("app", "1.0.0", None), ("lib", "2.1.0", None)])


if __name__ == "__main__":
    unittest.main()
