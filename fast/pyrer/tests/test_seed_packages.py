"""The Rust port's interface, which existing programs rely on: packages and the contents of the module."""

import types
import unittest

import pyrer
from pyrer import PackageData


class ModuleTests(unittest.TestCase):
    def test_public_names(self):
        for name in (
            "solve",
            "PackageData",
            "ResolvedVariant",
            "SolveResult",
            "parse_static_package_py",
            "parse_static_packages_py",
            "PackageOrderer",
            "register_orderer",
        ):
            with self.subTest(name):
                self.assertIn(name, pyrer.__all__)
                self.assertTrue(hasattr(pyrer, name))

    def test_version(self):
        self.assertIsInstance(pyrer.__version__, str)

    def test_the_module_of_orderers(self):
        import pyrer.orderer

        self.assertIs(pyrer.orderer.PackageOrderer, pyrer.PackageOrderer)
        self.assertIs(pyrer.orderer.register_orderer, pyrer.register_orderer)


class PackageDataTests(unittest.TestCase):
    def test_by_position_and_by_name(self):
        for package in (
            PackageData("a", "1", ["b"], [["c"], ["d"]]),
            PackageData(name="a", version="1", requires=["b"], variants=[["c"], ["d"]]),
            PackageData.from_strings("a", "1", ["b"], [["c"], ["d"]]),
            PackageData.from_strings(name="a", version="1", requires=["b"], variants=[["c"], ["d"]]),
        ):
            self.assertEqual(
                (package.name, package.version, package.requires, package.variants), ("a", "1", ["b"], [["c"], ["d"]])
            )

    def test_none_is_empty(self):
        for package in (PackageData("a", "1"), PackageData("a", "1", None, None), PackageData.from_strings("a", "1")):
            self.assertEqual((package.requires, package.variants), ([], []))

    def test_any_sequence(self):
        package = PackageData("a", "1", ("b", "c"), (("d",), ["e"]))
        self.assertEqual((package.requires, package.variants), (["b", "c"], [["d"], ["e"]]))

    def test_what_is_required(self):
        for arguments in ((), ("a",)):
            for make in (PackageData, PackageData.from_strings):
                with self.subTest(arguments), self.assertRaises(TypeError):
                    make(*arguments)

    def test_nothing_is_parsed(self):
        self.assertEqual(PackageData("", "..", ["???"]).requires, ["???"])

    def test_attributes_can_be_assigned(self):
        package = PackageData("a", "1")
        package.name, package.version, package.requires, package.variants = "b", "2", ("c",), [["d"]]
        self.assertEqual(
            (package.name, package.version, package.requires, package.variants), ("b", "2", ["c"], [["d"]])
        )
        for attribute, value in (
            ("name", 1),
            ("version", None),
            ("requires", "c"),
            ("requires", [1]),
            ("requires", None),
            ("variants", ["c"]),
            ("variants", None),
        ):
            with self.subTest(attribute), self.assertRaises(TypeError):
                setattr(package, attribute, value)
        self.assertEqual(package.name, "b")

    def test_a_list_that_is_read_is_a_copy(self):
        package = PackageData("a", "1", ["b"], [["c"]])
        package.requires.append("x")
        package.variants.append(["x"])
        package.variants[0].append("x")
        self.assertEqual((package.requires, package.variants), (["b"], [["c"]]))

    def test_a_list_that_is_given_is_copied(self):
        requires, variants = ["b"], [["c"]]
        package = PackageData("a", "1", requires, variants)
        requires.append("x")
        variants[0].append("x")
        self.assertEqual((package.requires, package.variants), (["b"], [["c"]]))

    def test_equal_is_the_same(self):
        one, other = PackageData("a", "1"), PackageData("a", "1")
        self.assertNotEqual(one, other)
        self.assertEqual(len({one, other, one}), 2)
        self.assertEqual({one: 1}[one], 1)

    def test_repr(self):
        package = PackageData("maya", "2024.0", ["a"], [["b"], ["c"]])
        self.assertEqual(
            repr(package), "PackageData(name='maya', version='2024.0', requires=1 reqs, variants=2 variants)"
        )
        self.assertTrue(repr(PackageData("it's", "\\")).startswith("PackageData(name='it's', version='\\', "))

    def test_changed_packages_are_solved_as_changed(self):
        packages = [PackageData("a", "1"), PackageData("b", "1")]
        self.assertEqual(len(pyrer.solve(["a"], packages).resolved), 1)
        packages[0].requires = ["b"]
        self.assertEqual(len(pyrer.solve(["a"], packages).resolved), 2)
        packages[1].version = "2"
        self.assertEqual(pyrer.solve(["a"], packages).resolved[0], ("b", "2", None))
        packages.pop()
        self.assertNotEqual(pyrer.solve(["a"], packages).status, "solved")


def _letters():
    yield "b"


for what, arguments in {
    "a number as name": (1, "1"),
    "none as name": (None, "1"),
    "bytes as name": (b"a", "1"),
    "a number as version": ("a", 1.0),
    "none as version": ("a", None),
    "a text as requires": ("a", "1", "python-3"),
    "bytes as requires": ("a", "1", b"python"),
    "a number as requires": ("a", "1", 3),
    "a number in requires": ("a", "1", ["b", 3]),
    "none in requires": ("a", "1", [None]),
    "a generator as requires": ("a", "1", _letters()),
    "a set as requires": ("a", "1", {"b"}),
    "a dict as requires": ("a", "1", {"b": 1}),
    "a text as variants": ("a", "1", [], "python-3"),
    "a text as variant": ("a", "1", [], ["python-3"]),
    "a number as variants": ("a", "1", [], 3),
    "a number as variant": ("a", "1", [], [3]),
    "none as variant": ("a", "1", [], [None]),
    "a number in a variant": ("a", "1", [], [["b", 3]]),
    "a generator as variants": ("a", "1", [], (each for each in [["b"]])),
    "a generator as variant": ("a", "1", [], [_letters()]),
}.items():

    def test(self, arguments=arguments):
        for make in (PackageData, PackageData.from_strings):
            with self.assertRaises(TypeError):
                make(*arguments)

    setattr(PackageDataTests, f"test_wrong_{what.replace(' ', '_')}", test)


class Spy:
    """An object with only the four attributes."""

    def __init__(self, **attributes):
        self.__dict__.update(attributes)
        self.read = []

    def __getattribute__(self, name):
        if not name.startswith("__") and name != "read":
            self.read.append(name)
        return object.__getattribute__(self, name)


class Text:
    """An object with its own text, like rez's versions and requirements."""

    def __init__(self, text):
        self.text = text

    def __str__(self):
        return self.text


class FromRezTests(unittest.TestCase):
    def test_four_attributes(self):
        package = PackageData.from_rez(
            types.SimpleNamespace(name="a", version=Text("1.2"), requires=[Text("b-1")], variants=[[Text("c")], ["d"]])
        )
        self.assertEqual(
            (package.name, package.version, package.requires, package.variants), ("a", "1.2", ["b-1"], [["c"], ["d"]])
        )

    def test_nothing_else_is_read(self):
        spy = Spy(name="a", version="1", requires=None, variants=None)
        PackageData.from_rez(spy)
        self.assertEqual(sorted(set(spy.read)), ["name", "requires", "variants", "version"])

    def test_none_and_any_iterable(self):
        class Unlikely(list):
            def __bool__(self):
                return False

        for requires, variants, expected in (
            (None, None, ([], [])),
            ((Text("b"),), (("c",),), (["b"], [["c"]])),
            ((each for each in ["b"]), (each for each in [["c"], None]), (["b"], [["c"], []])),
            ({"b": 1}, [{"c"}], (["b"], [["c"]])),
            (Unlikely(["b"]), Unlikely([["c"]]), (["b"], [["c"]])),
        ):
            package = PackageData.from_rez(
                types.SimpleNamespace(name="a", version="1", requires=requires, variants=variants)
            )
            self.assertEqual((package.requires, package.variants), expected)

    def test_a_missing_attribute(self):
        whole = dict(name="a", version="1", requires=None, variants=None)
        for missing in whole:
            partial = {name: value for name, value in whole.items() if name != missing}
            with self.subTest(missing), self.assertRaises(AttributeError):
                PackageData.from_rez(types.SimpleNamespace(**partial))

    def test_a_name_that_is_not_text(self):
        with self.assertRaises(TypeError):
            PackageData.from_rez(types.SimpleNamespace(name=Text("a"), version="1", requires=None, variants=None))


if __name__ == "__main__":
    unittest.main()
