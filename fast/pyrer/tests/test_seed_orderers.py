"""The Rust port's interface, which existing programs rely on: orderers."""

import unittest

import pyrer
from pyrer import PackageData, PackageOrderer

PACKAGES = [
    PackageData("app", "1.0", ["lib"]),
    PackageData("lib", "1.0"),
    PackageData("lib", "9.0"),
    PackageData("lib", "10.0"),
    PackageData("tool", "1", None, [["lib-1"], ["lib-9"], ["lib-10"]]),
]


class Oldest(PackageOrderer):
    name = "oldest"

    def __init__(self):
        self.asked = []

    def order(self, family, versions):
        self.asked.append((family, list(versions)))
        return sorted(versions, key=lambda version: [int(part) for part in version.split(".")])


def orderer(function):
    """An orderer made from a function of the versions."""

    class Made(PackageOrderer):
        name = "made"

        def order(self, family, versions):
            return function(versions)

    return Made()


def lib(chosen, request=("app",), packages=PACKAGES):
    result = pyrer.solve(list(request), packages, package_orderer=chosen)
    return {name: version for name, version, _ in result.resolved}.get("lib", result.status)


class RegistryTests(unittest.TestCase):
    def test_a_class(self):
        self.assertIsNone(pyrer.register_orderer(Oldest))
        self.assertEqual(lib("oldest"), "1.0")

    def test_an_instance(self):
        made = Oldest()
        pyrer.register_orderer(made)
        self.assertEqual(lib("oldest"), "1.0")
        self.assertTrue(made.asked)

    def test_the_later_of_a_name_counts(self):
        for order, expected in ((sorted, "1.0"), (lambda versions: ["9.0"], "9.0")):
            pyrer.register_orderer(orderer(order))
            self.assertEqual(lib("made"), expected)

    def test_something_other_than_an_orderer(self):
        for wrong in (None, 3, "oldest", object(), dict, lambda family, versions: versions):
            with self.subTest(wrong), self.assertRaisesRegex(TypeError, "PackageOrderer"):
                pyrer.register_orderer(wrong)

    def test_without_a_name(self):
        class Nameless(PackageOrderer):
            pass

        for wrong in (Nameless, Nameless(), PackageOrderer):
            with self.subTest(wrong), self.assertRaisesRegex(ValueError, "non-empty"):
                pyrer.register_orderer(wrong)

    def test_unknown_names(self):
        with self.assertRaisesRegex(ValueError, "no package orderer registered"):
            lib("nosuch")

    def test_what_an_orderer_can_be(self):
        for wrong in (3, Oldest, ["oldest"], lambda family, versions: versions):
            with self.subTest(wrong), self.assertRaisesRegex(TypeError, "package_orderer must be"):
                lib(wrong)

    def test_the_base_class(self):
        self.assertEqual(PackageOrderer.name, "")
        with self.assertRaises(NotImplementedError):
            PackageOrderer().order("lib", ["1"])


class OrderTests(unittest.TestCase):
    def test_default(self):
        self.assertEqual(lib(None), "10.0")

    def test_an_instance_need_not_be_registered(self):
        self.assertEqual(lib(Oldest()), "1.0")

    def test_what_it_is_asked(self):
        made = Oldest()
        lib(made)
        self.assertEqual(sorted(made.asked), [("app", ["1.0"]), ("lib", ["1.0", "9.0", "10.0"])])

    def test_once_in_each_solve(self):
        made = Oldest()
        for _ in range(2):
            lib(made, ["app", "lib", "tool"])
        self.assertEqual([family for family, _ in made.asked].count("lib"), 2)

    def test_its_earlier_answer_is_not_reused(self):
        answers = ["1.0", "9.0", "10.0"]
        made = orderer(lambda versions: answers)
        self.assertEqual(lib(made), "1.0")
        answers.reverse()
        self.assertEqual(lib(made), "10.0")
        del answers[:2]
        self.assertEqual(lib(made), "1.0")
        answers[0] = "9.0"
        self.assertEqual(lib(made), "9.0")
        answers.append(3)
        self.assertIsNone(pyrer.solve(["app"], PACKAGES, package_orderer=made).resolved or None)

    def test_it_may_change_the_list_that_it_is_given(self):
        def emptied(versions):
            versions.clear()
            return ["9.0"]

        for _ in range(2):
            self.assertEqual(lib(orderer(emptied)), "9.0")

    def test_families_that_are_not_reached(self):
        made = Oldest()
        lib(made, ["lib"])
        self.assertEqual([family for family, _ in made.asked], ["lib"])

    def test_those_left_out_come_last_as_they_were_given(self):
        self.assertEqual(lib(orderer(lambda versions: ["9.0"])), "9.0")
        self.assertEqual(lib(orderer(lambda versions: ["9.0"]), ["app", "!lib-9"]), "1.0")
        self.assertEqual(lib(orderer(lambda versions: [])), "1.0")

    def test_unknown_ones_are_ignored(self):
        self.assertEqual(lib(orderer(lambda versions: ["2.0", "nonsense", "9.0"])), "9.0")

    def test_the_first_of_repeated_ones_counts(self):
        self.assertEqual(lib(orderer(lambda versions: ["9.0", "1.0", "9.0", "1.0"]), ["app", "lib<10"]), "9.0")

    def test_tuples_are_lists(self):
        self.assertEqual(lib(orderer(tuple)), "1.0")

    def test_it_brings_nothing_in_and_decides_nothing(self):
        for request in (["lib-10"], ["lib-1", "lib-9"], ["app", "lib-9+"], ["nosuch"]):
            for made in (Oldest(), orderer(lambda versions: ["1.0"])):
                status = pyrer.solve(request, PACKAGES, package_orderer=made).status
                self.assertEqual(status, pyrer.solve(request, PACKAGES).status)

    def test_variants_do_not_depend_on_it(self):
        self.assertEqual(lib(Oldest(), ["tool"]), lib(None, ["tool"]))
        self.assertEqual(lib(Oldest(), ["tool", "lib"]), lib(None, ["tool", "lib"]))

    def test_by_family(self):
        class Some(Oldest):
            def order(self, family, versions):
                return super().order(family, versions) if family == "lib" else versions[::-1]

        packages = [PackageData("a", "1", ["lib"]), PackageData("a", "2", ["lib"]), *PACKAGES]
        result = pyrer.solve(["a"], packages, package_orderer=Some())
        self.assertEqual([(name, version) for name, version, _ in result.resolved], [("lib", "1.0"), ("a", "2")])

    def test_with_a_loader(self):
        made = Oldest()

        def load_family(name):
            return [package for package in PACKAGES if package.name == name]

        result = pyrer.solve(["app"], load_family=load_family, package_orderer=made)
        self.assertEqual(result.resolved[0], ("lib", "1.0", None))

    def test_asked_again_when_a_loader_gives_other_versions(self):
        packages = {
            "a": [PackageData("a", "2", ["b", "c-2"]), PackageData("a", "1", ["c-1"])],
            "b": [PackageData("b", "1", ["c-3"])],
            "c": [PackageData("c", str(version)) for version in (1, 2, 3)],
        }

        def load_family(name, version_range=None):
            allowed = [each[:1] for each in (version_range or "").split("|")]
            return [each for each in packages[name] if name != "c" or each.version in allowed]

        class Some(Oldest):
            def order(self, family, versions):
                ordered = super().order(family, versions)
                return ordered[::-1] if family == "a" else ordered

        made = Some()
        result = pyrer.solve(["a-2|1"], load_family=load_family, package_orderer=made)
        self.assertEqual(result.resolved, [("c", "1", None), ("a", "1", None)])
        self.assertIn(("c", ["1", "2", "3"]), made.asked)

    def test_a_list_that_it_changes_is_its_own(self):
        def spoil(versions):
            versions.clear()
            versions.append("9.0")
            return versions

        self.assertEqual(lib(orderer(spoil)), "9.0")

    def test_an_orderer_may_solve(self):
        def solve_again(versions):
            self.assertEqual(lib(Oldest()), "1.0")
            return versions

        self.assertEqual(lib(orderer(solve_again)), "1.0")

    def test_unversioned_packages(self):
        self.assertEqual(lib(Oldest(), ["lib"], [PackageData("lib", "")]), "error")
        self.assertEqual(lib(orderer(list), ["lib"], [PackageData("lib", "")]), "")


def _raise(versions):
    raise RuntimeError("no idea")


class FailingTests(unittest.TestCase):
    def test_its_exception_is_reported(self):
        result = pyrer.solve(["app"], PACKAGES, package_orderer=orderer(_raise))
        self.assertEqual((result.status, result.error_kind), ("error", "package_orderer"))
        self.assertIn("no idea", result.failure_description)
        self.assertIn('package_orderer for "app"', result.failure_description)
        self.assertIn("made", result.failure_description)

    def test_a_name_that_is_no_text_is_shown_as_one(self):
        failing = orderer(_raise)
        failing.name = 5
        result = pyrer.solve(["app"], PACKAGES, package_orderer=failing)
        self.assertEqual(result.status, "error")
        self.assertIn("orderer '5'", result.failure_description)

    def test_a_keyboard_interrupt_propagates(self):
        def interrupt(versions):
            raise KeyboardInterrupt

        with self.assertRaises(KeyboardInterrupt):
            lib(orderer(interrupt))


for what, function in {
    "raises": _raise,
    "returns_none": lambda versions: None,
    "returns_a_text": lambda versions: "9.0",
    "returns_bytes": lambda versions: b"9.0",
    "returns_a_number": lambda versions: 3,
    "returns_numbers": lambda versions: [9.0],
    "returns_a_generator": lambda versions: (version for version in versions),
    "returns_a_set": set,
    "returns_none_in_a_list": lambda versions: [*versions, None],
}.items():

    def test(self, function=function):
        for packages in (PACKAGES, [PackageData("app", "1")]):
            result = pyrer.solve(["app"], packages, package_orderer=orderer(function))
            self.assertEqual((result.status, result.resolved), ("error", []))
            self.assertTrue(result.failure_description)

    setattr(FailingTests, f"test_one_that_{what}", test)


if __name__ == "__main__":
    unittest.main()
