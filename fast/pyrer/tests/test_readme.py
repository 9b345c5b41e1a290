"""The Python examples in the documentation."""

import os
import re
import subprocess
import sys
import unittest
from pathlib import Path
from typing import List

import pyrer

from . import REZ, books, needs_rez


def examples(page: str) -> List[str]:
    """The Python code blocks in a page."""
    text = (books.CLONE / page).read_text(encoding="utf-8")
    return re.findall(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


class ReadmeTests(unittest.TestCase):
    def assert_prints_what_it_says(self, example: str) -> None:
        """Checks that the output shown after ``print(...)  #`` is what is printed."""
        expected = [line.split("  # ")[1] for line in example.splitlines() if line.startswith("print")]
        roots = [Path(pyrer.__file__).parents[1]] + ([Path(REZ.origin).parents[1]] if REZ else [])
        printed = subprocess.run(
            [sys.executable, "-c", example],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, roots))},
            stdout=subprocess.PIPE,
            check=True,
            text=True,
            timeout=60,
        ).stdout
        self.assertEqual(printed.splitlines(), expected)

    def test_the_example_of_the_front_page(self):
        (example,) = examples("README.md")
        self.assert_prints_what_it_says(example)

    def test_the_examples_of_pyrer(self):
        for example in examples("fast/pyrer/README.md"):
            if "pyrer.rez" not in example:
                with self.subTest(example):
                    self.assert_prints_what_it_says(example)

    @needs_rez
    def test_the_examples_behind_rez(self):
        for example in examples("fast/pyrer/README.md"):
            if "pyrer.rez" in example:
                with self.subTest(example):
                    self.assert_prints_what_it_says(example)


if __name__ == "__main__":
    unittest.main()
