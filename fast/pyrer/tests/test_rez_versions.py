"""The tests inside rez, in every available version of rez.

REZ_CHECKOUTS names a folder of rez checkouts, such as git worktrees of its tags. Each checkout gets a Python that it
supports: the newest one in which its plugins can be loaded, out of those on the path, in pyenv and in PYRER_PYTHONS
(separated as in PATH).
"""

import os
import re
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

import pyrer

FOLDER = os.environ.get("REZ_CHECKOUTS", "")
ROOT = Path(pyrer.__file__).parents[1]
TESTS = (
    *("test_rez", "test_rez_callbacks", "test_rez_exotic", "test_rez_generated", "test_rez_living", "test_rez_orderers"),
    "test_record_book",
)

USABLE = (
    "import sys; assert sys.version_info >= (3, 9);"
    "from rez.package_repository import package_repository_manager as m;"
    "m.get_repository('/'); import rez; print(rez.__version__)"
)


def checkouts():
    """The folders that contain a ``rez`` package, by the names of the checkouts."""
    found = {}
    for path in sorted(Path(FOLDER).iterdir() if FOLDER else []):
        for source in (path / "src", path):
            if (source / "rez" / "__init__.py").is_file():
                found[path.name] = source
                break
    return found


def pythons():
    """Every available Python, newest first."""
    names = [f"python3.{minor}" for minor in range(14, 8, -1)]
    found = [shutil.which(name) for name in names]
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv", "versions")
    if pyenv.is_dir():
        found += [str(path) for path in pyenv.glob("3.*/bin/python") if re.match(r"3\.\d+", path.parts[-3])]
    found += [each for each in os.environ.get("PYRER_PYTHONS", "").split(os.pathsep) if each]
    usable = {each: minor(each) for each in [sys.executable, *found] if each}
    return sorted(usable, key=lambda each: usable[each], reverse=True)


def minor(python):
    """The minor version of a Python; 0 if it does not run."""
    try:
        return int(
            subprocess.run(
                [python, "-c", "import sys; print(sys.version_info[1])"], capture_output=True, text=True, timeout=30
            ).stdout
            or 0
        )
    except OSError:
        return 0


def environment(source):
    """The environment of a process that can import this rez and pyrer."""
    return {
        **{name: value for name, value in os.environ.items() if name != "REZ_CHECKOUTS"},
        "PYTHONPATH": os.pathsep.join([str(source), str(ROOT)]),
        "PYTHONWARNINGS": "ignore",
        "REZ_SRC": str(source),
        "REZ_CONFIG_FILE": os.devnull,
        "REZ_DISABLE_HOME_CONFIG": "1",
    }


def run(python, source, *arguments):
    """Runs a Python in which rez and pyrer can be imported."""
    return subprocess.run(
        [python, *arguments], cwd=ROOT, env=environment(source), capture_output=True, text=True, timeout=1800
    )


@unittest.skipUnless(FOLDER, "name a folder of rez checkouts in REZ_CHECKOUTS")
class RezVersionsTests(unittest.TestCase):
    def test_every_rez(self):
        found = checkouts()
        self.assertTrue(found, f"{FOLDER} holds no checkout of rez")
        candidates = pythons()
        for name, source in found.items():
            with self.subTest(name):
                python = next((each for each in candidates if run(each, source, "-c", USABLE).returncode == 0), None)
                self.assertIsNotNone(python, f"no installed Python runs rez {name}")
                done = run(python, source, "-m", "unittest", *(f"tests.{test}" for test in TESTS))
                print(f"rez {name} on 3.{minor(python)}: {done.stderr.strip().splitlines()[-1]}", flush=True)
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
                suites = run(python, source, "run_rez_tests.py")
                print(f"rez {name}: {(suites.stdout.strip() or suites.stderr).splitlines()[-1]}", flush=True)
                self.assertEqual(suites.returncode, 0, suites.stdout + suites.stderr)


if __name__ == "__main__":
    unittest.main()
