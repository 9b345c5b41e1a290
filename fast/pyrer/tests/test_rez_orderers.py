"""A studio's own orderers inside rez: the engine calls them, and gives the same answers as rez's solver."""

import os
import random
import tempfile
import unittest
from pathlib import Path

import pyrer

from . import needs_rez
from .contexts import rez_version

FAMILIES = ("app", "lib", "core", "tool")
CASES = int(os.environ.get("PYRER_TEST_ORDERERS", "60"))


def write_repository(root: Path, rng: random.Random) -> None:
    """Packages whose variants require several versions of several families."""
    versions = {family: rng.sample(["1.0", "1.5", "2.0", "2.1", "3.0", "10.0"], rng.randint(1, 5)) for family in FAMILIES}
    for place, family in enumerate(FAMILIES):
        later = FAMILIES[place + 1 :]

        def need() -> str:
            other = rng.choice(later)
            version = rng.choice(versions[other])
            return rng.choice([other, f"{other}-{version[0]}", f"{other}=={version}", f"{other}-{version}+"])

        for version in versions[family]:
            text = f"name = {family!r}\nversion = {version!r}\n"
            if later and rng.random() < 0.4:
                text += f"requires = {[need()]!r}\n"
            if later and rng.random() < 0.6:
                variants = [[need() for _ in range(rng.randint(1, 2))] for _ in range(rng.randint(2, 4))]
                text += f"variants = {variants!r}\n"
            directory = root / family / version
            directory.mkdir(parents=True)
            (directory / "package.py").write_text(text)


def orderers(rng: random.Random):
    """A list of orderers, at least one of them of a custom class."""
    from rez.package_order import PackageOrder, PerFamilyOrder, SortedOrder, VersionSplitPackageOrder
    from rez.version import Version

    class Own(PackageOrder):
        name = "own"

        def __init__(self, packages=None):
            super().__init__(packages)
            self.kind = rng.choice(["backwards", "some", "shuffled", "number"])
            self.some = rng.sample(["1.0", "1.5", "2.0", "2.1", "3.0", "10.0"], 2)

        def sort_key_implementation(self, package_name, version):
            text = str(version)
            # No two versions may have the same key. rez leaves such versions as they are listed, in an order that
            # depends on a hash seed.
            if self.kind == "backwards":
                return text[::-1]
            if self.kind == "some":
                return text in self.some, version
            if self.kind == "number":
                return -len(text), version
            return sum(map(ord, package_name + text)) % 7, version

        def __str__(self):
            return self.kind

    def families():
        return rng.choice([None, rng.sample(FAMILIES, 2), [rng.choice(FAMILIES)]])

    def other():
        return rng.choice(
            [
                lambda: SortedOrder(False, families()),
                lambda: SortedOrder(True, families()),
                lambda: VersionSplitPackageOrder(Version("2.0"), families()),
                lambda: PerFamilyOrder({rng.choice(FAMILIES): Own()}, SortedOrder(True)),
            ]
        )()

    made = [Own(families())] + [other() for _ in range(rng.randint(0, 2))]
    rng.shuffle(made)
    return made


@needs_rez
class OrdererTests(unittest.TestCase):
    def setUp(self):
        if rez_version() < (3, 1):
            self.skipTest("rez older than 3.1 applies orderers in its own way: they are handed back")

    def test_resolves_are_those_of_rez(self):
        from rez.package_order import PackageOrderList
        from rez.solver import Solver
        from rez.version import Requirement

        from pyrer.rez._orderers import as_asked

        rng = random.Random(18)
        different, left, changed = [], [], 0
        for case in range(CASES):
            with tempfile.TemporaryDirectory() as root:
                write_repository(Path(root), rng)
                request = rng.sample(FAMILIES, rng.randint(1, 2))
                given = orderers(rng)
                solver = Solver([Requirement(each) for each in request], [root], package_orderers=PackageOrderList(given))
                try:
                    solver.solve()
                except Exception:
                    continue
                repository = pyrer.Repository(paths=[root])
                # The second solve assumes the answers of the first, and the third those of the second.
                repository.solve(request, package_orderers=as_asked(orderers(rng)))
                theirs = [
                    (each.name, str(each.version), each.index) for each in solver.resolved_packages or ()
                ]
                for _ in range(2):
                    ours = repository.solve(request, package_orderers=as_asked(given))
                    if ours.error_kind == "package_orderer":
                        left.append(ours.failure_description)  # must be handed back
                        break
                    if (ours.status, ours.resolved) != (solver.status.name, theirs):
                        different.append((case, request, [repr(each) for each in given], ours.resolved, theirs))
                changed += repository.solve(request).resolved != theirs
        self.assertEqual(different, [])
        self.assertLess(len(left), CASES // 5, left)
        self.assertGreater(changed, CASES // 10, "the orderers decided nothing")

    def test_one_that_changes_its_mind(self):
        from rez.package_order import PackageOrder

        from pyrer.rez._orderers import as_asked

        class Moody(PackageOrder):
            name = "moody"
            wanted = "1"

            def sort_key_implementation(self, package_name, version):
                return str(version) == self.wanted, version

            def __str__(self):
                return "moody"

        moody = Moody()
        repository = pyrer.Repository([pyrer.PackageData("a", version) for version in "123"])
        for moody.wanted in ("1", "2", "2", "3", "1"):
            result = repository.solve(["a"], package_orderers=as_asked([moody]))
            self.assertEqual(result.resolved, [("a", moody.wanted, None)])

    def test_it_is_asked_the_same_in_each_solve(self):
        from rez.package_order import PackageOrder

        from pyrer.rez._orderers import as_asked

        asked = []

        class Curious(PackageOrder):
            name = "curious"

            def sort_key_implementation(self, package_name, version):
                asked.append((package_name, str(version)))
                return version

            def __str__(self):
                return "curious"

        repository = pyrer.Repository(
            [
                *(pyrer.PackageData("a", version, ["b"]) for version in "123"),
                *(pyrer.PackageData("b", version, [], [["c-1"], ["c-2"]]) for version in "12"),
                *(pyrer.PackageData("c", version) for version in "12"),
            ]
        )
        asked_in_turn = []
        for _ in range(3):
            self.assertEqual(repository.solve(["a"], package_orderers=as_asked([Curious()])).status, "solved")
            # The first time, a key of each version is needed to sort.
            asked_in_turn.append(sorted(set(asked)))
            asked.clear()
        self.assertEqual(asked_in_turn, [asked_in_turn[0]] * 3)
        self.assertEqual({family for family, _ in asked_in_turn[0]}, {"a", "b", "c"})

    def test_one_that_fails(self):
        from rez.package_order import PackageOrder

        from pyrer.rez._orderers import as_asked

        class Broken(PackageOrder):
            name = "broken"

            def sort_key_implementation(self, package_name, version):
                raise RuntimeError("no idea")

            def __str__(self):
                return "broken"

        packages = [pyrer.PackageData("a", "1"), pyrer.PackageData("a", "2")]
        result = pyrer.Repository(packages).solve(["a"], package_orderers=as_asked([Broken()]))
        self.assertEqual((result.status, result.error_kind), ("error", "package_orderer"))
        self.assertIn("no idea", result.failure_description)
        self.assertIn("Broken", result.failure_description)


if __name__ == "__main__":
    unittest.main()
