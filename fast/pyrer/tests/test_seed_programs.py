"""Whole programs as they are written for the Rust port's pyrer: its calls, in our words. They run unchanged."""

import unittest
from pathlib import Path

import pyrer

from . import needs_rez
from .contexts import RezTestCase

#: The example of its pages: a package that requires another.
PACKAGES = [
    pyrer.PackageData("app", "1.0.0", requires=["lib-2"]),
    pyrer.PackageData("lib", "1.0.0"),
    pyrer.PackageData("lib", "2.0.0"),
]


class ProgramTests(unittest.TestCase):
    def test_a_first_program(self):
        result = pyrer.solve(["app"], PACKAGES)
        lines = [f"{v.name} {v.version} {v.variant_index} {v.uri}" for v in result.resolved_packages]
        self.assertEqual(result.status, "solved")
        # Its pages show the request first. Its solver and rez return dependencies first.
        self.assertEqual(lines, ["lib 2.0.0 None lib/2.0.0/package.py", "app 1.0.0 None app/1.0.0/package.py"])

    def test_nothing_is_raised_for_what_cannot_be_solved(self):
        statuses = [pyrer.solve(request, PACKAGES).status for request in (["lib-1", "lib-2"], ["lib-3+"], ["lib-("])]
        self.assertEqual(statuses[0], "failed")
        self.assertTrue(set(statuses) <= {"failed", "error"})

    def test_families_are_loaded_when_they_are_needed(self):
        asked = []

        def load_family(name, version_range=None):
            asked.append(name)
            return [each for each in PACKAGES if each.name == name]

        result = pyrer.solve(["app"], packages=None, load_family=load_family)
        self.assertEqual([each.name for each in result.resolved_packages], ["lib", "app"])
        self.assertEqual(sorted(set(asked)), ["app", "lib"])

    def test_an_orderer_by_its_name(self):
        @pyrer.register_orderer
        class Oldest(pyrer.PackageOrderer):
            name = "oldest of the programs"

            def order(self, family, versions):
                return list(versions)

        result = pyrer.solve(["lib"], PACKAGES, package_orderer="oldest of the programs")
        self.assertEqual(result.resolved, [("lib", "1.0.0", None)])


@needs_rez
class ProgramsWithRezTests(RezTestCase):
    """rez finds packages, and pyrer solves."""

    PACKAGES = {
        "app/1.0.0": "requires = ['lib-2', 'python-3']",
        "lib/1.0.0": "",
        "lib/2.0.0": "variants = [['python-2'], ['python-3']]",
        "python/2.7": "",
        "python/3.9": "@early()\ndef requires():\n    return []",
    }
    EXPECTED = [("python", "3.9", None), ("lib", "2.0.0", 1), ("app", "1.0.0", None)]

    def setUp(self):
        super().setUp()
        pyrer.rez.uninstall()

    def every_package(self):
        from rez.packages import iter_package_families

        for family in iter_package_families(paths=[self.path]):
            yield from family.iter_packages()

    def test_packages_from_rez(self):
        packages = [pyrer.PackageData.from_rez(package) for package in self.every_package()]
        self.assertEqual(sorted(pyrer.solve(["app"], packages).resolved), sorted(self.EXPECTED))

    def test_packages_from_the_texts_that_rez_has_read(self):
        packages = []
        for package in self.every_package():
            data = package.resource.data if hasattr(package.resource, "data") else {}
            fields = [data.get(field) for field in ("name", "version", "requires", "variants")]
            plain = all(isinstance(field, (list, type(None))) for field in fields[2:]) and all(
                isinstance(field, str) for field in fields[:2]
            )
            packages.append(
                pyrer.PackageData.from_strings(*fields) if plain else pyrer.PackageData.from_rez(package)
            )
        self.assertEqual(sorted(pyrer.solve(["app"], packages).resolved), sorted(self.EXPECTED))

    def test_files_are_read_without_rez_where_they_can_be(self):
        from rez.packages import iter_packages

        left_to_rez = []

        def load_family(name, version_range=None):
            found = list(iter_packages(name, range_=version_range, paths=[self.path]))
            read = pyrer.parse_static_packages_py([package.resource.filepath for package in found])
            left_to_rez.extend(package.name for package, static in zip(found, read) if static is None)
            return [static or pyrer.PackageData.from_rez(package) for package, static in zip(found, read)]

        result = pyrer.solve(["app"], load_family=load_family)
        self.assertIsNone(result.failure_description)
        self.assertEqual(sorted(result.resolved), sorted(self.EXPECTED))
        self.assertLessEqual(set(left_to_rez), {"python"})

    def test_a_resolver_that_asks_pyrer(self):
        from rez.packages import get_package
        from rez.resolved_context import ResolvedContext
        from rez.resolver import Resolver
        from rez.solver import Solver

        packages = [pyrer.PackageData.from_rez(package) for package in self.every_package()]
        solve, asked = Solver.solve, []

        def solve_with_pyrer(solver):
            result = pyrer.solve([str(each) for each in solver.request_list], packages)
            asked.append(result.status)
            variants = [
                get_package(each.name, each.version, paths=[self.path]) for each in result.resolved_packages
            ]
            self.assertNotIn(None, variants)
            solve(solver)  # rez's reading of it must be the same
            self.assertEqual(result.resolved, [(v.name, str(v.version), v.index) for v in solver.resolved_packages])

        self.assertTrue(hasattr(Resolver, "_solve"))
        Solver.solve = solve_with_pyrer
        try:
            context = ResolvedContext(["app"], package_paths=[self.path])
        finally:
            Solver.solve = solve
        self.assertEqual(asked, ["solved"])
        self.assertEqual([(v.name, str(v.version), v.index) for v in context.resolved_packages], self.EXPECTED)
        self.assertEqual(Path(context.resolved_packages[0].uri).parts[-3:-1], ("python", "3.9"))


if __name__ == "__main__":
    unittest.main()
