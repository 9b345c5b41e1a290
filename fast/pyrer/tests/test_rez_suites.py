"""rez's own test suites have the same outcome with the engine as without."""

import subprocess
import sys
import unittest
from pathlib import Path

import pyrer

from . import needs_rez


@needs_rez
class RezSuitesTests(unittest.TestCase):
    def test_rez_suites_end_as_without_pyrer(self):
        script = Path(pyrer.__file__).parents[1] / "run_rez_tests.py"
        done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=600)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        lines = done.stdout.splitlines()
        for suite in ("solver", "context", "packages_order", "package_filter"):
            with self.subTest(suite):
                (line,) = [line for line in lines if line.startswith(suite + " ")]
                # Some may fail without pyrer, too: those of rez 2.112 need a program called python.
                self.assertRegex(line, r"rez: (\{'passed': \d+.*\}), with pyrer: \1$")
        self.assertIn("solves with pyrer: {'solved': ", done.stdout)


if __name__ == "__main__":
    unittest.main()
