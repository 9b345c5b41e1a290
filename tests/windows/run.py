#!/usr/bin/env python3
"""Tests the command for Windows under Wine, by comparing its answers with those of this system's command.

    python3 tests/windows/run.py

Ends with ``N passed, N failed, N skipped``. Without Wine (``apt-get install wine wine64``) there is one skip.

The command is compiled just in time, because executables for Windows cannot be compiled ahead of time on another
system. It runs without dynamic methods: Wine's runtime crashes when it collects them ("Internal CLR error" in
DestroyScout.Finalize), which is a fault of Wine and not of Rer. A crash of that kind is recognised and tried again.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections import Counter
from pathlib import Path
from typing import Callable, List, Optional, Sequence

CLONE = Path(__file__).resolve().parents[2]
PUBLISHED = CLONE / "artifacts" / "windows" / "publish" / "Rer.Cli" / "release_win-x64" / "Rer.Cli.exe"
HERE = CLONE / "fast" / "Rer.Cli" / "bin" / "Release" / "net10.0" / "Rer.Cli.dll"
WINE = shutil.which("wine64") or next((p for p in ["/usr/lib/wine/wine64"] if os.path.exists(p)), None)
WINES_FAULT = "Internal CLR error"


class Wine:
    """A folder that Windows programs see as Z:\\..., with the command in it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("REZ_", "RER_", "DOTNET_"))
        }
        self.environment.update(WINEPREFIX=str(home / "prefix"), WINEDEBUG="-all", RER_CACHE_DIR="")
        self.run([str(WINE), "wineboot", "-i"], home)
        # \\server\share is this folder.
        share = home / "prefix" / "dosdevices" / "unc" / "server"
        share.mkdir(parents=True)
        (share / "share").symlink_to(home)

    def run(self, command: Sequence[str], folder: Path, **variables: str) -> "subprocess.CompletedProcess[bytes]":
        return subprocess.run(
            command, cwd=folder, env={**self.environment, **variables}, capture_output=True, timeout=300,
            stdin=subprocess.DEVNULL,
        )

    def rer(self, *arguments: str, folder: Optional[Path] = None, **variables: str) -> "Answer":
        for _ in range(3):
            done = self.run([str(WINE), str(PUBLISHED), *arguments], folder or self.home, **variables)
            if WINES_FAULT.encode() not in done.stderr:
                break
        return Answer(done)

    def path(self, path: Path) -> str:
        """A path as Windows writes it."""
        return "Z:" + str(path).replace("/", "\\")


class Skipped(Exception):
    """A test that cannot be run here, and the reason."""


class Answer:
    """The output of a command. It is always UTF-8, regardless of the console's code page."""

    def __init__(self, done: "subprocess.CompletedProcess[bytes]") -> None:
        self.code = done.returncode
        self.text = done.stdout.decode("utf-8").replace("\r\n", "\n")
        self.error = done.stderr.decode("utf-8").replace("\r\n", "\n")


def here(*arguments: str, folder: Path) -> Answer:
    """Runs this system's command."""
    return Answer(subprocess.run(["dotnet", str(HERE), *arguments], cwd=folder, capture_output=True, timeout=300))


def same(got: object, wanted: object) -> None:
    if got != wanted:
        raise AssertionError(f"\n  is     {got!r}\n  not    {wanted!r}")


def has(text: str, part: str) -> None:
    if part not in text:
        raise AssertionError(f"\n  {part!r} is not in\n  {text!r}")


def package(root: Path, family: str, version: str, text: str, file: str = "package.py") -> None:
    folder = root / family / version
    folder.mkdir(parents=True)
    (folder / file).write_bytes(text.encode())


def make_repositories(home: Path) -> None:
    """Creates two package paths. Half of the definitions have Windows line ends."""
    for version in ["1.0", "1.1", "2.0"]:
        package(home / "pk", "base", version, f"name = 'base'\r\nversion = '{version}'\r\n")
        package(
            home / "pk", "tool", version,
            f"name: tool\r\nversion: '{version}'\r\nrequires:\r\n- base-{version}\r\ndescription: |\r\n  a\r\n  b\r\n",
            "package.yaml",
        )
    package(home / "own", "app", "1", "name = 'app'\nversion = '1'\nvariants = [['tool-2'], ['tool-1.1']]\n")
    package(home / "own", "base", "2.0", "name = 'base'\nversion = '2.0'\nrequires = ['lib']\n")
    package(home / "own", "lib", "3", "name = 'lib'\r\nversion = '3'\r\n")


class Tests:
    """Each method whose name starts with ``test_`` is a test."""

    def __init__(self, wine: Wine) -> None:
        self.wine = wine
        self.home = wine.home
        self.wanted = here("solve", "-q", "app", "-p", "own:pk", folder=self.home).text
        has(self.wanted, "app-1[0]")

    def solves(self, paths: str, folder: Optional[Path] = None, **variables: str) -> None:
        answer = self.wine.rer("solve", "-q", "app", "-p", paths, folder=folder, **variables)
        same((answer.text, answer.code, answer.error), (self.wanted, 0, ""))

    def test_every_book_is_answered_as_recorded(self) -> None:
        books = [*CLONE.glob("data_set/conformance/*.json"), *CLONE.glob("data_set/regressions/*.json")]
        answer = self.wine.rer("check", *map(self.wine.path, [*books, CLONE / "data_set" / "studio.json.gz"]))
        print("   ", answer.text.splitlines()[-1] if answer.text else answer.error)
        same(answer.code, 0)
        has(answer.text, " cases, 0 differ")

    def test_the_requests_of_rezs_benchmark(self) -> None:
        """All 188 requests, with 18,226 packages on disk, by a command that resolves many at once."""
        places = [Path(os.environ.get("REZ_BENCHMARK_DIR") or CLONE / "rez" / "benchmarking")]
        places.append(CLONE.parent / "shared" / "rez" / "benchmarking")
        data = next((place for place in places if (place / "packages.tar.gz").exists()), None)
        if data is None:
            raise Skipped("rez's benchmark data is not here: rer dataset fetch")
        folder = self.home / "benchmark"
        folder.mkdir()
        subprocess.run(["tar", "-xzf", str(data / "packages.tar.gz"), "-C", str(folder)], check=True)
        shutil.copy(data / "requests.json", folder)
        options = ["--no-implicit", "--requests", "requests.json", "--remove", "integer-1.6.6", "--format", "json"]
        wanted = here("impact", *options, "-p", "packages", folder=folder)
        same(len(json.loads(wanted.text)["requests"]), 188)
        for root in [self.wine.path(folder / "packages"), r"\\server\share\benchmark\packages"]:
            answer = self.wine.rer("impact", *options, "-p", root, folder=folder)
            same((answer.code, answer.text == wanted.text), (wanted.code, True))

    def test_paths_with_a_drive(self) -> None:
        own, pk = self.wine.path(self.home / "own"), self.wine.path(self.home / "pk")
        self.solves(f"{own};{pk}")
        self.solves(f"{own};{pk}".replace("\\", "/"))
        self.solves(f"{own}\\;{pk.lower()[0]}{pk[1:]}\\.\\")

    def test_paths_on_a_server(self) -> None:
        self.solves(r"\\server\share\own;\\server\share\pk")
        self.solves("//server/share/own;//server/share/pk")

    def test_relative_paths(self) -> None:
        self.solves("own;pk")
        self.solves(r"..\own;..\pk", folder=self.home / "pk")

    def test_the_environment_names_the_paths(self) -> None:
        own, pk = self.wine.path(self.home / "own"), self.wine.path(self.home / "pk")
        answer = self.wine.rer("solve", "-q", "app", REZ_PACKAGES_PATH=f"{own};${{PK}}", PK=pk)
        same((answer.text, answer.error), (self.wanted, ""))

    def test_home_is_the_users(self) -> None:
        """As in rez: --paths uses os.path.expanduser (USERPROFILE), the environment and the configuration use HOME
        first."""
        home = self.wine.path(self.home)
        (self.home / "config.yaml").write_bytes(
            b"packages_path:\r\n- '~\\own'\r\n- ~/pk\r\nimplicit_packages:\r\n- '~platform=={system.platform}'\r\n"
        )
        # Wine sets these variables itself when it starts, so a script sets them again.
        lines = [
            f"set USERPROFILE={home}",
            r"%RER% solve -q app -p ~\own;~/pk",
            f"set HOME={home}",
            "set USERPROFILE=Z:\\",
            r"%RER% solve -q app --config config.yaml",
            r"set REZ_PACKAGES_PATH=~\own;~/pk",
            "%RER% solve -q app",
            "set HOME=",
            f"set USERPROFILE={home}",
            "%RER% solve -q app",
        ]
        script = ["@echo off", f"set RER={self.wine.path(PUBLISHED)}", *lines]
        (self.home / "home.bat").write_bytes("\r\n".join([*script, ""]).encode())
        for _ in range(3):
            done = self.wine.run([str(WINE), "cmd", "/c", "home.bat"], self.home)
            if WINES_FAULT.encode() not in done.stderr:
                break
        answer = Answer(done)
        same((answer.text, answer.error), (self.wanted * 4, ""))
        answer = self.wine.rer("solve", "app", "--config", "config.yaml", "-p", "own;pk")
        has(answer.text, "~platform==windows")

    def test_variables_in_percent_signs_stay(self) -> None:
        """rez expands only $VAR and ${VAR}, on Windows too."""
        answer = self.wine.rer("solve", "-q", "app", REZ_PACKAGES_PATH=r"%PK%", PK=self.wine.path(self.home / "pk"))
        has(answer.error, "%PK%")
        same(answer.code, 2)

    def test_families_in_another_case_are_others(self) -> None:
        """Windows finds them, but rez compares them with the listing (has_case_sensitive_filesystem)."""
        answer = self.wine.rer("solve", "Base", "-p", "pk")
        has(answer.error, "package family not found: Base")
        has(answer.error, "did you mean 'base'?")

    def test_long_paths(self) -> None:
        deep = self.home / ("long" * 40) / ("path" * 40) / "pk"
        package(deep, "far", "1.0", "name = 'far'\nversion = '1.0'\n")
        answer = self.wine.rer("solve", "-q", "far", "-p", self.wine.path(deep))
        same((answer.text, answer.error), ("far-1.0\n", ""))

    def test_names_beyond_ascii(self) -> None:
        root = self.home / "übergröße 日本"
        package(root, "base", "1.0", "name = 'base'\nversion = '1.0'\n")
        answer = self.wine.rer("solve", "base", "--json", "-p", self.wine.path(root))
        has(json.loads(answer.text)["resolved"][0]["path"], "übergröße 日本")
        answer = self.wine.rer("solve", "base", "-p", self.wine.path(root / "fehlt ä"))
        has(answer.error, "fehlt ä")

    def test_an_index_from_a_drive_and_a_server(self) -> None:
        for root in [self.wine.path(self.home / "pk"), r"\\server\share\pk"]:
            answer = self.wine.rer("index", "update", root)
            same((answer.code, answer.error), (0, ""))
            self.solves(f"own;{root}", RER_INDEX="published")
            answer = self.wine.rer("index", "verify", root)
            same((answer.code, answer.error), (0, ""))
        shutil.rmtree(self.home / "pk" / ".rer")

    def test_several_processes_share_a_cache_and_an_index(self) -> None:
        """Each process reads and some write, while others have the files open."""
        pk, cache = self.wine.path(self.home / "pk"), self.wine.path(self.home / "cache")
        environment = {**self.wine.environment, "RER_CACHE_DIR": cache}
        solve = ["solve", "-q", "app", "-p", f"own;{pk}"]
        commands: List[List[str]] = [solve, ["index", "update", pk], [*solve, "--index", "published"], solve] * 2
        running = [
            subprocess.Popen(
                [str(WINE), str(PUBLISHED), *command], cwd=self.home, env=environment, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE, stdin=subprocess.DEVNULL,
            )
            for command in commands
        ]
        for command, process in zip(commands, running):
            output, error = process.communicate(timeout=300)
            if WINES_FAULT.encode() in error:
                continue
            same((command, process.returncode, error.decode()), (command, 0, ""))
            if command[0] == "solve":
                same(output.decode().replace("\r\n", "\n"), self.wanted)
        self.solves(f"own;{pk}", RER_CACHE_DIR=cache)
        assert any((self.home / "cache").rglob("*.rer")), "nothing was cached"

    def test_pages_and_failures_are_those_of_here(self) -> None:
        (self.home / "plain.yaml").write_text("implicit_packages: []\n")
        for arguments in [
            ["solve", "--format", "dot", "app", "base-2"],
            ["solve", "-q", "tool-1", "base-2"],
            ["explain", "tool-1", "base-2"],
        ]:
            answer = self.wine.rer(*arguments, "-p", "pk;own", "--config", "plain.yaml")
            wanted = here(*arguments, "-p", "pk:own", "--config", "plain.yaml", folder=self.home)
            same((answer.text, answer.code), (wanted.text, wanted.code))


def publish() -> None:
    """Publishes the command for Windows, and this system's if it does not exist."""
    command = ["dotnet", "publish", "fast/Rer.Cli", "-c", "Release", "-r", "win-x64", "--self-contained", "-v", "quiet"]
    command += ["-p:DynamicCodeSupport=false", "--artifacts-path", "artifacts/windows"]
    subprocess.run(command, cwd=CLONE, check=True, stdin=subprocess.DEVNULL)
    if not HERE.exists():
        subprocess.run(["dotnet", "build", "fast/Rer.Cli", "-c", "Release", "-v", "quiet"], cwd=CLONE, check=True)


def outcome_of(test: Callable[[], None]) -> str:
    name = test.__name__.replace("test_", "").replace("_", " ")
    try:
        test()
    except Skipped as reason:
        print(f"skipped: {name}: {reason}", flush=True)
        return "skipped"
    except Exception:  # noqa: BLE001 - whatever it is, the next test is tried
        print(f"FAILED: {name}")
        traceback.print_exc(limit=-2, file=sys.stdout)
        return "failed"
    print(f"passed: {name}", flush=True)
    return "passed"


def main(names: Sequence[str]) -> int:
    if WINE is None:
        print("skipped: Wine is not installed (apt-get install wine wine64)\n0 passed, 0 failed, 1 skipped")
        return 0
    publish()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder).resolve()
        make_repositories(home)
        tests = Tests(Wine(home))
        found = [getattr(tests, name) for name in dir(Tests) if name.startswith("test_") and (not names or name in names)]
        outcomes = Counter(outcome_of(test) for test in found)
        subprocess.run(["/usr/lib/wine/wineserver64", "-k"], env=tests.wine.environment, check=False)
    print(f"{outcomes['passed']} passed, {outcomes['failed']} failed, {outcomes['skipped']} skipped")
    return 1 if outcomes["failed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
