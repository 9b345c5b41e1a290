"""``rez/record_book.py`` records with any rez, whether its folder is named before or after the command."""

import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import pyrer

from . import books, needs_rez
from .contexts import RezTestCase

SCRIPT = books.CLONE / "rez" / "record_book.py"
PACKAGES = {
    "app/1": "requires = ['lib-1+']",
    "lib/1": "variants = [['base-1'], ['base-2']]\ntimestamp = 100",
    "lib/2": "requires = ['base-1']",
    "base/1": "",
    "base/2": "",
}


@needs_rez
class RecordBookTests(RezTestCase):
    PACKAGES = PACKAGES

    def record(self, *arguments):
        """Runs the script in a Python that cannot find rez by itself."""
        variables = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "REZ_SRC")}
        command = [sys.executable, str(SCRIPT), *arguments]
        return subprocess.run(command, env=variables, capture_output=True, text=True, timeout=120)

    def test_a_book_is_recorded_and_recorded_again(self):
        import rez

        source = ["--rez-src", str(Path(rez.__file__).parents[1])]
        with tempfile.TemporaryDirectory() as directory:
            book, requests = os.path.join(directory, "book.json"), os.path.join(directory, "requests.txt")
            Path(requests).write_text("app  # a comment\napp base-2\nlib-2 base-2\nnosuch\n", encoding="utf-8")
            new = ["new", book, "--requests", requests, "--paths", self.path, "--no-implicit"]
            recorded = []
            for command in ([*new, *source], [*source, *new], ["again", book, *source], [*source, "again", book]):
                with self.subTest(command):
                    done = self.record(*command)
                    self.assertEqual(done.returncode, 0, done.stderr)
                    recorded.append(json.loads(Path(book).read_text(encoding="utf-8")))
                    for case in recorded[-1][0]["cases"]:
                        case.pop("message", None)  # contains the searched places
            self.assertEqual(recorded, recorded[:1] * 4)
            (read,) = recorded[0]
            self.assertEqual([case["status"] for case in read["cases"]], ["solved", "solved", "failed", "error"])
            repository = pyrer.Repository(books.packages_of(read))
            for case in read["cases"]:
                result = repository.solve(case["request"], **case["options"])
                self.assertEqual(books.differences(case, result, read), [])

    def test_without_rez_the_remedy_is_named(self):
        done = self.record("again", "nothing.json")
        if done.returncode and "cannot be imported" in done.stderr:
            self.assertIn("--rez-src", done.stderr)
        else:
            self.skipTest("this Python finds rez by itself")


if __name__ == "__main__":
    unittest.main()
