#!/usr/bin/env python3
"""Compares the speed of this checkout with that of another, on this machine, in one run.

    python3 tests/compare_bench.py OTHER-CHECKOUT [--workload rez] [--at-most 1.1]

Builds ``rer`` in both and alternates between them on the workload, so that other load on the machine affects both. For
each, the sum of every request's best time is compared, taken from its best turn. Exits with 1 if this checkout takes
more than ``--at-most`` times as long as the other.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("other", type=Path)
    parser.add_argument("--workload", default="studio", help="as for `rer bench`")
    parser.add_argument("--at-most", type=float, default=1.1)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--passes", type=int, default=60, help="in each turn")
    arguments = parser.parse_args()
    checkouts = {"this": HERE, "other": arguments.other.resolve()}
    for checkout in checkouts.values():
        subprocess.run(["dotnet", "build", "fast/Rer.Cli", "-c", "Release", "-v", "quiet"], cwd=checkout, check=True)

    best = {name: float("inf") for name in checkouts}
    version = {}
    for turn in range(arguments.turns):
        for name, checkout in checkouts.items():
            report = bench(checkout, arguments.workload, arguments.passes)
            best[name] = min(best[name], report["engines"][0]["best_total_ms"])
            version[name] = report.get("version", "unknown")
            print(f"turn {turn + 1}, {name}: {report['engines'][0]['best_total_ms']:.2f} ms", flush=True)
    ratio = best["this"] / best["other"]
    print(f"this  {version['this']}: {best['this']:.2f} ms\nother {version['other']}: {best['other']:.2f} ms")
    print(f"this takes {ratio:.3f} times as long; at most {arguments.at_most} is allowed")
    return 0 if ratio <= arguments.at_most else 1


def bench(checkout: Path, workload: str, passes: int) -> dict:
    """The report of a checkout's ``rer bench``."""
    command = ["dotnet", "run", "--no-build", "--project", "fast/Rer.Cli", "-c", "Release", "--", "bench"]
    command += ["--workload", workload, "--engine", "fast", "--passes", str(passes), "--json"]
    return json.loads(subprocess.run(command, cwd=checkout, check=True, stdout=subprocess.PIPE).stdout)


if __name__ == "__main__":
    sys.exit(main())
