#!/usr/bin/env python3
"""Measures ``rez env REQUEST -c true`` with and without pyrer, each command in a process of its own, in turns.

    python3 fast/pyrer/measure_env.py PACKAGES --rez-src DIR [--requests N] [--index DIR]

PACKAGES is rez's ``packages.tar.gz``, unpacked (see ``rez/README.md``). N of its requests that are solved are taken, spread
over all of them. With --index, the folder of an index made by ``rer index update PACKAGES -o DIR``, also with that.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Dict, List, Tuple

HERE = Path(__file__).resolve().parent
ANSWERS = HERE.parents[1] / "data_set" / "rez-benchmark.expected.json"

COMMAND = """
import sys
if sys.argv.pop(1) != "rez":
    import pyrer.rez
    pyrer.rez.install_when_imported()
from rez.cli._main import run
run("env")
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packages")
    parser.add_argument("--rez-src", required=True)
    parser.add_argument("--requests", type=int, default=10)
    parser.add_argument("--index")
    arguments = parser.parse_args()
    solved = [c["request"] for c in json.loads(ANSWERS.read_text(encoding="utf-8")) if c["status"] == "solved"]
    requests = solved[:: len(solved) // arguments.requests][: arguments.requests]
    ways = {"rez": {}, "pyrer": {}}
    if arguments.index:
        ways["index"] = {"RER_INDEX": "published", "RER_INDEX_DIR": arguments.index}
    totals = {way: (0.0, 0.0) for way in ways}
    for number, request in enumerate([requests[0], *requests]):
        for way, more in ways.items():
            took = measure(arguments, request, way, more)
            if number:  # the first is once more, to have all files in memory
                totals[way] = tuple(map(sum, zip(totals[way], took)))  # type: ignore[assignment]
    for way, (clock, processor) in totals.items():
        ratios = totals["rez"][0] / clock, totals["rez"][1] / processor
        print(f"{way:6} {clock:6.1f} s {processor:6.1f} s processor, {ratios[0]:.1f} times, {ratios[1]:.1f} in processor time")
    return 0


def measure(arguments: argparse.Namespace, request: List[str], way: str, more: Dict[str, str]) -> Tuple[float, float]:
    """Seconds, and seconds of the processor."""
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(HERE), arguments.rez_src]),
        "REZ_CONFIG_FILE": os.devnull,
        "REZ_DISABLE_HOME_CONFIG": "1",
        **more,
    }
    command = [sys.executable, "-W", "ignore", "-c", COMMAND, way, *request]
    begun, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [*command, "--paths", arguments.packages, "--no-implicit", "-c", "true"], env=environment, check=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter() - begun, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    sys.exit(main())
