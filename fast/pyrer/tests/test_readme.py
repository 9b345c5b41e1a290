"""The Python examples in the documentation."""

import os
import re
import subprocess
import sys
import tempfile
import textwrap
import unittest
from pathlib import Path
from typing import List

import pyrer

from . import REZ, books, needs_rez


def examples(page: str) -> List[str]:
    """The Python code blocks in a page."""
    text = (books.CLONE / page).read_text(encoding="utf-8")
    return [textwrap.dedent(each) for each in re.findall(r"^ *```python\n(.*?)^ *```", text, re.DOTALL | re.MULTILINE)]


#: Makes a list of requests of stored contexts.
REQUESTS = """\
for rxt in /studio/contexts/*.rxt; do rez-context --print-request "$rxt" | paste -sd " " -; done > requests.txt"""


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


    @needs_rez
    @unittest.skipIf(os.name == "nt", "the page has a line for a Unix shell")
    def test_the_recipes_of_a_rollout(self):
        recipe, log = examples("fast/pyrer/ROLLOUT.md")
        code = "from rez.cli._main import run; run('env')"
        with tempfile.TemporaryDirectory() as directory:
            package = Path(directory, "packages", "a", "1")
            package.mkdir(parents=True)
            (package / "package.py").write_text("name = 'a'\nversion = '1'\n", encoding="utf-8")
            for name, text in (("recipe.py", recipe), ("log.py", log)):
                text = text.replace("/studio/logs", directory)
                Path(directory, name).write_text(text, encoding="utf-8")
            roots = [Path(pyrer.__file__).parents[1], Path(REZ.origin).parents[1]]
            variables = {
                **os.environ,
                "PYTHONPATH": os.pathsep.join(map(str, roots)),
                "REZ_CONFIG_FILE": os.pathsep.join(str(Path(directory, name)) for name in ("recipe.py", "log.py")),
                "REZ_PACKAGES_PATH": str(Path(directory, "packages")),
            }
            context = str(Path(directory, "context.rxt"))
            command = [sys.executable, "-W", "ignore", "-c", code, "a", "~b-1", "-o", context]
            subprocess.run(command, env=variables, cwd=directory, check=True, timeout=60)
            self.assertRegex(Path(directory, "pyrer.log").read_text(encoding="utf-8"), r"\d pyrer: shadowed\n$")
            self.assertIn(REQUESTS, (books.CLONE / "fast/pyrer/ROLLOUT.md").read_text(encoding="utf-8"))
            program = Path(directory, "rez-context")
            program.write_text(f"#!{sys.executable}\n{code.replace('env', 'context')}\n", encoding="utf-8")
            program.chmod(0o755)
            variables["PATH"] = os.pathsep.join([directory, variables["PATH"]])
            command = ["sh", "-c", REQUESTS.replace("/studio/contexts", directory)]
            subprocess.run(command, env=variables, cwd=directory, check=True, timeout=60)
            self.assertEqual(Path(directory, "requests.txt").read_text(encoding="utf-8"), "a ~b-1\n")


if __name__ == "__main__":
    unittest.main()
