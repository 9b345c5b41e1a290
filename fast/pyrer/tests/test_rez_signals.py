"""Inside rez: Ctrl-C and SIGTERM end ``rez env`` during a hard solve."""

import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest

from . import needs_rez
from .contexts import RezTestCase, environment

HOLES = 11

#: Twelve pigeons in eleven holes. No solver that gives rez's answers ends within hours.
PACKAGES = {
    **{f"hole{hole}/{pigeon}": "" for hole in range(HOLES) for pigeon in range(HOLES + 1)},
    **{
        f"pigeon{pigeon}/1": f"variants = {[[f'hole{hole}-{pigeon}'] for hole in range(HOLES)]!r}"
        for pigeon in range(HOLES + 1)
    },
}

CODE = """
import sys
import pyrer.rez
pyrer.rez.install_when_imported()
from rez.resolver import Resolver
solve = Resolver._solve
def told(self):
    print("solving", flush=True)
    return solve(self)
Resolver._solve = told
from rez.cli._main import run
run("env")
"""


@needs_rez
@unittest.skipUnless(os.name == "posix", "signals of this kind are sent on POSIX alone")
class SignalTests(RezTestCase):
    PACKAGES = PACKAGES

    def test_a_hard_solve_ends_at_once(self):
        request = [f"pigeon{pigeon}" for pigeon in range(HOLES + 1)]
        for number in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(number), tempfile.TemporaryDirectory() as directory:
                process = subprocess.Popen(
                    [sys.executable, "-W", "ignore", "-c", CODE, *request, "-c", "true"],
                    env=environment(REZ_PACKAGES_PATH=self.path),
                    cwd=directory,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    text=True,
                    start_new_session=True,  # rez ends its whole process group
                )
                self.addCleanup(process.stdout.close)
                self.addCleanup(process.kill)
                self.assertEqual(process.stdout.readline(), "solving\n")
                time.sleep(0.5)  # well into the solve
                self.assertIsNone(process.poll(), "the solve is not hard enough")
                begun = time.monotonic()
                process.send_signal(number)
                process.wait(timeout=20)
                self.assertNotEqual(process.returncode, 0)
                # rez alone needs 0.1 s. A busy machine gets more time.
                self.assertLess(time.monotonic() - begun, 5)


if __name__ == "__main__":
    unittest.main()
