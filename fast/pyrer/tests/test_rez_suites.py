"""rez's own test suites end with the engine as they do without."""

import importlib.util
import os
import subprocess
import sys
import unittest
from pathlib import Path

import pyrer

if os.environ.get("REZ_SRC"):
    sys.path.insert(0, os.environ["REZ_SRC"])


def suites_are_here() -> bool:
    return importlib.util.find_spec("rez") is not None and importlib.util.find_spec("rez.tests") is not None


@unittest.skipUnless(suites_are_here(), "rez with its tests cannot be imported; name the folder that holds it in REZ_SRC")
class RezSuitesTests(unittest.TestCase):
    def test_rez_suites_end_as_without_pyrer(self):
        script = Path(pyrer.__file__).parents[1] / "run_rez_tests.py"
        done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=600)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        lines = done.stdout.splitlines()
        for suite in ("solver", "context", "packages_order", "package_filter"):
            with self.subTest(suite):
                (line,) = [line for line in lines if line.startswith(suite + " ")]
                self.assertRegex(line, r"rez: \{'passed': (\d+)\}, with pyrer: \{'passed': \1\}$")
        self.assertIn("solves with pyrer: {'solved': ", done.stdout)


if __name__ == "__main__":
    unittest.main()
