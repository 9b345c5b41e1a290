"""Shadow mode. Both solve, rez's answer is returned, and differences are logged with a book that reproduces them."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import tempfile
from typing import Any, Callable, Dict, List, Optional, Set, Tuple

from .._options import plain
from .._packages import of_rez_package
from . import _solving
from ._callbacks import announcing, limits
from ._failing import is_raised_by_a_definition
from ._handback import HandBack
from ._sources import RepositoryCache

logger = logging.getLogger("pyrer.rez")

_CYCLE = "A cyclic dependency was detected: "
_REDUCED = "A package was completely reduced: "

#: An answer: its case in a book, and the locations of the resolved variants.
Answer = Tuple[Dict[str, Any], List[str]]


def default_directory() -> str:
    """The default directory for books."""
    return os.path.join(tempfile.gettempdir(), "pyrer-shadow")


def solve(
    resolver: Any,
    repositories: RepositoryCache,
    original: Callable[[Any], Any],
    directory: str,
    count: Callable[[str], None],
) -> Any:
    """Solves with both; returns or raises what rez does."""
    ours: Optional[Answer] = None
    try:
        if limits(resolver.callback)[2] is not None or announcing(resolver):
            raise HandBack("shadow mode does not ask a callback twice")
        ours, _, _ = _answer(resolver, lambda: _solving.solve(resolver, repositories))
    except HandBack as reason:
        count(f"handed back: {reason}")
    except Exception:
        logger.warning("pyrer: failed, which shadow mode does not compare", exc_info=True)
        count("handed back: pyrer failed")
    theirs, solver, error = _answer(resolver, lambda: original(resolver))
    if error is not None and ours is not None and is_raised_by_a_definition(error):
        count("not compared: rez cannot load a definition")
    elif ours is not None:
        # Whether a time limit stops a solve depends on the machine.
        if _comparable(ours) == _comparable(theirs) or "aborted" in (ours[0].get("status"), theirs[0].get("status")):
            count("shadowed")
        else:
            count("different")
            _report(resolver, theirs, ours, directory)
    if error is not None:
        raise error
    return solver


def _answer(resolver: Any, run: Callable[[], Any]) -> Tuple[Answer, Any, Optional[BaseException]]:
    from rez.exceptions import RezError

    try:
        solver = run()
    except RezError as error:
        searched = f"(searched: {'; '.join(resolver.package_paths)})"
        message = str(error).replace(searched, "(searched: PATH)")
        return ({"status": "error", "error": type(error).__name__, "message": message}, []), None, error
    answer = type(resolver)._solver_to_dict(solver)
    case: Dict[str, Any] = {"status": answer["status"].name}
    handles = [handle["variables"] for handle in answer["variant_handles"] or ()]
    if case["status"] == "solved":
        case["resolved"] = [[handle["name"], handle.get("version") or "", handle["index"]] for handle in handles]
        case["ephemerals"] = answer["ephemerals"]
    elif case["status"] == "failed":
        case["description"] = answer["failure_description"]
    return (case, [str(handle.get("location")) for handle in handles]), solver, None


def _comparable(answer: Answer) -> Answer:
    case, locations = answer
    if "description" in case:
        case = {**case, "description": without_chance(case["description"])}
    return case, locations


def without_chance(description: str) -> str:
    """The text of a failure without the parts that depend on Python's hash seed: where rez enters a cycle, which of
    several cycles it finds, and the order of the requirements that reduced a package."""
    before, cycle, _ = description.partition(_CYCLE)
    if cycle:
        return before + cycle
    before, reduced, reductions = description.partition(_REDUCED)
    return before + reduced + ") (".join(sorted(reductions[1:-1].split(") (")))


def _report(resolver: Any, theirs: Answer, ours: Answer, directory: str) -> None:
    try:
        path = _write_book(resolver, theirs, ours, directory)
    except Exception as error:
        # Return rez's answer even if the report fails.
        path = f"cannot be written: {error!r}"
    logger.warning("pyrer: differs from rez\n  rez:   %s\n  pyrer: %s\n  book:  %s", theirs, ours, path)


def _write_book(resolver: Any, theirs: Answer, ours: Answer, directory: str) -> str:
    """Writes the packages that the request can reach, and the request with rez's answer."""
    case: Dict[str, Any] = {
        "request": [str(each) for each in resolver.package_requests],
        "options": _case_options(resolver),
        "note": f"pyrer answered {ours}, rez {theirs}; package paths {list(resolver.package_paths)}",
        **theirs[0],
    }
    text = json.dumps([{"name": "shadow", "packages": _reachable(resolver), "cases": [case]}], indent=1)
    os.makedirs(directory, exist_ok=True)
    path = os.path.join(directory, f"{hashlib.sha256(text.encode()).hexdigest()[:16]}.json")
    if not os.path.exists(path):  # somebody else may have written the same book
        with open(path, "w", encoding="utf-8") as stream:
            stream.write(text)
    return path


def _case_options(resolver: Any) -> Dict[str, Any]:
    options = _solving.options_of(resolver)
    options.pop("time_limit")
    options.pop("callback")
    return {name: plain(value) for name, value in options.items() if value is not None}


def _reachable(resolver: Any) -> Dict[str, Dict[str, Any]]:
    from rez.packages import iter_packages
    from rez.solver import Requirement

    packages: Dict[str, Dict[str, Any]] = {}
    wanted: List[str] = [request.name for request in resolver.package_requests]
    seen: Set[str] = set()
    while wanted:
        family = wanted.pop()
        if family in seen or family.startswith("."):
            continue
        seen.add(family)
        for package in iter_packages(family, paths=resolver.package_paths):
            try:
                data = of_rez_package(package)
            except Exception:
                continue  # no solve can have reached a package that cannot be read
            packages.setdefault(family, {})[data.version] = data.definition()
            for text in [*data.requires, *data.build_requires, *(x for variant in data.variants for x in variant)]:
                wanted.append(Requirement(text).name)
    return packages
