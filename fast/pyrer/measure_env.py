#!/usr/bin/env python3
"""Measures ``rez env REQUEST -c true`` with and without pyrer. Each command runs in its own process, alternating.

    python3 fast/pyrer/measure_env.py PACKAGES --rez-src DIR [--requests N] [--index DIR] [--shares]

PACKAGES is rez's ``packages.tar.gz``, unpacked (see ``rez/README.md``). N of its solvable requests are measured, spread
evenly over all of them. With --index DIR, commands are also measured with an index. DIR is made by ``rer index update
PACKAGES -o DIR``. With --shares, the script also reports how the time of a command is spent (wall-clock time). Python
keeps the compiled modules of rez and pyrer in a temporary folder, as it does for installed packages.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Dict, List, Tuple

HERE = Path(__file__).resolve().parent
ANSWERS = HERE.parents[1] / "data_set" / "rez-benchmark.expected.json"

SHARES = ("imports", "context", "shell code", "shell", "exit")

COMMAND = """
import os, sys
if sys.argv.pop(1) != "rez":
    import pyrer.rez
    pyrer.rez.install_when_imported()
from rez.cli._main import run
if "MEASURE_SHARES" in os.environ:
    import subprocess, time
    from rez.resolved_context import ResolvedContext

    def mark(owner, name, begin, end):
        called = getattr(owner, name)
        def call(*arguments, **named):
            marks.setdefault(begin, time.time())
            result = called(*arguments, **named)
            marks[end] = time.time()
            with open(os.environ["MEASURE_SHARES"], "w") as file:
                file.write(repr(marks))
            return result
        setattr(owner, name, call)

    marks = {}
    mark(ResolvedContext, "__init__", "context", "shell code")
    mark(subprocess.Popen, "__init__", "", "shell")
    for waiting in ("communicate", "wait"):
        mark(subprocess.Popen, waiting, "", "exit")
run("env")
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packages")
    parser.add_argument("--rez-src", required=True)
    parser.add_argument("--requests", type=int, default=10)
    parser.add_argument("--index")
    parser.add_argument("--shares", action="store_true")
    arguments = parser.parse_args()
    solved = [c["request"] for c in json.loads(ANSWERS.read_text(encoding="utf-8")) if c["status"] == "solved"]
    requests = solved[:: len(solved) // arguments.requests][: arguments.requests]
    ways = {"rez": {}, "pyrer": {}}
    if arguments.index:
        ways["index"] = {"RER_INDEX": "published", "RER_INDEX_DIR": arguments.index}
    with tempfile.TemporaryDirectory() as compiled:
        os.environ["PYTHONPYCACHEPREFIX"] = compiled
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        compare(arguments, requests, ways)
    return 0


def compare(arguments: argparse.Namespace, requests: List[List[str]], ways: Dict[str, Dict[str, str]]) -> None:
    """Measures the ways in turns and prints the results."""
    totals = {way: (0.0, 0.0) for way in ways}
    for number, request in enumerate([requests[0], *requests]):
        for way, more in ways.items():
            took = measure(arguments, request, way, more)
            if number:  # the first run is a warm-up, which reads all files into memory
                totals[way] = tuple(map(sum, zip(totals[way], took)))  # type: ignore[assignment]
    for way, (clock, processor) in totals.items():
        ratios = totals["rez"][0] / clock, totals["rez"][1] / processor
        print(f"{way:6} {clock:6.1f} s {processor:6.1f} s processor, {ratios[0]:.1f} times, {ratios[1]:.1f} in processor time")
    if arguments.shares:
        for way, more in ways.items():
            took = [shares(arguments, request, way, more) for request in requests]
            means = {share: sum(each[share] for each in took) / len(took) for share in SHARES}
            print(f"{way:6} " + ", ".join(f"{share} {mean * 1e3:.0f} ms" for share, mean in means.items()))


def shares(arguments: argparse.Namespace, request: List[str], way: str, more: Dict[str, str]) -> Dict[str, float]:
    """The seconds that each part of a command takes."""
    with tempfile.TemporaryDirectory() as directory:
        file = Path(directory, "marks")
        begun = time.time()
        measure(arguments, request, way, {**more, "MEASURE_SHARES": str(file)})
        ended = time.time()
        marks = ast.literal_eval(file.read_text())
    begins = [begun, *(marks[share] for share in SHARES[1:]), ended]
    return {share: end - begin for share, begin, end in zip(SHARES, begins, begins[1:])}


def measure(arguments: argparse.Namespace, request: List[str], way: str, more: Dict[str, str]) -> Tuple[float, float]:
    """Wall-clock seconds and processor seconds."""
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
