#!/usr/bin/env python3
"""Measures ``ResolvedContext(...)`` over rez's benchmark with and without pyrer, in one run, and compares the answers.

    python3 fast/pyrer/measure_rez.py PACKAGES [--every N] [--rez-src DIR]

PACKAGES is rez's ``packages.tar.gz``, unpacked (see ``rez/README.md``). rez alone takes minutes for all 188 requests.
``--every 9`` takes every ninth. Each of the two gets its own process, without other caches. In the first pass, *cold*,
nothing is known about the packages. In the second, they are *known*. On a busy machine, processor time is more reliable
than wall-clock time.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Dict

HERE = Path(__file__).resolve().parent
ANSWERS = HERE.parents[1] / "data_set" / "rez-benchmark.expected.json"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packages")
    parser.add_argument("--every", type=int, default=9)
    parser.add_argument("--rez-src", default=os.environ.get("REZ_SRC", ""))
    parser.add_argument("--child", choices=["rez", "pyrer"], help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        print(json.dumps(measure(arguments)))
        return 0
    outcomes: Dict[str, Any] = {}
    for child in ("rez", "pyrer"):
        command = [sys.executable, __file__, *sys.argv[1:], "--child", child]
        outcomes[child] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.splitlines()[-1])
        for name, (seconds, cpu, different) in outcomes[child].items():
            print(f"{child:6} {name:6} {seconds:8.2f} s {cpu:8.2f} s processor, {different} answers differ", flush=True)
    for name in ("cold", "known"):
        ratios = [outcomes["rez"][name][i] / outcomes["pyrer"][name][i] for i in (0, 1)]
        print(f"{name:6} {ratios[0]:.1f} times faster, {ratios[1]:.1f} times in processor time")
    return 0


def measure(arguments: argparse.Namespace) -> Dict[str, Any]:
    """Wall-clock seconds, processor seconds, and wrong answers of both passes."""
    os.environ.update({"REZ_CONFIG_FILE": os.devnull, "REZ_DISABLE_HOME_CONFIG": "1"})
    sys.path[:0] = [str(HERE), arguments.rez_src]
    from rez.resolved_context import ResolvedContext

    if arguments.child == "pyrer":
        import pyrer.rez

        if not pyrer.rez.install():
            sys.exit("pyrer cannot be installed")
    cases = json.loads(ANSWERS.read_text(encoding="utf-8"))[:: arguments.every]
    passes = {}
    for name in ("cold", "known"):
        begun, cpu = time.perf_counter(), time.process_time()
        contexts = [
            ResolvedContext(case["request"], package_paths=[arguments.packages], add_implicit_packages=False)
            for case in cases
        ]
        passes[name] = [
            time.perf_counter() - begun,
            time.process_time() - cpu,
            sum(map(differs, contexts, cases)),
        ]
    return passes


def differs(context: Any, case: Dict[str, Any]) -> bool:
    """Whether a context differs from the recorded answer."""
    resolved = [[v.name, str(v.version), v.index] for v in context.resolved_packages or ()]
    expected = (case["status"], case.get("resolved", []), case.get("description"))
    return (context.status.name, resolved, context.failure_description) != expected


if __name__ == "__main__":
    sys.exit(main())
