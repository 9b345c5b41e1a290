#!/usr/bin/env python3
"""Builds the library if it is older than its sources, runs all tests, and ends with one line:
``N passed, N failed, N skipped``. Exits with 1 if anything failed.

    python3 fast/pyrer/run_tests.py [name of a test, such as tests.test_solve]
"""

from __future__ import annotations

import os
import sys
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> int:
    sys.path.insert(0, str(HERE))
    os.chdir(HERE)
    if not os.environ.get("PYRER_LIBRARY"):
        from build_wheel import build_library

        build_library(only_if_older=True)
    loader = unittest.defaultTestLoader
    names = sys.argv[1:]
    suite = loader.loadTestsFromNames(names) if names else loader.discover("tests", top_level_dir=str(HERE))
    result = unittest.TextTestRunner(verbosity=1).run(suite)
    # Several subtests of one test may fail. Tests are counted, not subtests.
    bad = {getattr(test, "test_case", test).id() for test, _ in result.failures + result.errors}
    failed = len(bad) + len(result.unexpectedSuccesses)
    skipped = len(result.skipped)
    for test, reason in result.skipped:
        print(f"skipped {test.id()}: {reason}")
    print(f"{max(0, result.testsRun - failed - skipped)} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
