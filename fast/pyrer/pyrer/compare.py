"""Resolves requests with pyrer and with rez alone, and compares the answers.

    python -m pyrer.compare --requests FILE [--paths PATH...] [--sample N]

Run it with a Python that can import rez. rez's configuration is used. FILE has one request per line, as after
``rez-env`` (``#`` starts a comment). A difference is written as a book that reproduces it. Requests for which rez
cannot load a definition, although pyrer has an answer, are listed separately. Exits with 1 if there is a difference.
"""

from __future__ import annotations

import argparse
import logging
import random
import shlex
import sys
import time
from typing import Any, List, NamedTuple, Optional, Sequence, Tuple


class Raised(NamedTuple):
    """An outcome that is an exception.

    Attributes:
        kind: Its type.
        text: Its text.
        by_a_definition: Whether the code of a definition raised it.
    """

    kind: str
    text: str
    by_a_definition: bool


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """Runs the script."""
    parser = argparse.ArgumentParser(
        prog="python -m pyrer.compare", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--requests", metavar="FILE", help="a file of requests, one on each line")
    parser.add_argument("--paths", metavar="PATH", nargs="+", help="package paths; by default the configured ones")
    parser.add_argument("--sample", metavar="N", type=int, default=0, help="also request N families, each alone")
    parser.add_argument("--seed", type=int, default=0, help="which families --sample takes (0)")
    parser.add_argument("--books", metavar="DIR", help="where to write a book for each difference; by default the directory of temporary files")
    options = parser.parse_args(arguments)
    if not options.requests and options.sample < 1:
        parser.error("nothing to resolve; give --requests FILE, --sample N or both")
    try:
        import rez  # noqa: F401
    except ImportError as error:
        parser.error(f"rez cannot be imported ({error}); run this with rez's own Python")
    import pyrer.rez

    from ._looking import report_missing

    if not pyrer.rez.install():
        parser.error("pyrer cannot be installed here; python -m pyrer.status shows why")
    logging.basicConfig(format="%(message)s")
    try:
        requests = read(options.requests) if options.requests else []
        requests += sample(options.sample, options.paths, options.seed)
    except OSError as error:
        parser.error(f"{error.filename}: {error.strerror}")
    except ValueError as error:
        parser.error(f"{options.requests}: {error}")
    report_missing(options.paths)
    outcome([], options.paths)  # so that neither time includes rez's imports
    begun = pyrer.rez.statistics()
    seconds, different, errors, failing = [0.0, 0.0], 0, 0, 0
    for request in requests:
        ours, theirs = both(request, options.paths, seconds)
        errors += isinstance(theirs, Raised)
        if isinstance(theirs, Raised) and theirs.by_a_definition and not isinstance(ours, Raised):
            failing += 1
            print(f"{shlex.join(request)}\n    rez cannot load a definition: {theirs.kind}: {theirs.text}")
        elif ours != theirs:
            different += 1
            print(f"{shlex.join(request)}\n    rez:   {theirs}\n    pyrer: {ours}")
            write_book(request, options.paths, options.books)
    counted = pyrer.rez.statistics()
    pyrer.rez.uninstall()
    ratio = f" ({seconds[1] / seconds[0]:.1f} times as long)" if seconds[0] else ""
    print(f"{len(requests)} requests, {different} different")
    print(f"with pyrer {seconds[0]:.2f} s, rez alone {seconds[1]:.2f} s{ratio}")
    if errors:
        print(f"{errors:6} raised an exception in rez alone, as a missing package does")
    if failing:
        print(f"{failing:6} met a definition that rez cannot load")
    for reason, number in sorted(counted.items()):
        if number > begun.get(reason, 0):
            print(f"{number - begun.get(reason, 0):6} {reason}")
    return 1 if different else 0


def read(path: str) -> List[List[str]]:
    """The requests in a file."""
    with open(path, encoding="utf-8") as stream:
        lines = [shlex.split(line, comments=True) for line in stream]
    return [line for line in lines if line]


def sample(count: int, paths: Optional[Sequence[str]], seed: int) -> List[List[str]]:
    """Randomly chosen families of the package paths, as requests."""
    if count < 1:
        return []
    from rez.packages import iter_package_families

    names = sorted({family.name for family in iter_package_families(paths)})
    return [[name] for name in random.Random(seed).sample(names, min(count, len(names)))]


def both(request: List[str], paths: Optional[Sequence[str]], seconds: List[float]) -> Tuple[Any, Any]:
    """The visible contents of a context with pyrer and of one without it. Both start with no packages known. Adds the
    time of each to ``seconds``."""
    from rez.package_repository import package_repository_manager

    import pyrer.rez

    found = []
    for number, install in enumerate((pyrer.rez.install, pyrer.rez.uninstall)):
        install()
        package_repository_manager.clear_caches()
        begun = time.perf_counter()
        found.append(outcome(request, paths))
        seconds[number] += time.perf_counter() - begun
    pyrer.rez.install()
    return found[0], found[1]


def outcome(request: List[str], paths: Optional[Sequence[str]]) -> Any:
    """The status, packages, ephemerals and failure of a context, or the exception raised instead."""
    from rez.resolved_context import ResolvedContext

    from .rez._failing import is_raised_by_a_definition
    from .rez._shadow import without_chance

    try:
        context = ResolvedContext(request, package_paths=None if paths is None else list(paths))
    except Exception as error:  # rez's own, or what a definition raises
        return Raised(type(error).__name__, str(error), is_raised_by_a_definition(error))
    packages = [each.handle.to_dict()["variables"] for each in context.resolved_packages or ()]
    ephemerals = [str(each) for each in context.resolved_ephemerals or ()]
    return context.status.name, packages, ephemerals, without_chance(context.failure_description or "")


def write_book(request: List[str], paths: Optional[Sequence[str]], directory: Optional[str]) -> None:
    """Resolves once more in shadow mode, which writes the book and reports where."""
    import pyrer.rez

    pyrer.rez.install(shadow=True, shadow_directory=directory)
    outcome(request, paths)
    pyrer.rez.install()


if __name__ == "__main__":
    sys.exit(main())
