"""Questions that take many solves."""

import tempfile
import threading
import time
import unittest
from pathlib import Path

import pyrer
from pyrer import PackageData, PyrerError, Repository

PACKAGES = [
    PackageData("python", "3.10", timestamp=10),
    PackageData("python", "3.11", timestamp=20),
    PackageData("maya", "2024", ["python-3.10"], timestamp=10),
    PackageData("maya", "2025", ["python-3.11"], timestamp=30),
    PackageData("usd", "1", variants=[["python-3.10"], ["python-3.11"]], timestamp=10),
    PackageData("tool", "1", ["maya-2025", "usd"], timestamp=10),
    PackageData("lost", "1", ["nowhere"], timestamp=10),
]
REQUESTS = [["maya", "usd"], ["maya-2024"], ["tool"]]


class InsightTests(unittest.TestCase):
    def test_audit(self):
        report = pyrer.audit(PACKAGES)
        self.assertEqual((report["families"], report["packages"], report["resolves"]), (5, 7, 7))
        self.assertEqual(
            [(finding["rule"], finding["package"]) for finding in report["findings"]],
            [("does-not-resolve", "lost-1"), ("missing-family", "lost-1")],
        )
        late = pyrer.audit(PACKAGES, timestamp=15, variants=True)
        self.assertIn("tool-1", [finding["package"] for finding in late["findings"]])

    def test_audit_of_a_path_knows_files(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "broken", "1", "package.py")
            file.parent.mkdir(parents=True)
            file.write_text("name = 'broken'\nversion = '1'\nrequires = ['a'\n", encoding="utf-8")
            (finding,) = pyrer.audit(Repository(paths=[folder]))["findings"]
            self.assertEqual((finding["rule"], finding["path"]), ("unreadable", str(file)))

    def test_explain(self):
        report = pyrer.explain(PACKAGES, ["maya-2024", "python-3.11"])
        self.assertEqual((report["status"], report["explained"], report["minimal"]), ("failed", True, True))
        self.assertEqual(
            [(demand["by"], demand["requirement"]) for demand in report["core"]],
            [(None, "maya-2024"), (None, "python-3.11"), ("maya", "python-3.10")],
        )
        for remedy in report["remedies"]:
            self.assertEqual(pyrer.solve(remedy["request"], PACKAGES).status, "solved")
        self.assertTrue(report["remedies"])
        self.assertFalse(pyrer.explain(PACKAGES, ["maya"])["explained"])

    def test_impact_is_what_two_solves_say(self):
        repository = Repository(PACKAGES)
        left = Repository([each for each in PACKAGES if (each.name, each.version) != ("maya", "2025")])
        for change in ({"remove": ["maya-2025"]}, {"after_packages": left}):
            with self.subTest(change):
                report = pyrer.impact(repository, REQUESTS, **change)
                self.assertEqual([each["impact"] for each in report["requests"]], ["changed", "unchanged", "newly-failing"])
                for request, told in zip(REQUESTS, report["requests"]):
                    for side, packages in (("before", repository), ("after", left)):
                        self.assertEqual(told[side]["status"], packages.solve(request).status)
                        self.assertEqual(told[side].get("packages", []), names(packages.solve(request)))
                self.assertEqual(report["failures"][0]["core"][1], {"by": "tool", "requirement": "maya-2025"})

    def test_impact_of_releases(self):
        added = [PackageData("maya", "2026", ["python-3.11"])]
        self.assertEqual(pyrer.impact(PACKAGES, REQUESTS, add=added)["summary"]["changed"], 1)
        self.assertEqual(pyrer.impact(PACKAGES, REQUESTS, before=25)["summary"]["newly-solving"], 1)
        self.assertEqual(pyrer.impact(PACKAGES, REQUESTS, after=25)["summary"]["newly-failing"], 1)
        self.assertEqual(pyrer.impact(PACKAGES, REQUESTS, remove=["usd"], max_fails=1)["summary"]["newly-failing"], 2)

    def test_bisect(self):
        report = pyrer.bisect(PACKAGES, ["maya", "usd"], 15, resolves_to="maya-2024")
        culprit = report["culprit"]
        self.assertEqual((culprit["time"], [each["package"] for each in culprit["releases"]]), (30, ["maya-2025"]))
        self.assertEqual(pyrer.bisect(PACKAGES, ["python"], 15, 25)["culprit"]["time"], 20)

    def test_dependents(self):
        report = pyrer.dependents(PACKAGES, "python-3.11")
        self.assertEqual([each["family"] for each in report["dependents"]], ["maya", "usd", "tool"])
        self.assertEqual(len(pyrer.dependents(PACKAGES, "python-3.11", depth=1)["dependents"]), 2)

    def test_wrong_arguments_are_named(self):
        for error, message, ask in (
            (TypeError, "unknown option 'colour'", lambda: pyrer.audit(PACKAGES, colour="red")),
            (TypeError, "packages must be", lambda: pyrer.audit(42)),
            (TypeError, "package_requests must be", lambda: pyrer.explain(PACKAGES, "maya")),
            (TypeError, "requests must be a list", lambda: pyrer.impact(PACKAGES, "maya", remove=["usd"])),
            (TypeError, "remove must be", lambda: pyrer.impact(PACKAGES, REQUESTS, remove="usd")),
            (TypeError, "good must be seconds", lambda: pyrer.bisect(PACKAGES, ["maya"], "yesterday")),
            (TypeError, "cancellation must be", lambda: pyrer.audit(PACKAGES, cancellation=1)),
            (ValueError, "no change given", lambda: pyrer.impact(PACKAGES, REQUESTS)),
            (ValueError, "there is no package family 'nuke'", lambda: pyrer.impact(PACKAGES, REQUESTS, remove=["nuke-1"])),
            (ValueError, "swapped?", lambda: pyrer.bisect(PACKAGES, ["maya"], 20, 10)),
            (ValueError, "nothing broke", lambda: pyrer.bisect(PACKAGES, ["python-3.10"], 10)),
            (ValueError, "there is no family 'pyhton'", lambda: pyrer.dependents(PACKAGES, "pyhton")),
            (ValueError, "expected 1 or more", lambda: pyrer.dependents(PACKAGES, "python", depth=0)),
            (ValueError, "max_fails", lambda: pyrer.audit(PACKAGES, max_fails="many")),
            (ValueError, "cannot be loaded eagerly", lambda: pyrer.audit(Repository(load_family=lambda name: []))),
        ):
            with self.subTest(message), self.assertRaisesRegex(error, message.replace("?", r"\?")):
                ask()

    def test_cancelled(self):
        cancellation = pyrer.Cancellation()
        cancellation.cancel()
        with self.assertRaisesRegex(PyrerError, "cancelled"):
            pyrer.audit(PACKAGES, cancellation=cancellation)

    def test_the_interpreter_goes_on_meanwhile(self):
        packages = [
            PackageData(f"p{i}", str(v), [f"p{i + 1}-{v}"] if i < 60 else [], timestamp=v) for i in range(61) for v in range(40)
        ]
        repository = Repository(packages)
        ticks = []
        over = threading.Event()

        def tick():
            while not over.wait(0.001):
                ticks.append(time.monotonic())

        thread = threading.Thread(target=tick)
        thread.start()
        try:
            pyrer.audit(repository)
        finally:
            over.set()
            thread.join()
        self.assertGreater(len(ticks), 10)


def names(result):
    """A resolve as reports write it."""
    return [f"{name}-{version}" + ("" if index is None else f"[{index}]") for name, version, index in result.resolved]


if __name__ == "__main__":
    unittest.main()
