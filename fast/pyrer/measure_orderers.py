#!/usr/bin/env python3
"""Measures the cost of orderers. It runs rez's benchmark with known packages, without orderers and with several that
order as rez does by default, alternating.

    python3 fast/pyrer/measure_orderers.py PACKAGES [--every N] [--turns N] [--rez-src DIR]

PACKAGES is rez's ``packages.tar.gz``, unpacked (see ``rez/README.md``). With --rez-src, whole contexts are measured
too, with orderers of a subclass of rez's ``PackageOrder``. Figures are processor milliseconds per solve: the median
turn.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from pathlib import Path
from typing import Any, Callable, Dict, List

HERE = Path(__file__).resolve().parent
ANSWERS = HERE.parents[1] / "data_set" / "rez-benchmark.expected.json"

Solve = Callable[[List[str]], Any]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packages")
    parser.add_argument("--every", type=int, default=4)
    parser.add_argument("--turns", type=int, default=7)
    parser.add_argument("--rez-src", default=os.environ.get("REZ_SRC", ""))
    arguments = parser.parse_args()
    sys.path[:0] = [str(HERE), arguments.rez_src]
    cases = json.loads(ANSWERS.read_text(encoding="utf-8"))[:: arguments.every]
    requests = [case["request"] for case in cases]
    measure("pyrer.Repository.solve", solves(arguments.packages), requests, arguments.turns)
    if arguments.rez_src:
        measure("rez's ResolvedContext", contexts(arguments.packages), requests, arguments.turns)
    return 0


def measure(title: str, ways: Dict[str, Solve], requests: List[List[str]], turns: int) -> None:
    """Prints the time of each variant. The first is the baseline for the others."""
    times: Dict[str, List[float]] = {way: [] for way in ways}
    for turn in range(turns + 1):
        for way, solve in ways.items():
            begun = time.process_time()
            for request in requests:
                solve(request)
            if turn:  # the first turn reads the packages
                times[way].append((time.process_time() - begun) / len(requests) * 1e3)
    print(title)
    base, *_ = medians = [statistics.median(each) for each in times.values()]
    for way, median in zip(ways, medians):
        print(f"  {way:34} {median:6.2f} ms, {median / base:.2f} times")


def solves(packages: str) -> Dict[str, Solve]:
    """The variants that solve without rez."""
    import pyrer

    class Latest(pyrer.PackageOrderer):
        name = "latest"

        def order(self, family: str, versions: List[str]) -> List[str]:
            return versions[::-1]

    repository = pyrer.Repository(paths=[packages])
    split, latest = [{"type": "version_split", "first_version": "999999999"}], Latest()
    return {
        "without": repository.solve,
        "version_split": lambda request: repository.solve(request, package_orderers=split),
        "a pyrer.PackageOrderer": lambda request: repository.solve(request, package_orderers=[latest]),
    }


def contexts(packages: str) -> Dict[str, Solve]:
    """The variants that create contexts."""
    os.environ.update({"REZ_CONFIG_FILE": os.devnull, "REZ_DISABLE_HOME_CONFIG": "1"})
    import pyrer.rez
    from rez.package_order import PackageOrder, PackageOrderList
    from rez.resolved_context import ResolvedContext

    if not pyrer.rez.install():
        sys.exit("pyrer cannot be installed")

    class Own(PackageOrder):
        name = "own"

        def sort_key_implementation(self, package_name: str, version: Any) -> Any:
            return version

        def __str__(self) -> str:
            return "own"

    def with_orderers(*orderers: Any) -> Solve:
        return lambda request: ResolvedContext(
            request,
            package_paths=[packages],
            add_implicit_packages=False,
            package_orderers=PackageOrderList(orderers) if orderers else None,
        )

    return {
        "without": with_orderers(),
        "a PackageOrder for all families": with_orderers(Own()),
        "a PackageOrder for one family": with_orderers(Own(["python"])),
    }


if __name__ == "__main__":
    sys.exit(main())
