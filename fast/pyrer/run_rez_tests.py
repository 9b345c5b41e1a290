#!/usr/bin/env python3
"""Runs rez's own test suites with and without pyrer, compares the outcome of each test, and ends with the counts.

    python3 fast/pyrer/run_rez_tests.py [--rez-src DIR] [SUITE ...]

DIR contains the ``rez`` package of rez's sources, including its tests. A SUITE is a module of ``rez.tests`` without its
``test_``. Each of the two runs gets its own process. rez's tests of the solver use ``rez.solver.Solver`` and not a
resolver. In the run with pyrer, they are given the engine itself. Exits with 1 if the outcome of a test is different
with pyrer, or if no test ran.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import subprocess
import sys
import tempfile
import unittest
from collections import Counter
from pathlib import Path
from typing import Any, Dict, List, Optional

HERE = Path(__file__).resolve().parent

#: The suites of the parts that pyrer replaces, and of the parts that resolve.
SUITES = [
    *("solver", "context", "packages_order", "package_filter"),
    *("build", "commands", "copy_package", "package_cache", "suites", "test", "utils_resolve_graph"),
]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("suites", metavar="SUITE", nargs="*", default=SUITES)
    parser.add_argument("--rez-src", default=os.environ.get("REZ_SRC", ""))
    parser.add_argument("--child", choices=["rez", "pyrer"], help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        print(json.dumps(run(arguments)))
        return 0
    ran = {}
    for child in ("rez", "pyrer"):
        command = [sys.executable, __file__, *sys.argv[1:], "--child", child]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            sys.exit(done.stderr)
        ran[child] = json.loads(done.stdout.splitlines()[-1])
    for suite in arguments.suites:
        counts = {child: dict(Counter(outcomes[suite].values())) for child, (outcomes, _) in ran.items()}
        print(f"{suite:20} rez: {counts['rez']}, with pyrer: {counts['pyrer']}")
    print(f"solves with pyrer: {ran['pyrer'][1]}")
    alone, together = ({k: v for s in outcomes.values() for k, v in s.items()} for outcomes, _ in ran.values())
    different = [test for test in {**alone, **together} if alone.get(test) != together.get(test)]
    for test in different:
        print(f"{test}: {alone.get(test)} with rez, {together.get(test)} with pyrer")
    print(f"{len(alone)} tests, {len(different)} have another outcome with pyrer")
    return 1 if different or not alone else 0


def run(arguments: argparse.Namespace) -> Any:
    """The outcome of each test by suite and id, and pyrer's statistics."""
    os.environ.update({"REZ_DISABLE_HOME_CONFIG": "1", "__REZ_SELFTEST_RUNNING": "1"})
    sys.path[:0] = [str(HERE), arguments.rez_src]
    from rez.cli import selftest

    statistics: Dict[str, int] = {}
    with tempfile.TemporaryDirectory() as repository:
        if hasattr(selftest, "create_python_package"):  # from rez 3.0 on
            selftest.create_python_package(repository)
        os.environ["__REZ_SELFTEST_PYTHON_REPO"] = repository
        if arguments.child == "pyrer":
            import pyrer.rez

            if not pyrer.rez.install():
                sys.exit("pyrer cannot be installed")
            tests = importlib.import_module("rez.tests.test_solver")
            tests.Solver = engine_or(tests.Solver)
        suites = {suite: outcomes_of(suite) for suite in arguments.suites}
        if arguments.child == "pyrer":
            statistics = pyrer.rez.statistics()
    return suites, statistics


def outcomes_of(suite: str) -> Dict[str, str]:
    """Runs a suite."""
    tests = unittest.defaultTestLoader.loadTestsFromName(f"rez.tests.test_{suite}")
    result = Outcomes()
    tests.run(result)
    return result.outcomes


class Outcomes(unittest.TestResult):
    """Records how each test ended."""

    def __init__(self) -> None:
        super().__init__()
        self.outcomes: Dict[str, str] = {}

    def addSuccess(self, test: Any) -> None:
        self.outcomes.setdefault(test.id(), "passed")

    def addSkip(self, test: Any, reason: str) -> None:
        self.outcomes[test.id()] = "skipped"

    def addFailure(self, test: Any, error: Any) -> None:
        self.outcomes[test.id()] = "failed"

    def addError(self, test: Any, error: Any) -> None:
        self.outcomes[test.id()] = "failed"

    def addSubTest(self, test: Any, subtest: Any, error: Any) -> None:
        if error is not None:
            self.outcomes[test.id()] = "failed"


def engine_or(rez_solver: Any) -> Any:
    """Uses the engine for requests that a context can make, and rez's solver for the rest. rez's tests also request
    ``!.foo``, which a ``PackageRequest`` rejects."""
    from rez.exceptions import PackageRequestError
    from rez.utils.formatting import PackageRequest

    def make(requests: List[Any], *arguments: Any, **options: Any) -> Any:
        try:
            list(map(PackageRequest, map(str, requests)))
        except PackageRequestError:
            return rez_solver(requests, *arguments, **options)
        return EngineInTests(requests, *arguments, **options)

    return make


class EngineInTests:
    """The engine with the parts of ``rez.solver.Solver`` that rez's tests use."""

    def __init__(self, requests: List[Any], paths: List[str], optimised: bool = True, verbosity: int = 0) -> None:
        from pyrer.rez._sources import RezRepository

        self._repository = RezRepository(paths, {"level": "off"})
        self._requests, self._optimised = [str(request) for request in requests], optimised
        self._result: Any = None
        self.resolved_packages: Optional[List[str]] = None
        self.resolved_ephemerals: Optional[List[str]] = None

    def solve(self) -> None:
        from pyrer.rez._install import count
        from pyrer.rez._solving import missing_variant_requires_are_errors, raise_error
        from rez.config import config

        self._result = self._repository.solve(
            self._requests,
            optimised=self._optimised,
            variant_select_mode=config.variant_select_mode,
            error_on_missing_variant_requires=missing_variant_requires_are_errors(),
        )
        count("solved")
        raise_error(self._result)
        if self._result.status == "solved":
            self.resolved_ephemerals = self._result.resolved_ephemerals
            self.resolved_packages = [
                f"{name}{'-' if version else ''}{version}[{'' if index is None else index}]"
                for name, version, index in self._result.resolved
            ]

    @property
    def status(self) -> Any:
        from rez.solver import SolverStatus

        return SolverStatus[self._result.status]

    def failure_reason(self) -> Any:
        from rez.solver import Cycle

        failure = self._result.failure()
        return Cycle([failure.description]) if failure.kind == "Cycle" else failure


if __name__ == "__main__":
    sys.exit(main())
