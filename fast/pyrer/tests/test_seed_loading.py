"""The Rust port's interface, which existing programs rely on: loading packages on demand."""

import functools
import threading
import unittest

import pyrer
from pyrer import PackageData

PACKAGES = [
    PackageData("app", "1.0", ["lib-2+<3"]),
    PackageData("app", "2.0", ["lib-2+<4"]),
    PackageData("lib", "1.0"),
    PackageData("lib", "2.0", ["base"]),
    PackageData("lib", "3.0", ["base-1"]),
    PackageData("base", "1.0"),
    PackageData("weak", "1.0", ["~base", "!lib-1"]),
]


def family(name, packages=PACKAGES):
    return [package for package in packages if package.name == name]


class Recorder:
    """A loader that records what it was asked."""

    def __init__(self, packages=PACKAGES, exact=False):
        self.packages = packages
        self.asked = []
        self.exact = exact

    def plain(self, name):
        self.asked.append(name)
        return family(name, self.packages)

    def ranged(self, name, version_range=None):
        self.asked.append((name, version_range))
        found = family(name, self.packages)
        if self.exact and version_range:
            # Leave out everything that may be left out.
            required = name + ("" if version_range[0] in "<=" else "-") + version_range

            def fits(package):
                return pyrer.solve([required], [PackageData(name, package.version)]).status == "solved"

            return [package for package in found if fits(package)]
        return found

    def ranges(self):
        return dict(self.asked)


class AskingTests(unittest.TestCase):
    def test_on_demand_and_once(self):
        recorder = Recorder()
        self.assertEqual(pyrer.solve(["app"], load_family=recorder.plain).status, "solved")
        self.assertEqual(sorted(recorder.asked), ["app", "base", "lib"])

    def test_on_the_calling_thread(self):
        threads = set()

        def load_family(name):
            threads.add(threading.get_ident())
            return family(name)

        pyrer.solve(["app"], load_family=load_family)
        self.assertEqual(threads, {threading.get_ident()})

    def test_known_families_are_known_as_a_whole(self):
        recorder = Recorder()
        result = pyrer.solve(["app"], [PackageData("lib", "2.0")], load_family=recorder.plain)
        self.assertEqual((result.status, recorder.asked), ("solved", ["app"]))

    def test_packages_none_asks_for_everything(self):
        recorder = Recorder()
        self.assertEqual(pyrer.solve(["base"], None, load_family=recorder.plain).status, "solved")
        self.assertEqual(recorder.asked, ["base"])

    def test_families_that_no_step_reaches_are_not_asked_for(self):
        recorder = Recorder()
        pyrer.solve(["app-1"], load_family=recorder.plain)
        self.assertNotIn("weak", recorder.asked)

    def test_excluded_and_weak_families_are_not_asked_for(self):
        for request in (["weak"], ["weak", "!base"], ["weak", "~base-1"]):
            recorder = Recorder()
            self.assertEqual(pyrer.solve(request, load_family=recorder.plain).status, "solved")
            self.assertEqual(recorder.asked, ["weak"])

    def test_a_weak_family_is_asked_for_once_it_is_required(self):
        recorder = Recorder()
        result = pyrer.solve(["weak", "lib-3"], load_family=recorder.plain)
        self.assertEqual((result.status, sorted(recorder.asked)), ("solved", ["base", "lib", "weak"]))

    def test_nothing_is_no_such_family(self):
        self.assertIn(pyrer.solve(["app"], load_family=lambda name: []).status, ("failed", "error"))

    def test_tuples_are_lists(self):
        self.assertEqual(pyrer.solve(["app"], load_family=lambda name: tuple(family(name))).status, "solved")

    def test_other_families_in_an_answer_are_dropped(self):
        result = pyrer.solve(["app"], load_family=lambda name: PACKAGES)
        self.assertEqual([name for name, _, _ in result.resolved], ["base", "lib", "app"])

    def test_each_call_asks_anew(self):
        recorder = Recorder()
        for _ in range(3):
            pyrer.solve(["base"], load_family=recorder.plain)
        self.assertEqual(recorder.asked, ["base"] * 3)

    def test_a_loader_may_solve(self):
        def load_family(name):
            self.assertEqual(pyrer.solve(["base"], PACKAGES).status, "solved")
            self.assertEqual(pyrer.solve(["base"], load_family=family).status, "solved")
            return family(name)

        self.assertEqual(pyrer.solve(["app"], load_family=load_family).status, "solved")

    def test_threads(self):
        results = []
        threads = [
            threading.Thread(target=lambda: results.append(pyrer.solve(["app"], load_family=family).resolved))
            for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(results, [results[0]] * 8)


class Failing:
    """Everything that a loader must not do."""

    def raises(self, name):
        raise RuntimeError("disk on fire")

    def returns_none(self, name):
        return None

    def returns_a_generator(self, name):
        return (package for package in family(name))

    def returns_a_text(self, name):
        return "app"

    def returns_a_number(self, name):
        return 3

    def returns_texts(self, name):
        return ["app-1"]

    def returns_a_dict(self, name):
        return {"app": family(name)}

    def returns_a_set(self, name):
        return set(family(name))

    def returns_duplicates(self, name):
        return [PackageData(name, "1"), PackageData(name, "1")]

    def takes_too_much(self, name, other):
        return family(name)


class FailingTests(unittest.TestCase):
    """No exception escapes; it becomes the error of the result."""

    def test_its_exception_is_reported(self):
        result = pyrer.solve(["app"], load_family=Failing().raises)
        self.assertIn("disk on fire", result.failure_description)
        self.assertIn('load_family("app")', result.failure_description)

    def test_an_exception_without_a_text_is_reported(self):
        class Mute(Exception):
            def __str__(self):
                raise RuntimeError("not even a text")

        def load_family(name):
            raise Mute

        result = pyrer.solve(["app"], load_family=load_family)
        self.assertEqual(result.status, "error")
        self.assertIn("Mute", result.failure_description)

    def test_duplicates_are_reported(self):
        result = pyrer.solve(["app"], load_family=Failing().returns_duplicates)
        self.assertIn("duplicate", result.failure_description.lower())

    def test_nothing_is_asked_after_it(self):
        asked = []

        def load_family(name):
            asked.append(name)
            raise RuntimeError("no")

        self.assertEqual(pyrer.solve(["a", "b", "c"], load_family=load_family).status, "error")
        self.assertEqual(asked, ["a"])

    def test_it_wins_over_what_the_solver_says(self):
        def load_family(name):
            if name == "lib":
                raise RuntimeError("no")
            return family(name)

        packages = [PackageData("other", "1", ["lib-9"])]
        self.assertEqual(pyrer.solve(["other", "app"], packages, load_family=load_family).status, "error")

    def test_the_next_solve_is_none_the_worse(self):
        pyrer.solve(["app"], load_family=Failing().raises)
        self.assertEqual(pyrer.solve(["app"], load_family=family).status, "solved")

    def test_a_keyboard_interrupt_propagates(self):
        def load_family(name):
            raise KeyboardInterrupt

        # The Rust port turns this into an error, but a user who presses Ctrl-C wants to stop.
        with self.assertRaises(KeyboardInterrupt):
            pyrer.solve(["app"], load_family=load_family)

    def test_something_other_than_a_function(self):
        with self.assertRaises(TypeError):
            pyrer.solve(["app"], load_family=3)


for method in [name for name in vars(Failing) if not name.startswith("__")]:

    def test(self, method=method):
        result = pyrer.solve(["app"], load_family=getattr(Failing(), method))
        self.assertEqual((result.status, result.resolved), ("error", []))
        self.assertTrue(result.failure_description)

    setattr(FailingTests, f"test_one_that_{method}", test)


class CallableWithRange:
    def __call__(self, name, *, version_range):
        FORMS.append(version_range)
        return family(name)

    def method(self, name, version_range=None):
        FORMS.append(version_range)
        return family(name)


FORMS = []


def with_keywords(name, **arguments):
    FORMS.append(arguments["version_range"])
    return family(name)


def with_another(name, version_range, other=3):
    FORMS.append(version_range)
    return family(name)


def without(name):
    return family(name)


def with_positions(name, *others):
    assert not others
    return family(name)


def with_a_second(name, other=None):
    assert other is None
    return family(name)


class RangeTests(unittest.TestCase):
    def test_who_is_told(self):
        for load_family in (
            with_keywords,
            with_another,
            CallableWithRange(),
            CallableWithRange().method,
            functools.partial(with_another, other=4),
            lambda name, version_range: with_another(name, version_range),
        ):
            FORMS.clear()
            self.assertEqual(pyrer.solve(["lib-2+<3"], load_family=load_family).status, "solved")
            self.assertEqual(FORMS[0], "2+<3")

    def test_who_is_not(self):
        for load_family in (without, with_positions, with_a_second, functools.partial(without)):
            self.assertEqual(pyrer.solve(["lib-2+<3"], load_family=load_family).status, "solved")

    def test_the_ranges_of_a_request(self):
        for request, expected in (
            ("lib-2+<3", "2+<3"),
            ("lib-2", "2"),
            ("lib==3.0", "==3.0"),
            ("lib-1|3", "1|3"),
            ("lib<3", "<3"),
            ("lib", None),
        ):
            with self.subTest(request):
                recorder = Recorder()
                pyrer.solve([request], load_family=recorder.ranged)
                self.assertEqual(recorder.asked[0], ("lib", expected))

    def test_a_request_in_two_parts(self):
        recorder = Recorder()
        pyrer.solve(["lib-2+", "lib<3"], load_family=recorder.ranged)
        self.assertEqual(recorder.asked[0], ("lib", "2+<3"))

    def test_families_that_only_packages_require(self):
        recorder = Recorder()
        pyrer.solve(["app-1"], load_family=recorder.ranged)
        self.assertEqual(recorder.ranges(), {"app": "1", "lib": "2+<3", "base": None})

    def test_what_all_variants_at_hand_allow(self):
        packages = [
            PackageData("a", "1", None, [["b-1"], ["b-3"]]),
            PackageData("a", "2", ["b-5"]),
            *(PackageData("b", str(version)) for version in range(7)),
        ]
        recorder = Recorder(packages)
        pyrer.solve(["a"], load_family=recorder.ranged)
        self.assertEqual(recorder.ranges()["b"], "1|3|5")

    def test_once_for_each_range(self):
        recorder = Recorder()
        pyrer.solve(["app", "lib"], load_family=recorder.ranged)
        self.assertEqual(len(recorder.asked), len(set(recorder.asked)))

    def test_asked_again_when_more_is_needed(self):
        packages = [
            PackageData("a", "1", ["c-1"]),
            PackageData("a", "2", ["b", "c-2"]),
            PackageData("b", "1", ["c-3"]),
            *(PackageData("c", str(version)) for version in (1, 2, 3)),
        ]
        recorder = Recorder(packages, exact=True)
        result = pyrer.solve(["a-2|1"], load_family=recorder.ranged)
        self.assertEqual(result.resolved, pyrer.solve(["a-2|1"], packages).resolved)
        self.assertEqual([range_ for name, range_ in recorder.asked if name == "c"], ["1|2", "1|2|3"])

    def test_asked_for_all_of_it_when_there_is_nothing(self):
        recorder = Recorder(exact=True)
        result = pyrer.solve(["lib-9"], load_family=recorder.ranged)
        self.assertIn(result.status, ("failed", "error"))
        self.assertEqual(recorder.asked, [("lib", "9"), ("lib", None)])

    def test_advice(self):
        """It does not matter if more is returned than was asked for."""
        for request in (["app"], ["app-1", "lib"], ["lib<3", "app"], ["weak", "lib-3"], ["app-2", "lib-2"]):
            whole = pyrer.solve(request, PACKAGES)
            for exact in (False, True):
                with self.subTest(request, exact=exact):
                    asked = pyrer.solve(request, load_family=Recorder(exact=exact).ranged)
                    self.assertEqual((asked.status, asked.resolved), (whole.status, whole.resolved))
                    self.assertEqual(asked.num_iterations, whole.num_iterations)


if __name__ == "__main__":
    unittest.main()
